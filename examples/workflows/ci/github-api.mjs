/** Requests to the API of GitHub, with the token and the repository of the job. */

/* global fetch */
const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = process.env;

/** The user as whom jobs write with the token of their run. */
export const jobUser = 'github-actions[bot]';

/**
 * Makes a request below the path of the repository, and returns the JSON of its response.
 *
 * @param {string} method
 * @param {string} path such as `/issues/1`
 * @param {unknown} [body]
 */
export async function send(method, path, body) {
  const response = await fetch(`${api}/repos/${repository}${path}`, {
    method,
    headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw new Error(`GitHub answered ${method} ${path} with ${response.status}: ${await response.text()}`);
  }
  return response.json();
}

/** All items of a list, which has a hundred on each page; of a list in an object, those of its key. */
export async function list(path, key) {
  const items = [];
  for (let page = 1; ; page += 1) {
    const body = await send('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
    const found = key === undefined ? body : body[key];
    items.push(...found);
    if (found.length < 100) return items;
  }
}
