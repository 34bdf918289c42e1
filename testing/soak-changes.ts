/** The random changes of a soak test that the provider must accept. */
import {
  addressOf,
  dropFromAliases,
  fresh,
  idOf,
  newPhone,
  phonesByAddress,
  rename,
  servers,
  type Blocks,
  type Fleet,
  type PhoneFields,
} from './soak-fleet';

const maxPhones = 55;
const maxAddedPhones = 20;
const maxListed = 6;
const maxAliases = 5;

/** What has to be done with a changed fleet besides planning it. */
export interface Change {
  readonly blocks: Required<Blocks>;
  /** Addresses to take out of state, and to taint, before the plan. */
  readonly forgotten: readonly string[];
  readonly tainted: readonly string[];
  /** Addresses for `-replace`. */
  readonly replaced: readonly string[];
}

/** A round's changes while they are made. */
interface Changing {
  readonly fleet: Fleet;
  readonly random: () => number;
  /** Extensions and logins of phones before the change or since. A plan that gives one to another phone is refused. */
  readonly used: Set<string>;
  /** The id in state by phone. */
  readonly ids: ReadonlyMap<PhoneFields, string>;
  /** The address in state by phone. */
  readonly addresses: ReadonlyMap<PhoneFields, string>;
  /** The phones that state protects. */
  readonly protectedPhones: ReadonlySet<PhoneFields>;
}

/**
 * Adds, changes, removes, renames, taints, replaces and imports some phones, and makes the aliases anew.
 *
 * @param random numbers from 0 to 1
 */
export function changeFleet(fleet: Fleet, random: () => number): Change {
  const before = [...phonesByAddress(fleet)];
  const phones = before.map(([, fields]) => fields);
  const changing: Changing = {
    fleet,
    random,
    used: new Set(phones.flatMap(({ extension, phone_login }) => [String(extension), String(phone_login)])),
    ids: new Map(phones.map((fields) => [fields, idOf(fields)])),
    addresses: new Map(before.map(([address, fields]) => [fields, address])),
    protectedPhones: new Set(phones.filter(({ deletion_protection: isProtected }) => isProtected === true)),
  };
  removePhones(changing);
  for (const fields of phonesByAddress(fleet).values()) changeFields(changing, fields);
  const imported = importPhones(changing);
  renamePhones(changing, imported.blocks);
  addPhones(changing);
  remakeAliases(changing);
  return { ...imported, ...replacePhones(changing, imported.blocks), ...withMoves(changing, imported.blocks) };
}

function removePhones({ fleet, random, protectedPhones }: Changing): void {
  const isRemoved = (fields: PhoneFields) => !protectedPhones.has(fields) && random() < 0.15;
  for (const [name, fields] of fleet.phones) if (isRemoved(fields)) fleet.phones.delete(name);
  const { by, phones } = fleet.list;
  // Of a list with count, only the last can go: the others would get each other's keys.
  for (let index = phones.length - 1; index >= 0; index -= 1) {
    const fields = phones[index];
    if (fields && isRemoved(fields)) phones.splice(index, 1);
    else if (by === 'count') break;
  }
}

function changeFields({ fleet, random, used, protectedPhones }: Changing, fields: PhoneFields): void {
  const pick = (count: number) => Math.floor(random() * count);
  if (random() < 0.3) fields.outbound_cid = `72755${10_000 + pick(90_000)}`;
  if (random() < 0.1) fields.phone_ring_timeout = 2 + pick(178);
  if (random() < 0.1) fields.email = random() < 0.5 ? '' : `desk${pick(1000)}@example.com`;
  if (random() < 0.05) fields.phone_login = fresh(fleet, 'login');
  const isListed = fleet.list.phones.includes(fields);
  // The list shifts often, and then each of its phones must be free to go.
  if (!isListed && random() < 0.05) fields.deletion_protection = fields.deletion_protection !== true;
  if (protectedPhones.has(fields)) return;
  if (random() < 0.05) fields.server_ip = servers[pick(servers.length)] ?? servers[0];
  // The extension is the key of the list with for_each, where another one is another address.
  if (!isListed && random() < 0.03) fields.extension = newExtension(used, random);
}

