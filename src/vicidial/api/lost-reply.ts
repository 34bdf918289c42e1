/** Sends a create or delete. Where its reply is lost or says nothing, a lookup shows whether it was carried out. */
import type { Condition } from '../../model/failure-catalogue';
import { hasCondition, isOutcomeUnknown, PhonestateError, properties } from '../../model/failures';
import type { Operation } from '../../model/operation';
import { alreadyExistsRemedy } from './api-result';
import { checkLogin } from './availability';
import type { VicidialClient } from './client';
import { lookUp, type LookupResult } from './lookup';
import { undefinedForFailure, untilVisible } from './visibility';

/** What is known of the object after an operation that was carried out. */
export interface Executed {
  /** The phone is stored in a user group that the API user may not view: from now on it is hidden. */
  readonly hidden: boolean;
}

/** What a lookup may return once an operation is carried out. A new phone may be hidden from the user who created it. */
export function isExpected({ action }: Operation, found: LookupResult): boolean {
  return (found === 'not-found') === (action === 'delete');
}

/** @throws PhonestateError for every reply but the confirmation of this operation */
export async function send(client: VicidialClient, operation: Operation): Promise<void> {
  client.refusedReferences.check(operation);
  const result = await client.send(operation, { retry: operation.action === 'update' });
  client.refusedReferences.note(operation, result);
  if (result.code !== undefined) throw result.toError();
}

/** How often a create or delete is sent, where a lookup shows that it was not carried out. */
const maxSends = 2;

/**
 * Sends a create or delete; returns what is known where a lookup has shown already that it was carried out. Between
 * sending it and looking, nothing is thrown but what is certain: that the server refused it.
 */
export async function sendOnce(client: VicidialClient, operation: Operation): Promise<Executed | undefined> {
  /** Why it is not known whether the last attempt, or one before, was carried out. */
  let lost: PhonestateError | undefined;
  for (let sends = 1; ; sends += 1) {
    const error = await send(client, operation).then(
      () => undefined,
      (thrown: unknown) => asFailure(client, thrown),
    );
    if (error === undefined) return undefined;
    // A node that lags may not have shown that an earlier attempt was carried out.
    if (lost && hasCondition(error, doneCondition(operation))) {
      return operation.action === 'create' ? requireOwnAfterAll(client, operation, lost) : { hidden: false };
    }
    const { transient = false } = properties(error.failure);
    if (isOutcomeUnknown(error)) lost = error;
    if (!lost && !transient) throw error;
    const found = await lookUpAfter(client, operation, error, lost);
    if (isExpected(operation, found)) return requireOwn(client, operation, found, lost ?? error);
    // A reply that arrived whole, and is wrong, would arrive again.
    if (!transient || sends === maxSends) throw notVisible(operation, error);
  }
}

/** What the server answers to an operation that was carried out before. */
function doneCondition({ action }: Operation): Condition {
  return action === 'create' ? 'already-exists' : 'not-found';
}

/** Whatever is wrong with a reply, the call may have been carried out. */
function asFailure({ origin }: VicidialClient, thrown: unknown): PhonestateError {
  if (thrown instanceof PhonestateError) return thrown;
  const what = `The response of ${origin} could not be processed: ${String(thrown)}.`;
  return PhonestateError.of('unexpected-response', { what }, thrown);
}

/**
 * Looks whether an operation was carried out.
 *
 * @throws PhonestateError where that cannot be found out: why there was no reply, and why there was no lookup
 */
async function lookUpAfter(
  client: VicidialClient,
  { object, action }: Operation,
  error: PhonestateError,
  lost: PhonestateError | undefined,
): Promise<LookupResult> {
  try {
    return await lookUp(client, object);
  } catch (thrown) {
    if (!lost) throw error;
    const reason = asFailure(client, thrown).failure.what;
    const what = `${lost.failure.what} Whether the ${object.type.noun} ${object.id} was ${action}d is not known, because the lookup failed too. ${reason}`;
    throw PhonestateError.of(lost.failure.code, { what, field: lost.failure.field }, lost);
  }
}

/** The failure of an operation that a lookup does not show: a node that lags may show it later. */
function notVisible({ object, action }: Operation, error: PhonestateError): PhonestateError {
  const { code, what, field } = error.failure;
  if (!isOutcomeUnknown(error)) return error;
  const state = action === 'create' ? 'does not exist' : 'still exists';
  const shown = `${what} A lookup after it showed that the ${object.type.noun} ${object.id} ${state}.`;
  return PhonestateError.of(code, { what: shown, field }, error);
}

async function requireOwn(
  client: VicidialClient,
  operation: Operation,
  found: LookupResult,
  error: PhonestateError,
): Promise<Executed> {
  if (operation.action === 'create' && (await ownership(client, operation, found, error)) !== 'own') {
    throw alreadyExists(client, operation);
  }
  return { hidden: found === 'hidden' };
}

/** The object exists that a lookup did not show a moment before: its login too may not be visible yet. */
async function requireOwnAfterAll(
  client: VicidialClient,
  operation: Operation,
  lost: PhonestateError,
): Promise<Executed> {
  const owner = await ownership(client, operation, 'found', lost);
  if (owner === 'own') return { hidden: false };
  if (owner === 'other') throw alreadyExists(client, operation);
  const { type, id } = operation.object;
  const what = `${lost.failure.what} The ${type.noun} ${id} exists on ${client.origin} now, without the login that was sent.`;
  throw PhonestateError.of(lost.failure.code, { what, field: lost.failure.field }, lost);
}

/**
 * Whether an object that exists after a create without a reply may be the one that was sent. It may also have existed
 * before, and the lost reply was "already exists": then the phone has another login. Nothing more can be compared.
 *
 * @param error why there is no reply
 * @returns `unknown` where no phone is seen with the login
 */
async function ownership(
  client: VicidialClient,
  { object, parameters }: Operation,
  found: LookupResult,
  error: PhonestateError,
): Promise<'own' | 'other' | 'unknown'> {
  if (!isOutcomeUnknown(error)) return 'other';
  const { phone_login: login } = parameters;
  if (typeof login !== 'string') return 'own';
  // The login of a hidden phone cannot be distinguished from that of another one.
  const owner = found === 'hidden' ? undefined : object;
  const use = await untilVisible(
    client,
    () => checkLogin(client, object, login, owner).catch(undefinedForFailure),
    (each) => each !== 'free',
  );
  if (use === 'free') return 'unknown';
  return owner && use === 'other' ? 'other' : 'own';
}

function alreadyExists({ origin }: VicidialClient, { object }: Operation): PhonestateError {
  const isPhone = object.type.loginField !== undefined;
  const what = `No reply to the create arrived, and the ${object.type.noun} ${object.id} on ${origin} is not the one that was sent.`;
  const particulars = { what, field: object.type.idFields.at(-1), remedy: alreadyExistsRemedy(object) };
  return PhonestateError.of(isPhone ? 'phone-exists' : 'alias-exists', particulars);
}
