/** Factors a system for an environment file: defaults, seats, ranges and exceptions. Decides no value, only its place. */
import { phoneFields } from '../model/phone-fields';
import { isRangeLike } from './extension-list';
import { makeEntries, type Entry, type PhoneItem, type SeatItem } from './entries';
import type { ExportedAlias, ExportedPhone, ExportedServer, ExportedSystem } from './exported-system';
import { chooseTemplates, type Suffixes, type Template, type Templates } from './phone-templates';
import { findSeats, findSuffixes, type ExportedSeat } from './seats';
import { extensionPlaceholder, suffixPlaceholder, templateOf } from './templates';

export interface FactoredSystem {
  /** The suffixes that seats use. */
  readonly suffixes: Suffixes;
  readonly defaults: Templates;
  /** The defaults of servers, where seats on several servers differ by server only. */
  readonly serverDefaults: ReadonlyMap<ExportedServer, Templates>;
  readonly seats: readonly Entry<SeatItem>[];
  readonly phones: readonly Entry<PhoneItem>[];
  /** Those that belong to no seat. */
  readonly aliases: readonly ExportedAlias[];
}

/** The login of a phone of a seat. */
const seatLogin = `${extensionPlaceholder}${suffixPlaceholder}`;

export interface FactorOptions {
  /** Whether phones of several servers may be one seat: not where each server has a file of its own. */
  readonly seats?: boolean;
}

export function factor(system: ExportedSystem, { seats: mayHaveSeats = true }: FactorOptions = {}): FactoredSystem {
  const found = findSuffixes(system);
  const phones = system.servers.flatMap((server) => server.phones);
  const { seats, templates, serverDefaults } = chooseSeats(phones, mayHaveSeats ? findSeats(system, found) : [], found);
  const seatPhones = new Set(seats.flatMap((seat) => seat.phones));
  const used = new Set([...seatPhones].map(({ server }) => server));
  const seatEntries = makeEntries(
    seats.map((seat) => seatItem(seat, templates, serverDefaults)),
    ({ alias, phones: listed, extension }) =>
      JSON.stringify([alias ?? null, listed.map(({ server }) => server.name), aloneKey(extension)]),
  );
  const items = phones
    .filter((phone) => !seatPhones.has(phone))
    .map((phone): PhoneItem => ({ extension: phone.extension, phones: [phone], values: templates.get(phone) ?? {} }));
  const phoneEntries = makeEntries(
    items,
    ({ phones: [phone], extension }) => `${phone?.server.name ?? ''} ${aloneKey(extension)}`,
  );
  const seatAliases = new Set(seats.map(({ alias }) => alias));
  return {
    suffixes: new Map([...found].filter(([server]) => used.has(server))),
    defaults: chooseDefaults([...seatEntries, ...phoneEntries], serverDefaults),
    serverDefaults,
    seats: seatEntries,
    phones: phoneEntries,
    aliases: system.aliases.filter((alias) => !seatAliases.has(alias)),
  };
}

/** Keeps an extension that looks like a range out of the lists of others. */
function aloneKey(extension: string): string {
  return isRangeLike(extension) ? extension : '';
}

interface ChosenSeats {
  readonly seats: readonly ExportedSeat[];
  readonly templates: ReadonlyMap<ExportedPhone, Templates>;
  readonly serverDefaults: ReadonlyMap<ExportedServer, Templates>;
}

/** The seats whose phones have the same values. Without the others, other templates may be chosen: so again. */
function chooseSeats(
  phones: readonly ExportedPhone[],
  seats: readonly ExportedSeat[],
  suffixes: Suffixes,
): ChosenSeats {
  const inSeats = new Set(seats.flatMap((seat) => seat.phones));
  const suffixOf = (phone: ExportedPhone) => (inSeats.has(phone) ? (suffixes.get(phone.server) ?? '') : '');
  const templates = chooseTemplates(phones, suffixOf);
  const serverDefaults = valuesByServer(seats, templates);
  const uniform = seats.filter((seat) => isUniform(seat, templates, serverDefaults));
  return uniform.length === seats.length
    ? { seats, templates, serverDefaults }
    : chooseSeats(phones, uniform, suffixes);
}

