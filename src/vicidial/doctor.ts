/** The checks of a plan by themselves: is the server reachable, which build is it, and what may the API user do. */
import { PhonestateError, type Failure } from '../model/failures';
import { phoneType } from '../model/phone-fields';
import type { FieldValues } from '../model/field-definition';
import { validateBuild } from '../model/validate-build';
import type { VicidialClient } from './api/client';
import { Permissions } from './api/permissions';

export interface Check {
  /** What was checked, for the first column of a table. */
  readonly name: string;
  /** `skipped`: the check was not run. */
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found, in a line. */
  readonly found: string;
  /** Where the check failed: why, and what to do. */
  readonly failure?: Failure;
}

const functions = ['add_phone', 'update_phone', 'add_phone_alias', 'update_phone_alias'] as const;

/** Runs every check. After a server that cannot be used no other check is run; other failures do not end the run. */
export async function runChecks(client: VicidialClient): Promise<Check[]> {
  const permissions = new Permissions(client);
  const server = await check('server', async () => {
    const { version, build } = await client.version();
    return `VICIdial ${version}, build ${build}`;
  });
  if (server.status === 'failed') return [server];
  const checks = [server, await buildCheck(client)];
  for (const name of functions) {
    checks.push(await check(name, () => permissions.require(name).then(() => `permitted to ${client.user}`)));
  }
  const found = 'not checked: no read-only call shows it (see delete_permission_check)';
  return [...checks, { name: 'delete', status: 'skipped', found }];
}

/** Which fields the build of the server does not have. */
async function buildCheck(client: VicidialClient): Promise<Check> {
  const { build } = await client.version();
  const examples: FieldValues = Object.fromEntries(
    Object.entries(phoneType.fields).map(([name, { example }]) => [name, example]),
  );
  const unknown = validateBuild(phoneType, examples, build).flatMap(({ field }) => field ?? []);
  if (unknown.length === 0) return { name: 'build', status: 'ok', found: 'has every field' };
  return { name: 'build', status: 'warning', found: `does not have ${unknown.join(', ')}` };
}

async function check(name: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { name, status: 'ok', found: await work() };
  } catch (error) {
    if (!(error instanceof PhonestateError)) throw error;
    const { failure } = error;
    return { name, status: 'failed', found: `${failure.summary} (${failure.code})`, failure };
  }
}
