/** The changes of a soak test that the provider must refuse, and what makes some of them acceptable. */
import type { FailureCode } from '../src/model/failures';
import { movesBetween, removePhone } from './soak-changes';
import { addressOf, dropFromAliases, fresh, idOf, newPhone, rename, type Blocks, type Fleet } from './soak-fleet';
import { addPhone, addresses, pickNames, pickPhones, unusedExtension, type Attempting } from './soak-picks';

/** Phones that exist on the server and are declared nowhere. No run may change them. */
export const unmanagedPhones = ['40001', '40002'] as const;

export interface Attempt {
  readonly name: string;
  /** One of these ends the run. */
  readonly codes: readonly FailureCode[];
  /**
   * Makes a fleet one that must be refused.
   *
   * @returns undefined where it has no phones for this
   */
  readonly prepare: (changing: Attempting) => Prepared | undefined;
}

export interface Prepared {
  /** Done to the state before. */
  readonly forgotten?: readonly string[];
  readonly tainted?: readonly string[];
  /** With these the changed fleet is refused. */
  readonly blocks?: Blocks;
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** With these, and without the environment above, a fleet is accepted. Missing where it is to stay as it was. */
  readonly accepted?: {
    /** Default: the changed one. */
    readonly fleet?: Fleet;
    readonly blocks?: Blocks;
    readonly flags?: readonly string[];
  };
}

const adopting = { VICIDIAL_ADOPT_EXISTING: 'true' };
const denying = { VICIDIAL_DELETE_PERMISSION_CHECK: 'deny' };

export const attempts: readonly Attempt[] = [
  { name: 'rename without moved', codes: ['phone-exists'], prepare: renameWithoutMoved },
  { name: 'shift of count, or count and for_each exchanged', codes: ['phone-exists'], prepare: shiftList },
  { name: 'keys swapped', codes: ['phone-exists'], prepare: (changing) => swap(changing, ['server_ip', 'extension']) },
  { name: 'logins swapped', codes: ['login-taken'], prepare: (changing) => swap(changing, ['phone_login']) },
  {
    name: 'login of a removed phone',
    codes: ['login-taken'],
    prepare: (changing) => takeOfRemoved(changing, ['phone_login']),
  },
  { name: 'login of a changed phone', codes: ['login-taken'], prepare: takeLoginOfChanged },
  {
    name: 'key of a removed phone',
    codes: ['phone-exists'],
    prepare: (changing) => takeOfRemoved(changing, ['server_ip', 'extension']),
  },
  { name: 'one key twice', codes: ['duplicate-in-plan'], prepare: declareTwice },
  { name: 'phone of the server', codes: ['phone-exists'], prepare: declareUnmanaged },
  { name: 'login of a phone of the server', codes: ['login-taken'], prepare: takeUnmanagedLogin },
  { name: 'import of a phone in state', codes: ['stored-twice'], prepare: importStored },
  { name: 'two imports', codes: ['stored-twice'], prepare: importTwice },
  { name: 'taint with adopt_existing', codes: ['phone-exists'], prepare: taintWithAdoption },
  { name: '-replace with adopt_existing', codes: ['phone-exists'], prepare: replaceWithAdoption },
  { name: 'deletion denied', codes: ['delete-denied'], prepare: deleteDenied },
  { name: 'deletion protected', codes: ['deletion-protected'], prepare: deleteProtected },
];

function renameWithoutMoved({ fleet, random }: Attempting): Prepared | undefined {
  const names = pickNames({ fleet, random }, 1 + Math.floor(random() * 5));
  const former = addresses(fleet);
  for (const name of names) rename(fleet, name, fresh(fleet, 'renamed'));
  return names.length === 0 ? undefined : { accepted: { blocks: { moved: movesBetween(former, fleet) } } };
}

/**
 * With `count`, drops the first element: accepted as a list with for_each. With for_each, replaces it by count: accepted
 * with `moved`.
 */
function shiftList({ fleet }: Attempting): Prepared | undefined {
  const { list } = fleet;
  const [first, second] = list.phones;
  if (!first || !second) return undefined;
  const former = addresses(fleet);
  if (list.by === 'for_each') {
    list.by = 'count';
    return { accepted: { blocks: { moved: movesBetween(former, fleet) } } };
  }
  list.phones.shift();
  dropFromAliases(fleet, first);
  list.by = 'for_each';
  const accepted = { fleet: structuredClone(fleet), blocks: { moved: movesBetween(former, fleet) } };
  list.by = 'count';
  return { accepted };
}

