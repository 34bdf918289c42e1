import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import type { Check } from '../vicidial/doctor/check';

interface Flags {
  readonly json?: boolean;
}

/** `phonestate doctor`: is the server reachable, may the API user do what plans and applies need, and what can be read. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'check a server, its API user and what can be read; reads the VICIDIAL_* variables that the provider reads, writes nothing',
    )
    .option('--json', 'print the checks as JSON, whatever happens')
    .action(run);
}

async function run({ json = false }: Flags): Promise<void> {
  const checks = await diagnose().catch((error: unknown) => [unexpected(error)]);
  console.log(json ? JSON.stringify(checks, null, 2) : report(checks));
  process.exitCode = checks.some(({ status }) => status === 'failed') ? 1 : 0;
}

async function diagnose(): Promise<Check[]> {
  const [{ readSettings }, { VicidialClient }, { sharedLoginOf }, { runChecks }, { noRetry }] = await Promise.all([
    import('../settings/read-settings'),
    import('../vicidial/api/client'),
    import('../vicidial/login-guard/shared-login-guard'),
    import('../vicidial/doctor/doctor'),
    import('../vicidial/retry'),
  ]);
  return runChecks(readSettings({}, process.env), (settings) => {
    // Of its own: the process that started this one is a shell, which may start several.
    const sharedLogin = sharedLoginOf(settings, { command: randomUUID() });
    return new VicidialClient(settings, { retryPolicy: noRetry, sharedLogin });
  });
}

/** What is no failure of a check: a bug, or this machine. */
function unexpected(error: unknown): Check {
  return { name: 'doctor', status: 'failed', found: error instanceof Error ? error.message : String(error) };
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
