/** Reads what an emulator needs to stand for a system: the rows, what they refer to, and the permissions of the API user. */
import { randomUUID } from 'node:crypto';
import type { WriteFunction } from '../model/field-definition';
import { PhonestateError } from '../model/failures';
import type { ObjectRef } from '../model/operation';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import type { StoredObject, SystemReferences, SystemRows } from '../model/system-rows';
import type { Settings } from '../settings/read-settings';
import { VicidialClient } from '../vicidial/api/client';
import { lookUp, type LookupResult } from '../vicidial/api/lookup';
import { Permissions } from '../vicidial/api/permissions';
import type { Version } from '../vicidial/api/reply';
import { DatabaseReader } from '../vicidial/database/database-reader';
import { sharedLoginOf } from '../vicidial/login-guard/shared-login-guard';
import type { Reader } from '../vicidial/reader';
import { openReader, readReferences, readSystem } from '../vicidial/whole-system';
import { objectKey, refKey } from './object-key';

/** What the API user may do, as far as calls that write nothing show it. */
export interface Permitted {
  /** The functions that the list of the user permits. */
  readonly functions: readonly WriteFunction[];
  /** Whether the user has what all functions that write need besides. */
  readonly mayWrite: boolean;
  readonly mayDelete: boolean;
  /** The user groups whose phones the user may view. Undefined where the reader does not tell. */
  readonly viewableGroups: readonly string[] | undefined;
}

export interface ReadSystem {
  readonly source: Reader['source'];
  readonly version: Version;
  readonly nonLatin: boolean;
  readonly rows: SystemRows;
  readonly references: SystemReferences;
  readonly permitted: Permitted;
  /** Of the objects that the reader does not show, what the API says of them; an error where it says nothing. */
  readonly lookups: ReadonlyMap<string, LookupResult | PhonestateError>;
}

const writeFunctions = [phoneType, phoneAliasType].flatMap((type) => [type.addFunction, type.updateFunction]);

/**
 * Reads a system with the settings of a provider block. Nothing is written: the calls are those of a plan.
 *
 * @param expected objects of the state, which are looked up where the reader does not show them
 * @throws PhonestateError where the login is refused, or no reader can be used
 */
export async function readForRehearsal(settings: Settings, expected: readonly ObjectRef[]): Promise<ReadSystem> {
  // A reader is needed here, also where the run itself uses the API only.
  const readable: Settings = settings.read_from === 'api' ? { ...settings, read_from: 'auto' } : settings;
  const sharedLogin = sharedLoginOf(readable, { command: randomUUID() });
  const client = new VicidialClient(readable, { sharedLogin });
  try {
    const permitted = await readPermitted(client);
    const version = await client.version();
    const reader = await openReader(readable, client);
    try {
      const rows = reader instanceof DatabaseReader ? await allRows(reader) : await readSystem(reader);
      return {
        source: reader.source,
        version,
        nonLatin: reader instanceof DatabaseReader ? (await reader.system()).nonLatin : readable.non_latin,
        rows,
        references: await readReferences(reader),
        permitted: {
          ...permitted,
          mayDelete: await reader.mayDelete(),
          viewableGroups: reader instanceof DatabaseReader ? (await reader.permissions()).viewableGroups : undefined,
        },
        lookups: reader instanceof DatabaseReader ? new Map() : await lookUpMissing(client, rows, expected),
      };
    } finally {
      await reader.close();
    }
  } finally {
    await client.close();
  }
}

/** The database shows hidden phones too: their keys and logins are taken all the same. */
async function allRows(reader: DatabaseReader): Promise<SystemRows> {
  const [phones, aliases] = [await reader.listAll(phoneType), await reader.listAll(phoneAliasType)];
  const asObjects = (values: readonly StoredObject['values'][]) => values.map((each) => ({ values: each }));
  return { phones: asObjects(phones), aliases: asObjects(aliases) };
}

/** Which functions the user may call: each is called without fields, which writes nothing. */
async function readPermitted(client: VicidialClient): Promise<Pick<Permitted, 'functions' | 'mayWrite'>> {
  const permissions = new Permissions(client);
  const functions: WriteFunction[] = [];
  let mayWrite = true;
  for (const name of writeFunctions) {
    try {
      await permissions.require(name);
      functions.push(name);
    } catch (error) {
      const code = error instanceof PhonestateError ? error.failure.code : undefined;
      if (code === 'permission-missing') mayWrite = false;
      else if (code !== 'function-not-allowed') throw error;
    }
  }
  return { functions: mayWrite ? functions : writeFunctions, mayWrite };
}

/** The admin pages do not distinguish a phone that is hidden from one that does not exist. The API does. */
async function lookUpMissing(client: VicidialClient, rows: SystemRows, expected: readonly ObjectRef[]) {
  const shown = new Set([
    ...rows.phones.map(({ values }) => objectKey(phoneType, values)),
    ...rows.aliases.map(({ values }) => objectKey(phoneAliasType, values)),
  ]);
  const missing = expected.filter((object) => !shown.has(refKey(object)));
  const results = new Map<string, LookupResult | PhonestateError>();
  for (const object of missing) {
    const result = await lookUp(client, object).catch((error: unknown) => {
      if (error instanceof PhonestateError) return error;
      throw error;
    });
    results.set(refKey(object), result);
  }
  return results;
}
