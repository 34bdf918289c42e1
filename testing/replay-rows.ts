/** The rows of an emulator by key, for the replay of recordings. */
import type { Store } from '../src/emulator/store';
import type { Row, Step } from './recording';

/** Rows by their key in small letters. */
export type Rows = ReadonlyMap<string, Row>;

export interface Snapshot {
  readonly phones: Rows;
  readonly aliases: Rows;
}

export function snapshot({ phones, aliases }: Store): Snapshot {
  return {
    phones: new Map(phones.map((row) => [phoneKey(row), { ...row }])),
    aliases: new Map(
      aliases.map(({ alias_id, alias_name, phone_logins }) => [
        aliasKey({ alias_id }),
        { alias_id, alias_name, phone_logins },
      ]),
    ),
  };
}

export function phoneKey({ server_ip, extension }: Row): string {
  return `${server_ip}/${extension}`.toLowerCase();
}

export function aliasKey({ alias_id }: Row): string {
  return (alias_id ?? '').toLowerCase();
}

/** Gives an emulator the rows that the server had after a call. */
export function applyStep(store: Store, before: Snapshot, step: Step, waiting: readonly string[]): void {
  const now = snapshot(store);
  const phones = expected(before.phones, step.phones, phoneKey);
  const aliases = expected(before.aliases, step.aliases, aliasKey);
  for (const [key, { server_ip, extension }] of now.phones) {
    if (!phones.has(key)) store.removePhone(server_ip ?? '', extension ?? '');
  }
  for (const row of phones.values()) store.putPhone(row);
  for (const [key, { alias_id }] of now.aliases) if (!aliases.has(key)) store.removeAlias(alias_id ?? '');
  for (const { alias_id, alias_name, phone_logins } of aliases.values()) {
    store.putAlias({ alias_id: alias_id ?? '', alias_name: alias_name ?? '', phone_logins: phone_logins ?? '' });
  }
  store.rebuilding.clear();
  for (const server of waiting) store.rebuilding.add(server);
}

/** The rows after a call: those before it, with the recorded changes. */
function expected(before: Rows, changes: Step['phones'], keyOf: (row: Row) => string): Map<string, Row> {
  const rows = new Map(before);
  for (const key of changes?.removed ?? []) rows.delete(key);
  for (const row of changes?.stored ?? []) rows.set(keyOf(row), { ...rows.get(keyOf(row)), ...row });
  return rows;
}
