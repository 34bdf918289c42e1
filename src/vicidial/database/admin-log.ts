/**
 * Who changed phones and phone aliases, by the log of the administration (reading-vicidial.md, section 2). It is optional: an
 * older schema lacks columns, and an account may have no SELECT on it. `event_sql` holds passwords, and is never selected.
 */
import type { AdminEvent, AdminLog } from '../../model/admin-event';
import { PhonestateError } from '../../model/failures';
import { queryGroups } from './batch';
import type { Database, Row } from './database';
import { text } from './rows';
import type { Schema } from './schema';

const table = 'vicidial_admin_log';

const sections: ReadonlyMap<string, AdminEvent['about']> = new Map([
  ['PHONES', 'phone'],
  ['PHONEALIASES', 'phone alias'],
]);

/** Ids in one query. */
const batchSize = 200;

/** The most rows of one query, the latest first. A phone has a few in a year. */
const maxRows = 10_000;

/**
 * Reads what the log says about some objects.
 *
 * @param ids extensions and ids of phone aliases
 * @returns the reason where the log cannot be read
 * @throws PhonestateError where the database is not reached
 */
export async function readAdminLog(database: Database, schema: Schema, ids: readonly string[]): Promise<AdminLog> {
  try {
    const columns = schema.select(table).join(', ');
    const idLength = schema.length(table, 'record_id');
    const wanted = [...new Set(ids.map((id) => shorten(id, idLength)))];
    const events: AdminEvent[] = [];
    for (const batch of batches(wanted)) events.push(...(await query(database, columns, batch)).flatMap(eventOf));
    return { events, idLength };
  } catch (error) {
    if (!(error instanceof PhonestateError) || error.failure.code !== 'database-refused') throw error;
    return { unavailable: error.failure.what };
  }
}

function query(database: Database, columns: string, ids: readonly string[]): Promise<readonly Row[]> {
  const names = [...sections.keys()].map((name) => `'${name}'`).join(', ');
  const sql = `SELECT ${columns} FROM ${table} WHERE event_section IN (${names})
AND record_id IN (${ids.map(() => '?').join(', ')}) ORDER BY event_date DESC LIMIT ${maxRows}`;
  return database.rows({ name: table, table, sql, values: ids });
}

function eventOf(row: Row): AdminEvent[] {
  const about = sections.get(text(row, 'event_section').toUpperCase());
  if (about === undefined) return [];
  return [
    {
      about,
      action: text(row, 'event_type').toUpperCase(),
      recordId: text(row, 'record_id'),
      user: text(row, 'user'),
      at: text(row, 'event_date'),
      code: text(row, 'event_code'),
      notes: text(row, 'event_notes'),
    },
  ];
}

function batches(ids: readonly string[]): string[][] {
  return queryGroups(ids, (id) => id).flatMap((group) => {
    const starts = Array.from({ length: Math.ceil(group.length / batchSize) }, (_, index) => index * batchSize);
    return starts.map((start) => group.slice(start, start + batchSize));
  });
}

function shorten(id: string, length: number | undefined): string {
  return length === undefined ? id : [...id].slice(0, length).join('');
}
