/** What the pipeline uses of the API of GitLab: notes, approvals, pipelines with their jobs, issues. In memory, on loopback. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Fields = Record<string, unknown>;

/** The id of the user that the token belongs to. */
const ownUser = 5;

export class GitLabServer {
  readonly notes: Fields[] = [];
  readonly issues: Fields[] = [];
  requests: Fields[] = [];
  approvals: Fields[] = [];
  pipelines: Fields[] = [];
  jobs: Fields[] = [];
  /** The content of the report of each job, by its id. */
  readonly reports = new Map<string, string>();
  private readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = 'GET', url = '/', headers } = request;
      const isAllowed = headers['private-token'] === 'project-token';
      const found = isAllowed
        ? this.answer(method, new URL(url, 'http://gitlab'), body === '' ? {} : (JSON.parse(body) as Fields))
        : undefined;
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(typeof found === 'string' ? found : JSON.stringify(found ?? { message: 'Not Found' }));
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
    return { CI_API_V4_URL: `http://127.0.0.1:${port}`, CI_PROJECT_ID: '12', PHONESTATE_TOKEN: 'project-token' };
  }

  private answer(method: string, { pathname, searchParams }: URL, body: Fields): unknown {
    if (pathname === '/user') return { id: ownUser };
    const [, , , first, id = '', second, third] = pathname.split('/');
    const page = (items: readonly Fields[]) => {
      const [size, number] = [Number(searchParams.get('per_page') ?? 20), Number(searchParams.get('page') ?? 1)];
      return items.slice(size * (number - 1), size * number);
    };
    switch ([method, first, second].filter(Boolean).join(' ')) {
      case `GET repository ${second}`:
        return page(this.requests);
      case 'GET merge_requests approvals':
        return { approved_by: this.approvals };
      case 'GET merge_requests pipelines':
        return page(this.pipelines);
      case 'GET pipelines jobs':
        return page(this.jobs);
      case 'GET jobs artifacts':
        return this.reports.get(id);
      case 'GET merge_requests notes':
        return page(this.notes);
      case 'POST merge_requests notes':
        return add(this.notes, { author: { id: ownUser }, system: false, ...body });
      case 'PUT merge_requests notes':
        return change(this.notes, third, body);
      case 'GET issues':
        return page(this.issues);
      case 'POST issues':
        return add(this.issues, { state: 'opened', ...body });
      case 'POST issues notes':
        return {};
      case 'PUT issues': {
        const { state_event: event, ...fields } = body;
        const state = event === 'close' ? { state: 'closed' } : event === 'reopen' ? { state: 'opened' } : {};
        return change(this.issues, id, { ...fields, ...state });
      }
      default:
        return undefined;
    }
  }
}

function add(items: Fields[], fields: Fields): Fields {
  const item = { id: items.length + 1, iid: items.length + 1, ...fields };
  items.push(item);
  return item;
}

function change(items: readonly Fields[], id: string | undefined, fields: Fields): Fields | undefined {
  const item = items.find((each) => String(each.id) === id);
  return item && Object.assign(item, fields);
}
