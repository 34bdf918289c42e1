/** What the workflows use of the API of GitHub: comments, reviews, runs with their artifacts, issues. In memory, on loopback. */
import type { IncomingHttpHeaders } from 'node:http';
import { change, ForgeServer, pageOf, type Fields, type ForgeRequest } from './forge-server';

export const repositoryName = 'example/phones';
const jobUser = { login: 'github-actions[bot]' };

export class GitHubServer extends ForgeServer {
  readonly comments: Fields[] = [];
  readonly issues: Fields[] = [];
  pulls: Fields[] = [];
  reviews: Fields[] = [];
  runs: Fields[] = [];
  /** Artifacts by the id of their run. */
  readonly artifacts = new Map<number, Fields[]>();

  /** Variables of every job. */
  get environment(): Readonly<Record<string, string>> {
    return { GITHUB_API_URL: this.origin, GITHUB_REPOSITORY: repositoryName };
  }

  protected override isAllowed({ authorization }: IncomingHttpHeaders): boolean {
    return authorization === 'Bearer job-token';
  }

  protected override answer({ method, path, query, body }: ForgeRequest): unknown {
    const [, first, second, third, fourth] = path.replace(`/repos/${repositoryName}`, '').split('/');
    const page = (items: readonly Fields[]) => pageOf(items, query, 30);
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
