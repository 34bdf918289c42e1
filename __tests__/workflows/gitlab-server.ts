/** What the pipeline uses of the API of GitLab: notes, approvals, pipelines with their jobs, issues. In memory, on loopback. */
import type { IncomingHttpHeaders } from 'node:http';
import { change, ForgeServer, pageOf, type Fields, type ForgeRequest } from './forge-server';

/** The id of the user that the token belongs to. */
const ownUser = 5;

export class GitLabServer extends ForgeServer {
  readonly notes: Fields[] = [];
  readonly issues: Fields[] = [];
  requests: Fields[] = [];
  approvals: Fields[] = [];
  pipelines: Fields[] = [];
  jobs: Fields[] = [];
  /** The content of the report of each job, by its id. */
  readonly reports = new Map<string, string>();

  /** Variables of every job. */
  get environment(): Readonly<Record<string, string>> {
    return { CI_API_V4_URL: this.origin, CI_PROJECT_ID: '12', PHONESTATE_TOKEN: 'project-token' };
  }

  protected override isAllowed({ 'private-token': token }: IncomingHttpHeaders): boolean {
    return token === 'project-token';
  }

  protected override answer({ method, path, query, body }: ForgeRequest): unknown {
    if (path === '/user') return { id: ownUser };
    const [, , , first, id = '', second, third] = path.split('/');
    const page = (items: readonly Fields[]) => pageOf(items, query, 20);
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
