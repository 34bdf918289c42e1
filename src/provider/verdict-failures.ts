/** The ledger's verdicts as failures, in the words of a user of Terraform. */
import { catalogue, deposedWayOut } from '../model/failure-catalogue';
import { failure, type Failure } from '../model/failures';
import type { ObjectType } from '../model/field-definition';
import type { ObjectRef } from '../model/operation';
import type { Verdict } from './ledger/events';
import type { Situation } from './ledger/rules';

const useMoved =
  'Use a moved block from the old address to the new one; moved also accepts instances, such as vicidial_phone.a to vicidial_phone.a["x"]. The command phonestate moves prints the blocks.';

const twoSteps = (first: string) =>
  `Work in two steps: ${first} and apply, then make the other change and apply again.`;

const shiftRemedy =
  'Objects of a count list move to another address when an element before them is removed. Use for_each with stable keys (a moved block for each object keeps it), or move the keys in two steps: first free the key and apply.';

const { remedy: storedTwiceRemedy } = catalogue['stored-twice'];

interface Sentence {
  /** What happened, about this object; the other one is named where it is known. */
  readonly what: (noun: string, identity: string) => string;
  readonly remedy?: string;
}

// prettier-ignore
const sentences: Readonly<Record<Situation, Sentence>> = {
  'planned-twice': { what: (noun, identity) => `Another resource of this plan also creates a ${noun} with, or changes one to, ${identity}.` },
  'key-of-deleted': { what: (noun, identity) => `This plan deletes the ${noun} with ${identity} under one address and creates it under another.`, remedy: `${useMoved} ${deposedWayOut}` },
  'key-shifted': { what: (noun, identity) => `Another resource of this plan takes ${identity}, which its ${noun} leaves in the same plan.`, remedy: `${shiftRemedy} ${useMoved}` },
  'keys-swapped': { what: (noun, identity) => `Two resources exchange their keys; one of them is the ${noun} with ${identity}.`, remedy: `Swap in the configuration what is declared for the two, or: ${twoSteps('give one of them a key that is free')}` },
  'key-stays': { what: (noun, identity) => `The ${noun} with ${identity} is in state under another address, which keeps it.`, remedy: 'Remove one of the two resources, or give one of them another key.' },
  'imported-twice': { what: (noun, identity) => `Two resources of this plan are the ${noun} with ${identity}, at least one of them by an import.`, remedy: `Remove the import block of one of them. ${storedTwiceRemedy}` },
  'stored-twice': { what: (noun, identity) => `Two resources in state are the ${noun} with ${identity}.` },
  'stored-twice-one-leaves': { what: (noun, identity) => `Two resources in state are the ${noun} with ${identity}, and this plan deletes or replaces one of them.` },
  'adopts-stored': { what: (noun, identity) => `The ${noun} with ${identity} is in state already, so it is not adopted under another address.`, remedy: `${useMoved} ${shiftRemedy} For a tainted resource, or after -refresh=false, run once with adopt_existing = false.` },
  'adopts-itself': { what: (noun, identity) => `The ${noun} with ${identity} is replaced by this plan, and would adopt itself before it is deleted.`, remedy: 'Run once with adopt_existing = false.' },
  'login-of-deleted': { what: (_noun, identity) => `This plan deletes the phone with ${identity} and gives the login to another phone.`, remedy: `${twoSteps('delete that phone')} ${deposedWayOut}` },
  'login-of-changed': { what: (_noun, identity) => `This plan gives the phone with ${identity} another login, and gives ${identity} to another phone.`, remedy: twoSteps('give that phone its new login') },
  'logins-swapped': { what: (_noun, identity) => `Two phones exchange their logins; one of them has ${identity}.`, remedy: twoSteps('give one of them a login that is free') },
  'login-stays': { what: (_noun, identity) => `Another phone of this configuration has ${identity} and keeps it.` },
  'key-unknown': { what: (noun) => `The new key of this ${noun} is known only after apply.` },
  'login-still-listed': { what: (_noun, identity) => `A phone alias lists ${identity}, which its phone leaves in this plan.` },
};

/** Verdicts as failures, each on the attribute that it is about. */
export function verdictFailures(type: ObjectType, verdicts: readonly Verdict[]): Failure[] {
  return verdicts.map((verdict) => verdictFailure(type, verdict));
}

function verdictFailure(type: ObjectType, { code, situation, identity = '', otherKey }: Verdict): Failure {
  const isLogin = code === 'login-taken' || code === 'login-still-listed' || situation.startsWith('login');
  const isLoginTwice = situation === 'planned-twice' && !isKey(type, identity);
  const field = isLogin || isLoginTwice ? loginField(type) : type.idFields.at(-1);
  const named = isLogin || isLoginTwice ? `the phone_login "${identity}"` : `the key ${identity}`;
  const { what, remedy } = sentences[situation];
  const other = otherKey === undefined || otherKey === identity ? '' : ` The other object is ${otherKey}.`;
  return failure(code, { what: `${what(type.noun, named)}${other}`, field, remedy });
}

/** The server has an object that is planned as a new one, and the state has it too: under another address, or tainted. */
export function existsInState(type: ObjectType, { id }: ObjectRef, { code, field }: Failure): Failure {
  const what = `The ${type.noun} ${id} is on the server, and in this state.`;
  const tainted =
    'A tainted resource cannot be planned with -refresh=false: Terraform then plans it as a new one, and does not say that it is tainted.';
  return failure(code, { what, field, remedy: `${useMoved} ${tainted} ${deposedWayOut}` });
}

function loginField({ loginField: field = 'phone_logins' }: ObjectType): string {
  return field;
}

/** A key of a phone has a slash, which no login has. */
function isKey({ idFields }: ObjectType, identity: string): boolean {
  return idFields.length === 1 || identity.includes('/');
}
