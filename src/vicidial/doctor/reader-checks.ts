/** What doctor checks of the admin pages and the database. */
import { hasCondition, isTransient, PhonestateError } from '../../model/failures';
import { phoneAliasType } from '../../model/phone-alias-fields';
import { phoneType } from '../../model/phone-fields';
import type { Settings } from '../../settings/read-settings';
import { AdminReader } from '../admin/admin-reader';
import type { VicidialClient } from '../api/client';
import { DatabaseReader, type DatabaseReaderSettings } from '../database/database-reader';
import type { Reader } from '../reader';
import { noRetry } from '../retry';
import { checkSameSystem } from '../same-system';
import { writeFunctions } from './api-checks';
import { check, failed, skipped, type Check } from './check';

/** A check of a reader, and the reader where it can be used. */
export interface ReaderCheck<R extends Reader> {
  readonly check: Check;
  readonly reader?: R;
}

/** Whether the admin pages can be read, and what they show. */
export async function checkAdminPages(client: VicidialClient): Promise<ReaderCheck<AdminReader>> {
  const reader = new AdminReader(client.settings, client.session);
  const outcome = await check('admin pages', async () => {
    await reader.open();
    return `${client.user} sees ${await describeContent(reader)}`;
  });
  if (outcome.status === 'ok') return { check: outcome, reader };
  await reader.close();
  return { check: asFallback(outcome, client.settings) };
}

/** With read_from = "auto", a user who does not get in is a warning: the API is used. */
function asFallback(outcome: Check, { read_from: from }: Settings): Check {
  if (from !== 'auto' || !outcome.failure) return outcome;
  const error = new PhonestateError(outcome.failure);
  return isTransient(error) || hasCondition(error, 'login-refused') ? outcome : { ...outcome, status: 'warning' };
}

/** Whether the database can be read, and what it shows. */
export async function checkDatabase(settings: DatabaseReaderSettings): Promise<ReaderCheck<DatabaseReader>> {
  let reader: DatabaseReader | undefined;
  const outcome = await check('database', async () => {
    reader = new DatabaseReader(settings, { retryPolicy: noRetry });
    const { version, schemaVersion } = await reader.system();
    return `version ${version}, schema ${schemaVersion}: ${settings.user} sees ${await describeContent(reader)}`;
  });
  if (outcome.status === 'ok' && reader) return { check: outcome, reader };
  await reader?.close();
  return { check: outcome };
}

async function describeContent(reader: Reader): Promise<string> {
  const [phones, aliases, templates, servers] = [
    await reader.list(phoneType),
    await reader.list(phoneAliasType),
    await reader.templates(),
    await reader.servers(),
  ];
  const counts = { phone: phones, 'phone alias': aliases, template: templates, server: servers };
  return Object.entries(counts)
    .map(([noun, { length }]) => `${length} ${length === 1 ? noun : plural(noun)}`)
    .join(', ');
}

function plural(noun: string): string {
  return noun.endsWith('s') ? `${noun}es` : `${noun}s`;
}

/** The names of the checks that need the database. */
export const databaseChecks = ['replica', 'agents', 'same system'] as const;

/**
 * What is checked of a database that can be read.
 *
 * @param client undefined where the API cannot be called; then `reason` says why
 */
export async function checkDatabaseUse(
  reader: DatabaseReader,
  client: VicidialClient | undefined,
  { inUseCheck, reason }: { readonly inUseCheck: Settings['in_use_check'] | undefined; readonly reason: string },
): Promise<Check[]> {
  return [
    await checkReplica(reader, client !== undefined),
    inUseCheck === 'off' ? skipped('agents', 'in_use_check is "off"') : await checkAgents(reader),
    client ? await checkSystem(reader, client) : skipped('same system', reason),
  ];
}

/** What a replica lacks is looked up by the API. Where that cannot be called, such an object stops the plan. */
async function checkReplica(reader: DatabaseReader, canCall: boolean): Promise<Check> {
  const texts = {
    primary: 'the primary database',
    replica: 'a replica, which may lag',
    unknown: 'it is not known whether this is a replica, which may lag',
  };
  const found = await check('replica', async () => texts[await reader.replica()]);
  if (found.status !== 'ok' || canCall || found.found === texts.primary) return found;
  return {
    ...found,
    status: 'warning',
    found: `${found.found}, and the API cannot be asked (see database_is_replica)`,
  };
}

function checkAgents(reader: DatabaseReader): Promise<Check> {
  return check('agents', async () => {
    await reader.agentsOn([]);
    return 'the agents that are logged in can be read';
  });
}

function checkSystem(reader: DatabaseReader, client: VicidialClient): Promise<Check> {
  return check('same system', async () => {
    await checkSameSystem(client, reader);
    return 'the database and the API agree';
  });
}

/** Whether the API user may call the functions, by its row. */
export async function checkFunctionsByRow(reader: DatabaseReader, user: string): Promise<Check[]> {
  const permissions = await reader.permissions();
  return writeFunctions.map((name) => {
    const refusal = permissions.refusal(name);
    if (refusal) return failed(name, refusal);
    return { name, status: 'ok', found: `permitted to ${user} (by its row in the database)` };
  });
}

/** Whether the API user may delete phones and phone aliases, which is one permission. */
export function checkDelete(reader: Reader, user: string): Promise<Check> {
  return check('delete', async () => {
    if (await reader.mayDelete()) return `permitted to ${user}, phones and phone aliases`;
    throw PhonestateError.of('permission-delete', { what: `User ${user} has not "AST Delete Phones".` });
  });
}
