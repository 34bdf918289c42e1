/**
 * Whether the database and the API are those of one system. Systems that were cloned have the same keys and logins, so
 * this cannot be proved; what differs is found.
 */
import { PhonestateError } from '../model/failures';
import { phoneType } from '../model/phone-fields';
import { objectRef } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import type { VicidialClient } from './api/client';
import { lookUp } from './api/lookup';
import type { DatabaseReader } from './database/database-reader';

/** No phone has it: a lookup of it only shows whether the server exists. */
const unusedExtension = 'phonestate-none';

/**
 * Compares versions, and looks up by the API what the database shows: a phone, or a server where there is none.
 *
 * @throws PhonestateError `database-of-another-system`; what prevents a lookup
 */
export async function checkSameSystem(client: VicidialClient, database: DatabaseReader): Promise<void> {
  const [api, system] = await Promise.all([client.version(), database.system()]);
  const [series, other] = [seriesOf(api.version), seriesOf(system.version)];
  if (series !== undefined && other !== undefined && series !== other) {
    throw differs(`The API is that of version ${api.version}, the database that of version ${system.version}.`);
  }
  const phone = await database.anyVisiblePhone();
  if (phone) return checkPhone(client, database, phone);
  const [server] = await database.servers();
  if (server) await checkServer(client, server.ip);
}

async function checkPhone(client: VicidialClient, database: DatabaseReader, phone: ObjectRef): Promise<void> {
  if ((await lookUp(client, phone)) !== 'not-found') return;
  // It may have been deleted since the database was read.
  if ((await database.readAgain(phone)).status === 'not-found') return;
  throw differs(`The database has the phone ${phone.id}, and the API says that it does not exist.`);
}

async function checkServer(client: VicidialClient, ip: string): Promise<void> {
  try {
    await lookUp(client, objectRef(phoneType, { server_ip: ip, extension: unusedExtension }));
  } catch (error) {
    if (!(error instanceof PhonestateError) || error.failure.code !== 'server-not-found') throw error;
    throw differs(`The database has the server ${ip}, and the API says that it does not exist.`);
  }
}

/** The first two numbers of a version: `2.14-194` of the API and `2.14b0.5` of the database are of one series. */
function seriesOf(version: string): string | undefined {
  return /^\d+\.\d+/u.exec(version)?.[0];
}

function differs(what: string): PhonestateError {
  return PhonestateError.of('database-of-another-system', { what });
}
