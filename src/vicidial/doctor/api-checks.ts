/** What doctor checks by calls of the API. */
import type { WriteFunction } from '../../model/field-definition';
import { phoneType } from '../../model/phone-fields';
import { unfamiliarBuild } from '../../model/unfamiliar-build';
import { fieldsOfLaterBuilds } from '../../model/validate-build';
import type { VicidialClient } from '../api/client';
import { Permissions } from '../api/permissions';
import { check, type Check } from './check';

/** The functions that a plan and an apply call. */
export const writeFunctions: readonly WriteFunction[] = [
  'add_phone',
  'update_phone',
  'add_phone_alias',
  'update_phone_alias',
];

/** Whether the server answers. Needs no login. */
export function checkServer(client: VicidialClient): Promise<Check> {
  return check('server', async () => {
    const { version, build } = await client.version();
    return `VICIdial ${version}, build ${build}`;
  });
}

/** Warns of a server that is no VICIdial of a known build; `checkServer` has read which it is. */
export async function checkVersion(client: VicidialClient): Promise<Check[]> {
  return unfamiliarBuild(await client.version()).map((failure) => ({
    name: 'version',
    status: 'warning',
    found: `${failure.summary} (${failure.code})`,
    failure,
  }));
}

/** Which fields the build of the server does not have. */
export async function checkBuild(client: VicidialClient): Promise<Check> {
  const lacking = fieldsOfLaterBuilds(phoneType, (await client.version()).build);
  if (lacking.length === 0) return { name: 'build', status: 'ok', found: 'has every field' };
  return { name: 'build', status: 'warning', found: `does not have ${lacking.join(', ')}` };
}

/** Whether the API user may call the functions, by calls that write nothing. */
export async function checkFunctions(client: VicidialClient): Promise<Check[]> {
  const permissions = new Permissions(client);
  const checks: Check[] = [];
  for (const name of writeFunctions) {
    checks.push(await check(name, () => permissions.require(name).then(() => `permitted to ${client.user}`)));
  }
  return checks;
}
