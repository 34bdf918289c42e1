/** What the workflows use of the API of GitHub: comments, reviews, runs with their artifacts, issues. In memory, on loopback. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Fields = Record<string, unknown>;

export const repositoryName = 'example/phones';
const jobUser = { login: 'github-actions[bot]' };

export class GitHubServer {
  readonly comments: Fields[] = [];
  readonly issues: Fields[] = [];
  pulls: Fields[] = [];
  reviews: Fields[] = [];
  runs: Fields[] = [];
  /** Artifacts by the id of their run. */
  readonly artifacts = new Map<number, Fields[]>();
  /** The requests that changed something: method and path. */
  readonly writes: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = 'GET', url = '/', headers } = request;
      const { pathname, searchParams } = new URL(url, 'http://github');
      const path = pathname.replace(`/repos/${repositoryName}`, '');
      const isAllowed = headers.authorization === 'Bearer job-token';
      if (method !== 'GET') this.writes.push(`${method} ${path}`);
      const found = isAllowed
        ? this.answer(method, path, searchParams, body === '' ? {} : (JSON.parse(body) as Fields))
        : undefined;
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(found ?? { message: 'Not Found' }));
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Variables of every job. */
  get environment(): Readonly<Record<string, string>> {
    // A server that listens on a port has an address object, not a socket's path.
    const { port } = this.server.address() as AddressInfo;
    return { GITHUB_API_URL: `http://127.0.0.1:${port}`, GITHUB_REPOSITORY: repositoryName };
  }

  private answer(method: string, path: string, query: URLSearchParams, body: Fields): unknown {
    const [, first, second, third, fourth] = path.split('/');
    const page = (items: readonly Fields[]) => {
      const [size, number] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
      return items.slice(size * (number - 1), size * number);
    };
    switch (`${method} ${first}`) {
      case 'GET commits':
        return page(this.pulls);
      case 'GET pulls':
        return page(this.reviews);
      case 'GET actions':
        if (second === 'workflows')
          return { workflow_runs: page(this.runs.filter(({ head_sha: head }) => head === query.get('head_sha'))) };
        return { artifacts: page(this.artifacts.get(Number(third)) ?? []) };
      case 'GET issues':
        return second === undefined ? page(this.issues) : page(this.comments);
      case 'POST issues':
        return second === undefined ? this.add(this.issues, { ...body, state: 'open' }) : this.add(this.comments, body);
      case 'PATCH issues':
        return second === 'comments' ? change(this.comments, third, body) : change(this.issues, second, body);
      default:
        return fourth;
    }
  }

  private add(items: Fields[], fields: Fields): Fields {
    const id = items.length + 1;
    const item = { id, number: id, user: jobUser, ...fields };
    items.push(item);
    return item;
  }
}

function change(items: Fields[], id: string | undefined, fields: Fields): Fields | undefined {
  const item = items.find((each) => String(each.id) === id);
  return item && Object.assign(item, fields);
}
