/** What a soak test checks after each round: that the server, the state and the configuration agree. */
import type { Emulator } from '../src/emulator/emulator';
import type { Fleet } from './soak-fleet';
import type { Attributes } from './workspace';

/**
 * @param state attributes by address
 * @returns a sentence for each disagreement
 */
export function disagreements(
  { store, journal }: Pick<Emulator, 'store' | 'journal'>,
  state: Readonly<Record<string, Attributes>>,
  { phones, aliases }: Fleet,
): string[] {
  const declared = [...phones.values()].map(idOf);
  return [
    ...differences('phones on the server', declared, store.phones.map(idOf)),
    ...differences('phones in state', declared, idsOf(state, 'vicidial_phone.')),
    ...differences(
      'phone aliases on the server',
      [...aliases.keys()],
      store.aliases.map(({ alias_id }) => alias_id),
    ),
    ...differences('phone aliases in state', [...aliases.keys()], idsOf(state, 'vicidial_phone_alias.')),
    ...[...phones.values()].flatMap((fields) => wrongFields(fields, store)),
    ...[...aliases].flatMap(([id, extensions]) => {
      const logins = store.alias(id)?.phone_logins;
      return logins === extensions.join(',') ? [] : [`phone alias ${id} lists ${logins}, not ${extensions.join(',')}`];
    }),
    ...createdTwice(journal),
  ];
}

function idOf({ server_ip, extension }: Attributes): string {
  return `${String(server_ip)}/${String(extension)}`;
}

function idsOf(state: Readonly<Record<string, Attributes>>, prefix: string): string[] {
  return Object.entries(state).flatMap(([address, { id }]) => (address.startsWith(prefix) ? [String(id)] : []));
}

function differences(what: string, declared: readonly string[], found: readonly string[]): string[] {
  const [expected, actual] = [[...declared].sort().join(), [...found].sort().join()];
  return expected === actual ? [] : [`${what}: ${actual}; declared: ${expected}`];
}

function wrongFields(fields: Attributes, store: Emulator['store']): string[] {
  const row = store.phone(String(fields.server_ip), String(fields.extension));
  return Object.entries(fields).flatMap(([name, value]) =>
    row?.[name] === String(value) ? [] : [`${idOf(fields)}: ${name} is ${row?.[name]}, not ${String(value)}`],
  );
}

/** A phone that was created may be created again only after it was deleted. */
function createdTwice(journal: Emulator['journal']): string[] {
  const existing = new Set<string>();
  return journal.entries.flatMap((entry) => {
    const id = `${entry.sent('server_ip')}/${entry.sent('extension')}`;
    if (!entry.changed) return [];
    if (entry.sent('delete_phone') === 'Y') existing.delete(id);
    if (entry.function !== 'add_phone') return [];
    const twice = existing.has(id);
    existing.add(id);
    return twice ? [`${id} was created twice`] : [];
  });
}
