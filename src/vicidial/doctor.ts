/** The checks of a plan by themselves: is the server there, which build is it, and what may the API user do. */
import { validateBuild } from '../model/validate-build';
import { PhonestateError, type Failure } from '../model/failures';
import type { FieldValues } from '../model/field-definition';
import { phoneType } from '../model/phone-fields';
import type { VicidialClient } from './api/client';
import { Permissions } from './api/permissions';

export interface Check {
  /** What was looked at, for a table's first column. */
  readonly name: string;
  readonly ok: boolean;
  /** What was found, in a line. */
  readonly found: string;
  /** Where it is not ok: why, and what to do. */
  readonly failure?: Failure;
}

const functions = ['add_phone', 'update_phone', 'add_phone_alias', 'update_phone_alias'] as const;

/** Runs every check; one that fails does not keep the others from running, but for a login that is bad. */
export async function examine(client: VicidialClient): Promise<Check[]> {
  const permissions = new Permissions(client);
  const version = await check('server', async () => {
    const { version: number, build } = await client.version();
    return `VICIdial ${number}, build ${build}`;
  });
  if (!version.ok) return [version];
  const checks = [version, ...(await limitsOf(client))];
  for (const name of functions)
    checks.push(await check(name, () => permissions.require(name).then(() => `permitted to ${client.user}`)));
  return [
    ...checks,
    { name: 'delete', ok: true, found: 'not checked: no harmless call tells (see delete_permission_check)' },
  ];
}

async function limitsOf(client: VicidialClient): Promise<Check[]> {
  const { build } = await client.version();
  const everything: FieldValues = Object.fromEntries(
    Object.entries(phoneType.fields).map(([name, { example }]) => [name, example]),
  );
  const unknown = validateBuild(phoneType, everything, build).flatMap(({ field }) => field ?? []);
  return [
    {
      name: 'build',
      ok: true,
      found: unknown.length === 0 ? 'knows every field' : `does not know ${unknown.join(', ')}`,
    },
  ];
}

async function check(name: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, found: await work() };
  } catch (error) {
    if (!(error instanceof PhonestateError)) throw error;
    return { name, ok: false, found: `${error.failure.summary} (${error.failure.code})`, failure: error.failure };
  }
}
