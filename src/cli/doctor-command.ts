import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import type { Check } from '../vicidial/doctor';

interface Flags {
  readonly json?: boolean;
}

/** `phonestate doctor`: is the server reachable, and may the API user do what plans and applies need. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'check a server and its API user; reads the VICIDIAL_* variables that the provider reads, writes nothing',
    )
    .option('--json', 'print the checks as JSON')
    .action(run);
}

async function run({ json = false }: Flags): Promise<void> {
  const [{ readSettings, requireSettings }, { VicidialClient }, { sharedLoginOf }, { runChecks }, { noRetry }] =
    await Promise.all([
      import('../settings/read-settings'),
      import('../vicidial/api/client'),
      import('../vicidial/login-guard/shared-login-guard'),
      import('../vicidial/doctor'),
      import('../vicidial/retry'),
    ]);
  const settings = requireSettings(readSettings({}, process.env));
  // Of its own: the process that started this one is a shell, which may start several.
  const sharedLogin = sharedLoginOf(settings, { command: randomUUID() });
  const client = new VicidialClient(settings, { retryPolicy: noRetry, sharedLogin });
  const checks = await runChecks(client).finally(() => client.close());
  console.log(json ? JSON.stringify(checks, null, 2) : report(checks));
  process.exitCode = checks.some(({ status }) => status === 'failed') ? 1 : 0;
}

const labels: Readonly<Record<Check['status'], string>> = {
  ok: 'ok',
  warning: 'WARN',
  failed: 'FAIL',
  skipped: 'skip',
};

function report(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const rows = checks.map(({ name, status, found }) => `${labels[status].padEnd(4)}  ${name.padEnd(width)}  ${found}`);
  // What is the same for four functions is printed once.
  const details = new Map(checks.flatMap(({ failure }) => (failure ? [[failure.code, failure.detail] as const] : [])));
  return [rows.join('\n'), ...details.values()].join('\n\n');
}
