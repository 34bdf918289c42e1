/** The guide that lists what happens when the server fails. */
import { faultMatrix } from '../../testing/fault-matrix';
import { frontMatter, page, table } from './markdown';

export function faultsPage(): string {
  const rows = faultMatrix.map(({ at, readFrom, fault, error, state, next }) => [
    at,
    `\`${readFrom}\``,
    fault,
    error === undefined ? 'no error' : `the error \`${error}\``,
    state,
    next,
  ]);
  return page([
    frontMatter({
      title: 'When the server fails',
      description: 'For each fault of the server: what the run shows, what is in state, and what the next plan does.',
    }),
    '# When the server fails',
    'A run of the engine, `terraform apply` or `tofu apply`, during which the server or the connection to it fails: once, at the call that writes, or at every call where the row says so. Each row is a test with a real engine. `read_from` makes a difference where the table has rows for both; `database` is like `admin`.',
    table(['during', '`read_from`', 'fault', 'the run shows', 'in state after it', 'the next plan'], rows),
    'Ctrl-C: the calls in progress are finished, and what was done is in state. After `kill -9` a phone may be on the server and not in state: the next plan names it with the import command, or adopts it with `adopt_existing = true`.',
    'What the API alone cannot detect: SUCCESS as the reply to an update that was not carried out. The admin pages and the database show it.',
  ]);
}
