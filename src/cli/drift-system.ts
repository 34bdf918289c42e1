/** Reads the system of an environment for `drift`, by any reader. */
import type { Environment } from '../environment/environment';
import type { SettingValue } from '../environment/provider-schema';
import { isVariable } from '../environment/value-schema';
import type { FoundKey, Lookup } from '../drift/drift';
import type { DriftReport } from '../drift/drift-schema';
import type { AdminLog } from '../model/admin-event';
import { hasCondition, PhonestateError } from '../model/failures';
import { objectRef } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import type { StoredObject, SystemRows } from '../model/system-rows';
import type { GivenSettings, Settings } from '../settings/read-settings';
import type { VicidialClient } from '../vicidial/api/client';
import { DatabaseReader } from '../vicidial/database/database-reader';
import type { Reader } from '../vicidial/reader';
import { readableSettings, withClient, withProgress } from './system-session';

/** What is asked of a system. */
export interface ObservedSystem {
  readonly settings: Settings;
  readonly reader: DriftReport['reader'];
  readonly rows: SystemRows;
  /** Whether objects that the rows lack are there all the same. */
  readonly lookUpAll: (objects: readonly FoundKey[]) => Promise<Lookup[]>;
  /** Undefined where only the database would have it. */
  readonly adminLog: (ids: readonly string[]) => Promise<AdminLog | undefined>;
}

/**
 * Reads a system, and does some work while it is open.
 *
 * @param variables by which settings are set that the file leaves out
 */
export function withObservedSystem<T>(
  environment: Environment,
  variables: NodeJS.ProcessEnv,
  work: (system: ObservedSystem) => Promise<T>,
): Promise<T> {
  const settings = readableSettings(variables, givenSettings(environment, variables));
  const label = `Reading the system of ${environment.name}`;
  return withClient(settings, async (client) => {
    if (settings.read_from === 'api') return work(await byApi(settings, client, environment, label));
    const { openReader, readSystem } = await import('../vicidial/whole-system');
    const reader = await openReader(settings, client);
    try {
      const rows = await withProgress(label, (show) => readSystem(reader, show));
      return await work({
        settings,
        reader: reader.source,
        rows,
        lookUpAll: (objects) => Promise.all(objects.map((each) => lookUpOf(reader, client, settings, refOf(each)))),
        adminLog: async (ids) => (reader instanceof DatabaseReader ? reader.adminLog(ids) : undefined),
      });
    } finally {
      await reader.close();
    }
  });
}

/** The settings of the file. Its variables have their values from TF_VAR_…, as in a run of the engine. */
function givenSettings({ provider }: Environment, variables: NodeJS.ProcessEnv): GivenSettings {
  const valueOf = (value: Exclude<SettingValue, null>) => {
    if (isVariable(value)) return variables[`TF_VAR_${value.variable}`];
    if (typeof value !== 'object') return value;
    const entries = Object.entries(value).map(([key, own]) => [
      key,
      isVariable(own) ? variables[`TF_VAR_${own.variable}`] : own,
    ]);
    return Object.fromEntries(entries.filter(([, own]) => own !== undefined)) as Readonly<Record<string, string>>;
  };
  return Object.fromEntries(
    Object.entries(provider).flatMap(([name, value]) => (value === null ? [] : [[name, valueOf(value)]])),
  );
}

/** With the API each declared object is looked up. */
async function byApi(
  settings: Settings,
  client: VicidialClient,
  { phones, aliases }: Environment,
  label: string,
): Promise<ObservedSystem> {
  const objects = [
    ...phones.map(({ server_ip, extension }) => objectRef(phoneType, { server_ip, extension })),
    ...aliases.map(({ alias_id }) => objectRef(phoneAliasType, { alias_id })),
  ];
  const known = new Map<string, Lookup>();
  await withProgress(label, (show) =>
    Promise.all(
      objects.map(async (object) => {
        known.set(keyOf(object), await lookedUp(client, object));
        show(known.size, objects.length);
      }),
    ),
  );
  const rowsOf = (type: ObjectRef['type']): StoredObject[] =>
    objects
      .filter((object) => object.type === type && known.get(keyOf(object)) === 'found')
      .map(({ key }) => ({ values: withoutNull(key) }));
  return {
    settings,
    reader: 'api',
    rows: { phones: rowsOf(phoneType), aliases: rowsOf(phoneAliasType) },
    lookUpAll: (missing) => Promise.resolve(missing.map((each) => known.get(keyOf(refOf(each))) ?? 'unknown')),
    adminLog: () => Promise.resolve(undefined),
  };
}

async function lookUpOf(
  reader: Reader,
  client: VicidialClient,
  settings: Settings,
  object: ObjectRef,
): Promise<Lookup> {
  const { status } = await reader.read(object);
  if (status !== 'not-found') return status;
  const isCertain = reader instanceof DatabaseReader && (await reader.replica()) === 'primary';
  if (isCertain) return 'not-found';
  return settings.password.open() === '' ? 'unknown' : lookedUp(client, object);
}

/** A lookup needs permissions, and a server that VICIdial still has. */
async function lookedUp(client: VicidialClient, object: ObjectRef): Promise<Lookup> {
  const { lookUp } = await import('../vicidial/api/lookup');
  try {
    return await lookUp(client, object);
  } catch (error) {
    if (!(error instanceof PhonestateError)) throw error;
    if (error.failure.code === 'server-not-found') return 'not-found';
    if (error.failure.code === 'phone-visibility-unknown' || hasCondition(error, 'permission-missing'))
      return 'unknown';
    throw error;
  }
}

function refOf({ type, key }: FoundKey): ObjectRef {
  if (type === 'phone alias') return objectRef(phoneAliasType, { alias_id: key });
  const [server_ip = '', extension = ''] = key.split('/');
  return objectRef(phoneType, { server_ip, extension });
}

function keyOf({ type, id }: ObjectRef): string {
  return `${type.noun} ${id}`;
}

function withoutNull(key: ObjectRef['key']): StoredObject['values'] {
  return Object.fromEntries(Object.entries(key).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}
