/**
 * Whether the database is a replica, which may lag: what it lacks may exist. Only a positive sign makes it a primary, since
 * objects are removed from state on its word.
 */
import { PhonestateError } from '../../model/failures';
import type { Database, Row } from './database';

export type ReplicaStatus = 'replica' | 'primary' | 'unknown';

/** Asks the server, with what a user without privileges may ask first. */
export async function replicaStatus(database: Database): Promise<ReplicaStatus> {
  const variables = await named(database, 'SHOW GLOBAL VARIABLES WHERE Variable_name IN', variableNames);
  // VICIdial could not write to it, so it is not the database that VICIdial writes to.
  if (variableNames.slice(0, 3).some((name) => isOn(variables.get(name)))) return 'replica';
  const status = await named(database, 'SHOW GLOBAL STATUS WHERE Variable_name IN', statusNames);
  if (statusNames.some((name) => isOn(status.get(name)))) return 'replica';
  const sources = await replicationSources(database);
  // It is configured as a replica, also where replication has stopped: then it lags without end.
  if (sources !== undefined) return sources.length > 0 ? 'replica' : 'primary';
  // MariaDB keeps the position of the last transaction that it replicated. It has never replicated one, and does not now.
  if (variables.get('gtid_slave_pos') === '' && status.has('slaves_running')) return 'primary';
  // A former replica that became the primary, or MySQL, which shows nothing else without the privilege.
  return 'unknown';
}

const variableNames = ['read_only', 'super_read_only', 'innodb_read_only', 'gtid_slave_pos'];
/** The number of running replications of MariaDB, and its older form for one. */
const statusNames = ['slaves_running', 'slave_running'];

/** MariaDB with several sources, MySQL from 8.0.22 on, and all others. Each knows its own statement at least. */
const sourceStatements = ['SHOW ALL SLAVES STATUS', 'SHOW REPLICA STATUS', 'SHOW SLAVE STATUS'];

/** The servers that it replicates from; undefined where the user has no privilege to ask (REPLICATION CLIENT, SLAVE MONITOR). */
async function replicationSources(database: Database): Promise<readonly Row[] | undefined> {
  for (const sql of sourceStatements) {
    try {
      return await database.rows({ name: 'replication', sql });
    } catch (error) {
      // Not permitted, or unknown to this server.
      if (!(error instanceof PhonestateError) || error.failure.code !== 'database-refused') throw error;
    }
  }
  return undefined;
}

async function named(database: Database, statement: string, names: readonly string[]): Promise<Map<string, string>> {
  const list = names.map((name) => `'${name}'`).join(', ');
  const rows = await database.rows({ name: 'replication', sql: `${statement} (${list})` });
  return new Map(rows.map((row) => [String(row.Variable_name).toLowerCase(), String(row.Value)]));
}

/** `ON`, or a number of replications. */
function isOn(value: string | undefined): boolean {
  return value !== undefined && (/^on$/iu.test(value) || Number(value) > 0);
}
