/** Requests to the API of GitLab about the project of the job, with an access token of the project. */

/* global fetch */
const { CI_API_V4_URL: api, CI_PROJECT_ID: project, PHONESTATE_TOKEN: token } = process.env;

/** Makes a request below the path of the project, and returns its response, whatever its status. */
export function request(method, path, body) {
  return fetch(`${api}/projects/${project}${path}`, {
    method,
    headers: { 'private-token': token ?? '', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Makes a request, and returns the JSON of its response. */
export async function send(method, path, body) {
  const response = await request(method, path, body);
  if (!response.ok)
    throw new Error(`GitLab answered ${method} ${path} with ${response.status}: ${await response.text()}`);
  return response.json();
}

/** All items of a list, which has a hundred on each page. */
export async function list(path) {
  const items = [];
  for (let page = 1; ; page += 1) {
    const found = await send('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
    items.push(...found);
    if (found.length < 100) return items;
  }
}

/** The id of the user that the token writes as. */
export async function ownUser() {
  const response = await fetch(`${api}/user`, { headers: { 'private-token': token ?? '' } });
  if (!response.ok) throw new Error(`GitLab answered GET /user with ${response.status}: is PHONESTATE_TOKEN set?`);
  return (await response.json()).id;
}
