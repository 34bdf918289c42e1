import { Command } from 'commander';
import type { Check } from '../vicidial/doctor';

interface Flags {
  readonly json?: boolean;
}

/** Options of the client by the environment variables that the provider reads too. */
const variables = {
  url: 'VICIDIAL_URL',
  user: 'VICIDIAL_USER',
  password: 'VICIDIAL_PASSWORD',
  caCertificate: 'VICIDIAL_CA_CERTIFICATE',
} as const;

/** `phonestate doctor`: is the server there, and may the API user do what plans and applies need. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check a server and its API user (VICIDIAL_URL, VICIDIAL_USER, VICIDIAL_PASSWORD), writing nothing')
    .option('--json', 'print the findings as JSON')
    .action(run);
}

async function run({ json = false }: Flags): Promise<void> {
  const [{ VicidialClient }, { parseClientOptions }, { examine }, { impatient }] = await Promise.all([
    import('../vicidial/api/client'),
    import('../vicidial/client-options'),
    import('../vicidial/doctor'),
    import('../vicidial/retry'),
  ]);
  const set = Object.entries(variables).flatMap(([option, variable]) =>
    process.env[variable] ? [[option, process.env[variable]] as const] : [],
  );
  const client = new VicidialClient(parseClientOptions({ ...Object.fromEntries(set), retry: impatient }));
  const checks = await examine(client);
  await client.close();
  console.log(json ? JSON.stringify(checks, null, 2) : report(checks));
  process.exitCode = checks.every(({ ok }) => ok) ? 0 : 1;
}

function report(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const rows = checks.map(({ name, ok, found }) => `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(width)}  ${found}`);
  // The same advice for four functions is read once.
  const advice = [
    ...new Map(checks.flatMap(({ failure }) => (failure ? [[failure.code, failure.detail] as const] : []))).values(),
  ];
  return [rows.join('\n'), ...advice].join('\n\n');
}
