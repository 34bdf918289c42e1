/**
 * The identities of one walk: what the calls of the engine show about keys and phone logins, reported to the ledger in
 * its terms. The ledger decides; `verdict-failures.ts` has the words.
 */
import { randomUUID } from 'node:crypto';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { identityKey, objectId, objectRef, splitObjectId } from '../model/identity';
import type { ObjectRef } from '../model/operation';
import { KeyQueue } from './key-queue';
import type { ObjectType as LedgerType } from './ledger/claims';
import type { Desired, Planned, PlannedCreate, Stored, Verdict } from './ledger/events';
import { Ledger } from './ledger/ledger';
import { objectKey } from './ledger/object-key';
import { WrittenKeys } from './ledger/written-keys';
import { isKeyKnown, type DecodedObject, type OwnValues } from './resource-values';

export class Identities {
  readonly #ledger = new Ledger(randomUUID());
  readonly #written = new WrittenKeys();
  readonly #writes = new KeyQueue();
  readonly #logins = new KeyQueue();
  /** What objects in state have besides their fields, by type and key: a tainted object is planned without it. */
  readonly #own = new Map<string, OwnValues>();
  /** Phone logins of objects in state, the last ones first: the canary needs one that exists. */
  readonly #knownLogins: string[] = [];
  /** The phone login that the state has, by type and key. */
  readonly #loginOf = new Map<string, string | undefined>();

  priorState(type: ObjectType, values: FieldValues, own: OwnValues): Verdict[] {
    const stored = storedObject(type, values);
    const at = objectKey(stored.type, stored.key);
    this.#own.set(at, own);
    this.#loginOf.set(at, stored.login);
    this.#knownLogins.push(...existingLogins(type, values));
    return this.#ledger.priorState(stored);
  }

  /** @param values as they were read, where that is possible: a login may have changed on the server */
  found(type: ObjectType, values: FieldValues): Verdict[] {
    const stored = storedObject(type, values);
    this.#loginOf.set(objectKey(stored.type, stored.key), stored.login);
    return this.#ledger.found(stored);
  }

  imported(type: ObjectType, values: FieldValues, own: OwnValues): Verdict[] {
    const stored = storedObject(type, values);
    // An object in state with the same key says more. The two are in conflict, or the other one is forgotten.
    const at = objectKey(stored.type, stored.key);
    if (!this.#own.has(at)) this.#own.set(at, own);
    return this.#ledger.imported(stored);
  }

  planCreate(type: ObjectType, desired: DecodedObject, marker: string, adoptExisting: boolean): PlannedCreate {
    const priorMarker = marker === '' ? undefined : marker;
    return this.#ledger.planCreate(ledgerType(type), desiredObject(type, desired), priorMarker, adoptExisting);
  }

  planAdoption(marker: string): Verdict[] {
    return this.#ledger.planAdoption(marker);
  }

  /** @param now the values of the object on the server, whose key is another one where its server has moved */
  planUpdate(type: ObjectType, prior: FieldValues, desired: DecodedObject, now = prior): Planned {
    const { login, logins } = desiredObject(type, desired);
    const stored = storedObject(type, prior);
    return this.#ledger.planUpdate(stored, { login, ...(logins ? { logins } : {}) }, objectId(type, now));
  }

  planReplace(type: ObjectType, prior: FieldValues, desired: DecodedObject): Planned {
    return this.#ledger.planReplace(storedObject(type, prior), desiredObject(type, desired));
  }

  planDelete(type: ObjectType, prior: FieldValues): Planned {
    return this.#ledger.planDelete(storedObject(type, prior));
  }

  /** What the object with a key has in state besides its fields; undefined where the state has no such object. */
  ownValues(type: ObjectType, values: FieldValues): OwnValues | undefined {
    return this.#own.get(objectKey(ledgerType(type), objectId(type, values)));
  }

  /** The phone login that the state has for the object with a key. */
  storedLogin(type: ObjectType, key: FieldValues): string | undefined {
    return this.#loginOf.get(objectKey(ledgerType(type), objectId(type, key)));
  }

  /** Phone logins that probably exist, the given ones first. */
  existingLogins(type: ObjectType, values: FieldValues): readonly string[] {
    return [...new Set([...existingLogins(type, values), ...this.#knownLogins])];
  }

  /** To be called at the start of the first apply, before anything is awaited. */
  endPlanning(): void {
    this.#ledger.end();
  }

  /**
   * Creates, adopts or updates an object. It counts as written even if that fails: the outcome may stay unknown. Writes
   * of one key, and of one phone login, do not overlap: of calls that race for a login the server may accept several
   * (vicidial-api.md, section 1).
   */
  write<T>(type: ObjectType, values: FieldValues, work: () => Promise<T>): Promise<T> {
    const key = objectId(type, values);
    const login = phoneLogin(type, values);
    const inTurn = login === undefined ? work : () => this.#logins.run(identityKey(login), work);
    return this.#writes.run(objectKey(ledgerType(type), key), () => {
      this.#written.add(ledgerType(type), key);
      return inTurn();
    });
  }

  /**
   * Deletes an object.
   *
   * @param work gets to know whether this process has created, adopted or updated the object
   */
  delete<T>(type: ObjectType, values: FieldValues, work: (isWritten: boolean) => Promise<T>): Promise<T> {
    const key = objectId(type, values);
    return this.#writes.run(objectKey(ledgerType(type), key), () => work(this.#written.has(ledgerType(type), key)));
  }
}

/** The object that owns a login by the ledger's question. */
export function questionedObject(type: ObjectType, key: string): ObjectRef {
  return objectRef(type, splitObjectId(type, key));
}

function ledgerType({ loginField }: ObjectType): LedgerType {
  return loginField === undefined ? 'phone_alias' : 'phone';
}

function storedObject(type: ObjectType, values: FieldValues): Stored {
  return { type: ledgerType(type), key: objectId(type, values), login: phoneLogin(type, values) };
}

function desiredObject(type: ObjectType, desired: DecodedObject): Desired {
  const { values } = desired;
  const { phone_logins: logins } = values;
  return {
    key: isKeyKnown(type, desired) ? objectId(type, values) : undefined,
    login: phoneLogin(type, values),
    ...(Array.isArray(logins) ? { logins: logins.map(String) } : {}),
  };
}

function phoneLogin({ loginField }: ObjectType, values: FieldValues): string | undefined {
  const login = loginField === undefined ? undefined : values[loginField];
  return typeof login === 'string' && login !== '' ? login : undefined;
}

function existingLogins(type: ObjectType, values: FieldValues): string[] {
  const { phone_logins: logins } = values;
  const login = phoneLogin(type, values);
  return [...(login === undefined ? [] : [login]), ...(Array.isArray(logins) ? logins.map(String) : [])];
}