/** The fields that all phones of seats have from their server: a time zone, for example. */
function valuesByServer(
  seats: readonly ExportedSeat[],
  templates: ReadonlyMap<ExportedPhone, Templates>,
): ReadonlyMap<ExportedServer, Templates> {
  const phones = seats.flatMap((seat) => seat.phones);
  const servers = [...new Set(phones.map(({ server }) => server))];
  const defaults = new Map<ExportedServer, Record<string, Template>>(servers.map((server) => [server, {}]));
  for (const field of Object.keys(phoneFields)) {
    if (field === 'phone_login') continue;
    const byServer = servers.map((server) => {
      const own = phones.filter((phone) => phone.server === server);
      return [server, new Set(own.map((phone) => templates.get(phone)?.[field]))] as const;
    });
    const isByServer = byServer.every(([, values]) => values.size === 1 && !values.has(undefined));
    if (!isByServer || new Set(byServer.map(([, [value]]) => value)).size === 1) continue;
    for (const [server, [value]] of byServer) {
      const own = defaults.get(server);
      if (own && value !== undefined) own[field] = value;
    }
  }
  return defaults;
}

function isUniform(
  { phones }: ExportedSeat,
  templates: ReadonlyMap<ExportedPhone, Templates>,
  serverDefaults: ReadonlyMap<ExportedServer, Templates>,
): boolean {
  const [first, ...others] = phones.map((phone) => ownValues(phone, templates, serverDefaults));
  return others.every((each) => JSON.stringify(each) === JSON.stringify(first));
}

/** The values of a phone of a seat that are not from its server, in the order of the field table. */
function ownValues(
  phone: ExportedPhone,
  templates: ReadonlyMap<ExportedPhone, Templates>,
  serverDefaults: ReadonlyMap<ExportedServer, Templates>,
): Templates {
  const values = templates.get(phone) ?? {};
  const ofServer = serverDefaults.get(phone.server) ?? {};
  const fields = Object.keys(phoneFields).filter((field) => values[field] !== undefined && !(field in ofServer));
  const own = fields.map((field): [string, Template] => [field, values[field] ?? '']);
  return { ...Object.fromEntries(own), phone_login: seatLogin };
}

function seatItem(
  seat: ExportedSeat,
  templates: ReadonlyMap<ExportedPhone, Templates>,
  serverDefaults: ReadonlyMap<ExportedServer, Templates>,
): SeatItem {
  const { extension, phones, alias } = seat;
  const [first] = phones;
  const name = alias?.values.alias_name;
  const written = (text: string) => templateOf(text, extension) ?? text;
  return {
    extension,
    phones,
    seat,
    values: first ? ownValues(first, templates, serverDefaults) : {},
    alias: alias && {
      alias_id: written(alias.id),
      alias_name: typeof name === 'string' ? written(name) : undefined,
    },
  };
}

/**
 * The defaults of the file: values that save more lines than they cost. An entry that does not manage the field needs a
 * line that says so.
 */
function chooseDefaults(entries: readonly Entry[], serverDefaults: ReadonlyMap<ExportedServer, Templates>): Templates {
  const defaults: Record<string, Template> = {};
  for (const field of Object.keys(phoneFields)) {
    const counts = new Map<Template, number>();
    let unmanaged = 0;
    for (const { values, servers } of entries) {
      const value = values[field];
      // A seat has this login whatever the defaults are.
      if (value === seatLogin) continue;
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
      else if (!servers.every((server) => field in (serverDefaults.get(server) ?? {}))) unmanaged += 1;
    }
    const [best] = [...counts].sort(([a, times], [b, others]) => others - times || (String(a) < String(b) ? -1 : 1));
    if (best && best[1] >= unmanaged + 2) defaults[field] = best[0];
  }
  return defaults;
}
