/** Reads all phones and phone aliases of a system, with the reader that the settings lead to. */
import type { ObjectType } from '../model/field-definition';
import { objectRef } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { PhonestateError } from '../model/failures';
import type { StoredObject, SystemReferences, SystemRows } from '../model/system-rows';
import type { Settings } from '../settings/read-settings';
import { usesDatabase } from '../settings/settings-of-reading';
import { AdminReader } from './admin/admin-reader';
import type { VicidialClient } from './api/client';
import { DatabaseReader } from './database/database-reader';
import type { Reader, StoredValues } from './reader';

/** Called after each object that was read. */
export type Progress = (done: number, total: number) => void;

/**
 * Opens the reader that the settings lead to.
 *
 * @throws PhonestateError where it cannot be used; without one there is nothing to read, as the API shows no phone
 */
export async function openReader(settings: Settings, client: VicidialClient): Promise<Reader> {
  if (settings.read_from === 'api') {
    const what = 'read_from is "api", and the API shows no phone. Set it to "admin" or "database".';
    throw PhonestateError.of('provider-argument', { field: 'read_from', what });
  }
  const { database_url: url } = settings;
  if (usesDatabase(settings) && url !== undefined) return new DatabaseReader({ ...settings, database_url: url });
  const reader = new AdminReader(settings, client.session);
  try {
    await reader.open();
  } catch (error) {
    await reader.close();
    throw error;
  }
  return reader;
}

/** Reads every object that the API user may view. The admin pages show one phone each. */
export async function readSystem(reader: Reader, progress: Progress = () => {}): Promise<SystemRows> {
  const [phones, aliases] = [await reader.list(phoneType), await reader.list(phoneAliasType)];
  const total = phones.length + aliases.length;
  let done = 0;
  const readAll = (type: ObjectType, listed: readonly StoredValues[]) =>
    Promise.all(
      listed.map(async (values) => {
        const object = await readObject(reader, type, values);
        done += 1;
        progress(done, total);
        return object;
      }),
    );
  const read = [await readAll(phoneType, phones), await readAll(phoneAliasType, aliases)];
  const [foundPhones = [], foundAliases = []] = read.map((objects) => objects.filter((object) => object !== undefined));
  return { phones: foundPhones, aliases: foundAliases };
}

/** What the objects of a system may refer to. */
export async function readReferences(reader: Reader): Promise<SystemReferences> {
  const [servers, templates, userGroups] = [
    await reader.servers(),
    await reader.templates(),
    await reader.userGroups(),
  ];
  return {
    servers: servers.map(({ ip }) => ip),
    templates: templates.map(({ id }) => id),
    userGroups: userGroups?.map(({ id }) => id),
  };
}

/** All that is stored of a listed object; undefined where it does not exist any more. */
async function readObject(reader: Reader, type: ObjectType, listed: StoredValues): Promise<StoredObject | undefined> {
  // A row of the database has all that there is.
  if (reader.source === 'database') return { values: listed };
  const reading = await reader.read(objectRef(type, listed));
  if (reading.status !== 'found') return undefined;
  const { values, unreadable } = reading;
  return unreadable ? { values, unreadable } : { values };
}
