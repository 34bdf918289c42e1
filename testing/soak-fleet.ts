/** What a soak test declares: phones and phone aliases, and the configuration that declares them. */
import { samplePhone } from './sample-phone';

export const servers = ['10.0.0.11', '10.0.0.12'] as const;
export const fleetSecrets = { 'phone login': 'soakAgent9031', registration: 'soakDevice7752' };

/** The arguments of a phone. */
export type PhoneFields = Record<string, string | number | boolean>;

/** Plain data, so that structuredClone copies it with the references from aliases to phones. */
export interface Fleet {
  /** Phones with a resource of their own, by its name. */
  readonly phones: Map<string, PhoneFields>;
  /** The phones of one resource with `count`, or with `for_each` by extension. */
  readonly list: { by: 'count' | 'for_each'; readonly phones: PhoneFields[] };
  /** Phone aliases by id, with the phones whose logins they list. */
  readonly aliases: Map<string, PhoneFields[]>;
  /** The last number that was used to make a new name or login. */
  serial: number;
}

/** Blocks that say what becomes of addresses. Addresses are bare, as Terraform's JSON syntax wants them here. */
export interface Blocks {
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly import?: readonly { readonly to: string; readonly id: string }[];
  readonly removed?: readonly { readonly from: string; readonly lifecycle: { readonly destroy: false } }[];
}

export function emptyFleet(): Fleet {
  return { phones: new Map(), list: { by: 'count', phones: [] }, aliases: new Map(), serial: 0 };
}

export function idOf({ server_ip, extension }: Readonly<Record<string, unknown>>): string {
  return `${String(server_ip)}/${String(extension)}`;
}

export function addressOf(name: string): string {
  return `vicidial_phone.${name}`;
}

/** Every phone by its address. */
export function phonesByAddress({ phones, list }: Fleet): Map<string, PhoneFields> {
  return new Map([
    ...[...phones].map(([name, fields]) => [addressOf(name), fields] as const),
    ...list.phones.map((fields, index) => [addressInList(list, fields, index), fields] as const),
  ]);
}

function addressInList({ by }: Fleet['list'], { extension }: PhoneFields, index: number): string {
  return addressOf(`list[${by === 'count' ? index : JSON.stringify(extension)}]`);
}

/** A name or login that was never used. */
export function fresh(fleet: Fleet, prefix: string): string {
  fleet.serial += 1;
  return `${prefix}${fleet.serial}`;
}

/** Takes a phone out of the list of each alias, and removes the aliases that list none then. */
export function dropFromAliases({ aliases }: Fleet, phone: PhoneFields): void {
  for (const [id, listed] of aliases) {
    const rest = listed.filter((each) => each !== phone);
    if (rest.length > 0) aliases.set(id, rest);
    else aliases.delete(id);
  }
}

/** Gives a phone a resource of another name. */
export function rename({ phones }: Fleet, from: string, to: string): void {
  const fields = phones.get(from);
  if (!fields) throw new Error(`There is no phone ${from}.`);
  phones.delete(from);
  phones.set(to, fields);
}

/**
 * A phone to declare.
 *
 * @param random numbers from 0 to 1
 */
export function newPhone(extension: string, random: () => number): PhoneFields {
  // All of its values are strings, but for the number below.
  return samplePhone(extension, {
    server_ip: servers[Math.floor(random() * servers.length)] ?? servers[0],
    phone_pass: fleetSecrets['phone login'],
    registration_password: fleetSecrets.registration,
    ...(random() < 0.3 ? { phone_ring_timeout: 30 } : {}),
  }) as PhoneFields;
}

/** The fleet in Terraform's JSON syntax. */
export function configurationOf(fleet: Fleet, blocks: Blocks = {}): Record<string, unknown> {
  const { phones, list, aliases } = fleet;
  const addresses = new Map([...phonesByAddress(fleet)].map(([address, fields]) => [fields, address]));
  const aliasBlocks = [...aliases].map(([id, listed]) => [
    id,
    {
      alias_id: id,
      alias_name: `Team ${id}`,
      phone_logins: listed.map((phone) => `\${${addresses.get(phone) ?? 'missing'}.phone_login}`),
    },
  ]);
  const resource = {
    vicidial_phone: { ...Object.fromEntries(phones), ...(list.phones.length > 0 ? { list: listBlock(list) } : {}) },
    vicidial_phone_alias: Object.fromEntries(aliasBlocks) as object,
  };
  return withoutEmpty({ locals: { list: listValue(list) }, resource: withoutEmpty(resource), ...blocks });
}

function listValue({ by, phones }: Fleet['list']): unknown {
  return by === 'count' ? phones : Object.fromEntries(phones.map((fields) => [fields.extension, fields]));
}

/** A phone of the list may lack an argument that another one has. */
function listBlock({ by, phones }: Fleet['list']): Record<string, string> {
  const element = by === 'count' ? 'local.list[count.index]' : 'each.value';
  const names = [...new Set(phones.flatMap((fields) => Object.keys(fields)))];
  return {
    ...(by === 'count' ? { count: `\${length(local.list)}` } : { for_each: `\${local.list}` }),
    ...Object.fromEntries(names.map((name) => [name, `\${try(${element}.${name}, null)}`])),
  };
}

function withoutEmpty(object: Readonly<Record<string, object>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => Object.keys(value).length > 0));
}
