/**
 * Seats: one extension on several servers, a login for each server, and a phone alias over them, so that an agent logs
 * in to the least busy server (vicidial-api.md, section 7).
 */
import { phoneLogin, type EnvironmentAlias, type EnvironmentPhone, type Origin } from './environment';
import type { SeatEntry, SeatValues } from './entry-schema';
import { originOf, placeOf } from './file-text';
import { fill, layerAt, type Layer } from './layers';
import { buildPhone, Exceptions, extensionsOf, type EntryContext } from './phone-entries';

/** What seats declare. */
export interface ExpandedSeats {
  readonly phones: readonly EnvironmentPhone[];
  readonly aliases: readonly EnvironmentAlias[];
}

/** The phone login of a seat where nothing else is set. */
const loginTemplate = '{extension}{suffix}';

type AliasValues = Exclude<SeatEntry['alias'], undefined>;
const defaultAlias = { alias_id: '{extension}', alias_name: 'Seat {extension}' };

/** Expands the list `seats` of a file. */
export function expandSeats(context: EntryContext, entries: readonly SeatEntry[]): ExpandedSeats {
  const expanded = entries.map((entry, index) => expandSeat(context, entry, ['seats', index]));
  return {
    phones: expanded.flatMap(({ phones }) => phones),
    aliases: expanded.flatMap(({ aliases }) => aliases),
  };
}

function expandSeat(context: EntryContext, entry: SeatEntry, path: readonly PropertyKey[]): ExpandedSeats {
  const { extension, extensions, servers = serversWithSuffix(context), alias, exceptions = {}, ...values } = entry;
  const { text, problems } = context;
  if (servers.length === 0)
    problems.error(placeOf(text, path), 'no server has a suffix; name the servers, or give each a suffix');
  const declared = originOf(text, path, 'seat');
  const seat: Layer = { values: { phone_login: loginTemplate }, originOf: () => declared };
  const own = layerAt(text, path, 'seat', values);
  const excepted = new Exceptions<SeatValues>(context, exceptions, [...path, 'exceptions']);
  const numbers = extension === undefined ? extensionsOf(context, extensions ?? [], path) : [extension];
  const origins = {
    declared,
    serverOrigin: originOf(text, [...path, ...(entry.servers ? ['servers'] : [])], 'seat'),
    extensionOrigin: originOf(text, [...path, extension === undefined ? 'extensions' : 'extension'], 'seat'),
  };
  const expanded = numbers.map((number, position): ExpandedSeats => {
    const index = position + 1;
    const phones = servers.flatMap((server) => {
      const key = { server, extension: number };
      const changes = excepted.of(key);
      if (changes === 'without') return [];
      return [buildPhone(context, { ...key, ...origins, index, layers: [seat, own, ...changes.layers] })];
    });
    const exception = excepted.find(number);
    const layers = [
      { values: alias, path: [...path, 'alias'] },
      ...(exception && !exception.isLeftOut
        ? [{ values: exception.values.alias, path: [...exception.path, 'alias'] }]
        : []),
    ];
    const placeholders = { extension: number, index: String(index) };
    return { phones, aliases: phones.length === 0 ? [] : seatAlias(context, layers, placeholders, phones, declared) };
  });
  excepted.reportUnused(numbers.map((each) => ({ extension: each })));
  return {
    phones: expanded.flatMap(({ phones }) => phones),
    aliases: expanded.flatMap(({ aliases }) => aliases),
  };
}

function serversWithSuffix({ servers }: EntryContext): string[] {
  return Object.entries(servers)
    .filter(([, { suffix }]) => suffix !== undefined)
    .map(([name]) => name);
}

/** The phone alias of a seat; none where the last layer says so. */
function seatAlias(
  context: EntryContext,
  layers: readonly { readonly values: AliasValues | undefined; readonly path: readonly PropertyKey[] }[],
  placeholders: Readonly<Record<string, string>>,
  phones: readonly EnvironmentPhone[],
  declared: Origin,
): EnvironmentAlias[] {
  if (layers.findLast(({ values }) => values !== undefined)?.values === null) return [];
  const valueOf = <N extends keyof NonNullable<AliasValues>>(name: N) => {
    const found = layers.findLast(({ values }) => values?.[name] !== undefined);
    return {
      value: found?.values?.[name],
      origin: found
        ? originOf(context.text, [...found.path, name], found === layers[0] ? 'seat' : 'exception')
        : declared,
    };
  };
  const [id, name, protect] = [valueOf('alias_id'), valueOf('alias_name'), valueOf('protect')];
  const { problems } = context;
  const filled = (template: string, origin: Origin) => fill(template, placeholders, origin, problems);
  return [
    {
      alias_id: filled(id.value ?? defaultAlias.alias_id, id.origin),
      // ~ is "not managed".
      alias_name: name.value === null ? undefined : filled(name.value ?? defaultAlias.alias_name, name.origin),
      phone_logins: phones.flatMap((phone) => seatLogin(phone)),
      ...(protect.value === undefined ? {} : { protect: protect.value }),
      origins: {
        alias_id: id.origin,
        alias_name: name.origin,
        phone_logins: declared,
        ...(protect.value === undefined ? {} : { protect: protect.origin }),
      },
      declared,
    },
  ];
}

function seatLogin(phone: EnvironmentPhone) {
  const login = phoneLogin(phone);
  return login === undefined ? [] : [{ login, phone }];
}
