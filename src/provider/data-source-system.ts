/** The data source `vicidial_system`. */
import { systemData } from '../model/data-sources';
import { hasCondition } from '../model/failures';
import type { ObjectType, WriteFunction } from '../model/field-definition';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { fieldsOfLaterBuilds } from '../model/validate-build';
import type { ObjectValue } from '../terraform/value';
import type { DatabaseReader } from '../vicidial/database/database-reader';
import type { RunContext } from './context';
import { dataSource, textOrNull, type CurrentContext } from './data-source';
import type { AnyReader } from './reader-choice';

export const systemDataSource = (context: CurrentContext) => dataSource(systemData, context, readSystem);

const types: readonly ObjectType[] = [phoneType, phoneAliasType];

/** The functions that an attribute is about. */
const functions = {
  may_add: 'add_phone',
  may_update: 'update_phone',
  may_add_alias: 'add_phone_alias',
  may_update_alias: 'update_phone_alias',
} as const satisfies Record<string, WriteFunction>;

async function readSystem(context: RunContext): Promise<ObjectValue> {
  const reader = await context.reader();
  const isDatabase = reader?.source === 'database';
  // Without a reader the API is used, or a setting is not known yet; the client says which.
  const isCalled = context.canCall || !isDatabase;
  const api = isCalled ? await (await context.client()).version() : undefined;
  return {
    system: context.system ?? null,
    version: api?.version ?? (isDatabase ? textOrNull((await reader.system()).version) : null),
    build: api?.build ?? null,
    reader: reader?.source ?? 'api',
    lacks: isDatabase ? await columnsMissing(reader) : fieldsMissing(api?.build ?? ''),
    ...(await permissionsOf(context, reader)),
    may_delete: reader ? await reader.mayDelete() : null,
  };
}

function fieldsMissing(build: string): readonly string[] {
  return types.flatMap((type) => fieldsOfLaterBuilds(type, build));
}

async function columnsMissing(reader: DatabaseReader): Promise<readonly string[]> {
  const fields = types.flatMap((type) => Object.keys(type.fields).map((name) => ({ type, name })));
  const missing = await Promise.all(fields.map(({ type, name }) => reader.lacks(type, name)));
  return fields.filter((_field, index) => missing[index]).map(({ name }) => name);
}

/** The database has the permissions in the row of the user; else a call of each function shows them, and writes nothing. */
async function permissionsOf(context: RunContext, reader: AnyReader | undefined): Promise<ObjectValue> {
  const isPermitted = reader?.source === 'database' ? await byRow(reader) : await byCalls(context);
  const entries = Object.entries(functions).map(async ([name, called]) => [name, await isPermitted(called)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

type PermissionCheck = (name: WriteFunction) => Promise<boolean>;

async function byRow(reader: DatabaseReader): Promise<PermissionCheck> {
  const permissions = await reader.permissions();
  return (name) => Promise.resolve(permissions.refusal(name) === undefined);
}

async function byCalls(context: RunContext): Promise<PermissionCheck> {
  const [client, { Permissions }] = await Promise.all([context.client(), import('../vicidial/api/permissions')]);
  const permissions = new Permissions(client);
  return async (name) => {
    try {
      await permissions.require(name);
      return true;
    } catch (error) {
      if (hasCondition(error, 'permission-missing')) return false;
      throw error;
    }
  };
}