/** Imports some phones: at their addresses, which are taken out of state, or at new ones, with a `removed` block. */
function importPhones({ fleet, random, ids }: Changing) {
  const forgotten: string[] = [];
  const blocks = { moved: [], import: [] as { to: string; id: string }[], removed: [] as RemovedBlock[] };
  for (const [name, fields] of [...fleet.phones]) {
    const id = ids.get(fields) ?? '';
    const from = addressOf(name);
    const chance = random();
    if (chance < 0.03) {
      forgotten.push(from);
      blocks.import.push({ to: from, id });
    } else if (chance < 0.06) {
      const to = fresh(fleet, 'imported');
      rename(fleet, name, to);
      blocks.removed.push({ from, lifecycle: { destroy: false } });
      blocks.import.push({ to: addressOf(to), id });
    }
  }
  return { forgotten, blocks };
}

type RemovedBlock = NonNullable<Blocks['removed']>[number];

function renamePhones({ fleet, random }: Changing, { import: imports }: Required<Blocks>): void {
  for (const name of [...fleet.phones.keys()]) {
    const isImported = imports.some(({ to }) => to === addressOf(name));
    if (!isImported && random() < 0.06) rename(fleet, name, fresh(fleet, 'renamed'));
  }
  if (random() < 0.2) fleet.list.by = fleet.list.by === 'count' ? 'for_each' : 'count';
}

function addPhones({ fleet, random, used }: Changing): void {
  const pick = (count: number) => Math.floor(random() * count);
  for (let added = pick(maxAddedPhones); added > 0 && fleet.phones.size < maxPhones; added -= 1) {
    const phone = newPhone(newExtension(used, random), random);
    fleet.phones.set(fresh(fleet, 'phone'), phone);
  }
  for (let added = pick(4); added > 0 && fleet.list.phones.length < maxListed; added -= 1)
    fleet.list.phones.push(newPhone(newExtension(used, random), random));
}

function remakeAliases({ fleet, random }: Changing): void {
  // An alias cannot list a phone that is gone.
  fleet.aliases.clear();
  const phones = [...phonesByAddress(fleet).values()];
  for (let index = 0; index < Math.min(maxAliases, phones.length); index += 1)
    if (random() < 0.7) fleet.aliases.set(`team${index}`, phones.slice(index, index + 1 + Math.floor(random() * 3)));
}

/** Taints and replaces some phones that keep their keys: tainted and re-keyed with the login kept is refused. */
function replacePhones(changing: Changing, { import: imports }: Required<Blocks>) {
  const { fleet, random, ids, addresses, protectedPhones } = changing;
  const tainted: string[] = [];
  const replaced: string[] = [];
  for (const [to, fields] of phonesByAddress(fleet)) {
    const isEligible = ids.get(fields) === idOf(fields) && !protectedPhones.has(fields);
    if (!isEligible || imports.some((each) => each.to === to)) continue;
    const chance = random();
    if (chance < 0.04) tainted.push(addresses.get(fields) ?? '');
    else if (chance < 0.08) replaced.push(to);
  }
  return { tainted, replaced };
}

/** Moves every phone whose address is another one now, unless it is imported there. */
function withMoves({ fleet, addresses }: Changing, blocks: Required<Blocks>) {
  return { blocks: { ...blocks, moved: movesBetween(addresses, fleet, blocks.import) } };
}

/** The `moved` blocks that lead from former addresses to those of a fleet. */
export function movesBetween(
  former: ReadonlyMap<PhoneFields, string>,
  fleet: Fleet,
  imports: Blocks['import'] = [],
): { from: string; to: string }[] {
  return [...phonesByAddress(fleet)].flatMap(([to, fields]) => {
    const from = former.get(fields);
    return from === undefined || from === to || imports.some((each) => each.to === to) ? [] : [{ from, to }];
  });
}

/** An extension that no phone has or had in this round. Some come back in a later one. */
export function newExtension(used: Set<string>, random: () => number): string {
  for (;;) {
    const extension = String(50_000 + Math.floor(random() * 1_000));
    if (used.has(extension)) continue;
    used.add(extension);
    return extension;
  }
}

/** Removes a phone with a resource of its own. */
export function removePhone(fleet: Fleet, name: string): void {
  const fields = fleet.phones.get(name);
  fleet.phones.delete(name);
  if (fields) dropFromAliases(fleet, fields);
}