function swap(changing: Attempting, names: readonly string[]): Prepared | undefined {
  const [one, other] = pickPhones(changing, 2);
  if (!one || !other) return undefined;
  const before = { ...one };
  for (const name of names) {
    one[name] = other[name] ?? '';
    other[name] = before[name] ?? '';
  }
  return {};
}

/** Gives a login or a key to a new phone, or to one that exists. */
function takeOfRemoved(changing: Attempting, names: readonly string[]): Prepared | undefined {
  const { fleet, random } = changing;
  const [name, other] = pickNames(changing, 2);
  const removed = name === undefined ? undefined : fleet.phones.get(name);
  if (name === undefined || other === undefined || !removed) return undefined;
  const taker = random() < 0.5 ? fleet.phones.get(other) : addPhone(changing);
  removePhone(fleet, name);
  for (const field of names) if (taker) taker[field] = removed[field] ?? '';
  return {};
}

function takeLoginOfChanged(changing: Attempting): Prepared | undefined {
  const { fleet, random } = changing;
  const [one, other] = pickPhones(changing, 2);
  if (!one || !other) return undefined;
  const taker = random() < 0.5 ? other : addPhone(changing);
  taker.phone_login = one.phone_login ?? '';
  one.phone_login = fresh(fleet, 'login');
  return {};
}

function declareTwice(changing: Attempting): Prepared {
  const [one, other] = [addPhone(changing), addPhone(changing)];
  Object.assign(other, { server_ip: one.server_ip, extension: one.extension });
  return {};
}

function declareUnmanaged({ fleet, random }: Attempting): Prepared {
  const [extension] = unmanagedPhones;
  fleet.phones.set(fresh(fleet, 'phone'), { ...newPhone(extension, random), server_ip: '10.0.0.11' });
  return {};
}

function takeUnmanagedLogin(changing: Attempting): Prepared {
  const [login] = unmanagedPhones;
  // On the server of that phone, the API would not refuse an update.
  Object.assign(addPhone(changing), { server_ip: '10.0.0.12', phone_login: login });
  return {};
}

function importStored(changing: Attempting): Prepared | undefined {
  const { fleet } = changing;
  const [phone] = pickPhones(changing, 1);
  if (!phone) return undefined;
  const to = fresh(fleet, 'imported');
  fleet.phones.set(to, { ...phone });
  return { blocks: { import: [{ to: addressOf(to), id: idOf(phone) }] } };
}

function importTwice(changing: Attempting): Prepared | undefined {
  const { fleet } = changing;
  const [name] = pickNames(changing, 1);
  const phone = name === undefined ? undefined : fleet.phones.get(name);
  if (name === undefined || !phone) return undefined;
  const once = structuredClone(fleet);
  const second = fresh(fleet, 'imported');
  const imports = [name, second].map((each) => ({ to: addressOf(each), id: idOf(phone) }));
  fleet.phones.set(second, { ...phone });
  return {
    forgotten: [addressOf(name)],
    blocks: { import: imports },
    accepted: { fleet: once, blocks: { import: imports.slice(0, 1) } },
  };
}

function taintWithAdoption(changing: Attempting): Prepared | undefined {
  const [address] = pickNames(changing, 1).map(addressOf);
  return address === undefined ? undefined : { tainted: [address], environment: adopting, accepted: {} };
}

function replaceWithAdoption(changing: Attempting): Prepared | undefined {
  const [address] = pickNames(changing, 1).map(addressOf);
  if (address === undefined) return undefined;
  const flags = [`-replace=${address}`];
  return { flags, environment: adopting, accepted: { flags } };
}

function deleteDenied(changing: Attempting): Prepared | undefined {
  return deleteSomehow(changing, false);
}

function deleteProtected(changing: Attempting): Prepared | undefined {
  return deleteSomehow(changing, true);
}

/** Removes, re-keys or replaces a phone that is protected, or one that is not while all deletions are denied. */
function deleteSomehow({ fleet, random }: Attempting, isProtected: boolean): Prepared | undefined {
  const [name] = [...fleet.phones].flatMap(([each, { deletion_protection: own }]) =>
    (own === true) === isProtected ? [each] : [],
  );
  const phone = name === undefined ? undefined : fleet.phones.get(name);
  if (name === undefined || !phone) return undefined;
  const prepared = isProtected ? {} : { environment: denying };
  const chance = random();
  if (chance < 0.25) return { ...prepared, flags: [`-replace=${addressOf(name)}`] };
  if (chance < 0.5) phone.extension = unusedExtension(fleet, random);
  else removePhone(fleet, name);
  return prepared;
}
