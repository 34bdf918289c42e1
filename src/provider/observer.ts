/** What is known of an object on the server: whether it exists, and what it has where that can be read. */
import { PhonestateError } from '../model/failures';
import { identityKey } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import type { VicidialClient } from '../vicidial/api/client';
import type { LookupResult } from '../vicidial/api/lookup';
import type { StoredValues } from '../vicidial/reader';
import type { AnyReader } from './reader-choice';

export interface Observation {
  readonly found: LookupResult;
  /** Undefined where it was not read. */
  readonly stored?: StoredValues;
  /** The fields of which it is known only that they could not be read. */
  readonly unreadable?: readonly string[];
}

interface ObserverParts {
  readonly reader: AnyReader | undefined;
  readonly client: () => Promise<VicidialClient>;
  /** Whether the settings suffice for calls of the API: a plan with the database needs no password. */
  readonly canCall: boolean;
  /** Checks that database and API belong to one system, before the API is believed. */
  readonly checkSystem: () => Promise<void>;
  /** What the API showed already in this plan; undefined once objects are written. */
  readonly lookups: Lookups | undefined;
}

/** The lookups of a plan: a refresh and a planned delete ask for the same object. */
export class Lookups {
  readonly #byObject = new Map<string, Promise<LookupResult>>();

  /** A failure is not remembered: the next one asks again, and says for its own object what failed. */
  once({ type, id }: ObjectRef, look: () => Promise<LookupResult>): Promise<LookupResult> {
    const key = `${type.resourceType} ${identityKey(id)}`;
    const known = this.#byObject.get(key);
    if (known) return known;
    const looking = look();
    this.#byObject.set(key, looking);
    looking.catch(() => this.#byObject.delete(key));
    return looking;
  }
}

/**
 * Observes an object. What a reader does not show is looked up by the API: on the admin pages it may be hidden, and a
 * replica of the database may lag.
 *
 * @param options `fresh`: it is read as it is stored now, not as the run read it before
 * @throws PhonestateError where it is not known whether the object exists
 */
export async function observe(
  { lookups, ...all }: ObserverParts,
  object: ObjectRef,
  { fresh } = { fresh: false },
): Promise<Observation> {
  const parts = { ...all, lookups: fresh ? undefined : lookups };
  const { reader, canCall } = parts;
  if (!reader) return lookUpByApi(parts, object);
  // Once objects are written, pages that were read before may show them as they were.
  const asksAgain = fresh || (reader.source === 'admin' && lookups === undefined);
  const reading = await (asksAgain ? reader.readAgain(object) : reader.read(object));
  if (reading.status === 'found') {
    return { found: 'found', stored: reading.values, unreadable: reading.unreadable ?? [] };
  }
  if (reading.status === 'hidden') return { found: 'hidden' };
  if (reader.source === 'admin') return lookUpByApi(parts, object);
  if (canCall) return confirm(parts, reader, object);
  if ((await reader.replica()) === 'primary') return { found: 'not-found' };
  const what = `The database does not have the ${object.type.noun} ${object.id}, and there is no password to ask the API with.`;
  throw PhonestateError.of('database-may-lag', { what });
}

/** What a replica lacked at first may have arrived. */
async function confirm(parts: ObserverParts, reader: AnyReader, object: ObjectRef): Promise<Observation> {
  const { found } = await lookUpByApi(parts, object);
  const reading = found === 'found' ? await reader.readAgain(object) : undefined;
  return reading?.status === 'found' ? { found, stored: reading.values } : { found };
}

async function lookUpByApi({ client, checkSystem, lookups }: ObserverParts, object: ObjectRef): Promise<Observation> {
  const look = async () => {
    await checkSystem();
    const [api, { lookUp }] = await Promise.all([client(), import('../vicidial/api/lookup')]);
    return lookUp(api, object);
  };
  return { found: await (lookups ? lookups.once(object, look) : look()) };
}
