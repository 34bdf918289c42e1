/**
 * Executes operations: SUCCESS is verified where it can be, and a lost reply is resolved by a lookup before anything is
 * sent again.
 */
import type { Change } from '../../model/diff';
import { hasCondition, isOutcomeUnknown, isTransient, PhonestateError } from '../../model/failures';
import type { ObjectRef, Operation } from '../../model/operation';
import { alreadyExistsRemedy } from './api-result';
import { checkLogin } from './availability';
import type { VicidialClient } from './client';
import { lookUp, type LookupResult } from './lookup';

/** Before the second lookup of a verification; doubled for each further one. */
const firstPauseMs = 100;

/** How a create or delete that was answered with SUCCESS is verified. */
export interface Verification {
  /** Finds out whether an object exists. Default: the lookup by the API. */
  readonly look?: ((object: ObjectRef) => Promise<LookupResult>) | undefined;
  /** How long it may take until the object, or its absence, is visible. Default: the setting. */
  readonly timeoutSeconds?: number;
}

/** What is known of the object after an operation that was carried out. */
export interface Executed {
  /** The phone is stored in a user group that the API user may not view: from now on it is hidden. */
  readonly hidden: boolean;
}

/** What a lookup may return once an operation is carried out. A new phone may be hidden from the user who created it. */
function isExpected({ action }: Operation, found: LookupResult): boolean {
  return (found === 'not-found') === (action === 'delete');
}

/**
 * Executes an operation.
 *
 * An update is sent again while its reply is lost: twice the same update is one. A create or delete is not: where its
 * outcome is unknown a lookup shows whether it was carried out, and it is sent once more only if it was not.
 *
 * @throws PhonestateError for everything but the success of this very operation
 */
export async function execute(
  client: VicidialClient,
  operation: Operation,
  verification: Verification = {},
): Promise<Executed> {
  if (operation.action === 'update') return executeUpdate(client, operation);
  const done = await sendOnce(client, operation);
  if (done) return done;
  return client.verifyWrites ? verify(client, operation, verification) : { hidden: false };
}

/** Sends a create or delete; returns what is known where a lookup has shown already that it was carried out. */
async function sendOnce(client: VicidialClient, operation: Operation): Promise<Executed | undefined> {
  try {
    await send(client, operation);
    return undefined;
  } catch (error) {
    if (!isOutcomeUnknown(error) && !isTransient(error)) throw error;
    const found = await lookUp(client, operation.object);
    if (isExpected(operation, found)) return requireOwn(client, operation, found, error);
    // A reply that arrived whole, and is wrong, would arrive again.
    if (!isTransient(error)) throw error;
    return sendAgain(client, operation, error);
  }
}

/** Sends a create or delete a second time. A node that lags may not have shown that the first one was carried out. */
async function sendAgain(
  client: VicidialClient,
  operation: Operation,
  first: PhonestateError,
): Promise<Executed | undefined> {
  try {
    await send(client, operation);
    return undefined;
  } catch (error) {
    const condition = operation.action === 'create' ? 'already-exists' : 'not-found';
    if (!isOutcomeUnknown(first) || !hasCondition(error, condition)) throw error;
    return requireOwn(client, operation, operation.action === 'create' ? 'found' : 'not-found', first);
  }
}

async function requireOwn(
  client: VicidialClient,
  operation: Operation,
  found: LookupResult,
  error: PhonestateError,
): Promise<Executed> {
  if (operation.action === 'create' && !(await mayBeOwn(client, operation, found, error))) {
    throw alreadyExists(operation);
  }
  return { hidden: found === 'hidden' };
}

/**
 * Whether an object that exists after a create without a reply may be the one that was sent. It may also have existed
 * before, and the lost reply was "already exists": then the phone has another login. Nothing more can be compared.
 *
 * @param error why there is no reply
 */
async function mayBeOwn(
  client: VicidialClient,
  { object, parameters }: Operation,
  found: LookupResult,
  error: PhonestateError,
): Promise<boolean> {
  if (!isOutcomeUnknown(error)) return false;
  const { phone_login: login } = parameters;
  if (typeof login !== 'string') return true;
  // The login of a hidden phone cannot be distinguished from that of another one.
  const owner = found === 'hidden' ? undefined : object;
  const use = await checkLogin(client, object, login, owner).catch(undefinedForFailure);
  return use !== 'free' && !(owner && use === 'other');
}

function alreadyExists({ object }: Operation): PhonestateError {
  const isPhone = object.type.loginField !== undefined;
  const what = `No reply to the create arrived, and the ${object.type.noun} ${object.id} on the server is not the one that was sent.`;
  const particulars = { what, field: object.type.idFields.at(-1), remedy: alreadyExistsRemedy(object) };
  return PhonestateError.of(isPhone ? 'phone-exists' : 'alias-exists', particulars);
}

/** An update of the user group may hide the phone. */
async function executeUpdate(client: VicidialClient, operation: Operation): Promise<Executed> {
  await send(client, operation);
  if (!client.verifyWrites || !('admin_user_group' in operation.parameters)) return { hidden: false };
  const found = await lookUp(client, operation.object).catch(undefinedForFailure);
  return { hidden: found === 'hidden' };
}

/** Executes the operations of a change in their order. A replacement is two changes in Terraform, and is not accepted. */
export async function executeAll(
  client: VicidialClient,
  change: Change,
  verification: Verification = {},
): Promise<void> {
  if (change.action === 'replace') throw new TypeError('a replacement is a delete and a create');
  if (change.action === 'none') return;
  for (const operation of change.operations) await execute(client, operation, verification);
}

/**
 * Looks up whether an operation that was answered with SUCCESS was carried out. A system with several databases may show it
 * late, so the lookup is repeated with growing pauses. A lookup that fails, because the run was interrupted or the server
 * became unreachable, does not contradict SUCCESS: to lose a created object would be worse.
 */
async function verify(
  client: VicidialClient,
  operation: Operation,
  { look = (object) => lookUp(client, object), timeoutSeconds = client.settings.write_timeout_seconds }: Verification,
): Promise<Executed> {
  const { object, function: name, action } = operation;
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    const found = await look(object).catch(undefinedForFailure);
    if (found === undefined || isExpected(operation, found)) return { hidden: found === 'hidden' };
    if (Date.now() + pauseMs > deadline) break;
    if (!(await client.session.pause(pauseMs))) return { hidden: false };
  }
  const state = action === 'create' ? 'does not exist' : 'still exists';
  const what = `VICIdial answered SUCCESS to ${name}, but the ${object.type.noun} ${object.id} ${state} ${timeoutSeconds} seconds later.`;
  throw PhonestateError.of('write-not-applied', { what });
}

function undefinedForFailure(error: unknown): undefined {
  if (error instanceof PhonestateError) return undefined;
  throw error;
}

async function send(client: VicidialClient, operation: Operation): Promise<void> {
  client.refusedReferences.check(operation);
  const result = await client.send(operation, { retry: operation.action === 'update' });
  client.refusedReferences.note(operation, result);
  if (result.code !== undefined) throw result.toError();
}

/**
 * Whether the second call of a create failed because the phone is hidden from the user who created it. Nothing is thrown
 * where the lookup fails: the phone exists, and must not be lost from the state.
 */
export async function isHidden(client: VicidialClient, operation: Operation, error: unknown): Promise<boolean> {
  if (!hasCondition(error, 'not-found')) return false;
  return (await lookUp(client, operation.object).catch(undefinedForFailure)) === 'hidden';
}
