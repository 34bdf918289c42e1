/**
 * Executes operations: SUCCESS is verified where it can be, and a lost reply is resolved by a lookup before anything is
 * sent again.
 */
import type { Change } from '../../model/diff';
import { hasCondition, PhonestateError } from '../../model/failures';
import type { Operation } from '../../model/operation';
import type { VicidialClient } from './client';
import { isExpected, send, sendOnce, type Executed } from './lost-reply';
import { lookUp, lookUpDeleted, type LookupResult } from './lookup';
import { undefinedForFailure, untilVisible } from './visibility';

export type { Executed } from './lost-reply';

/** How a create or delete that was answered with SUCCESS is verified. */
export interface Verification {
  /** Reads whether the object exists; undefined where that is no proof. The API is then asked. */
  readonly read?: () => Promise<LookupResult | undefined>;
  /** How long it may take until the object, or its absence, is visible. Default: the setting. */
  readonly timeoutSeconds?: number;
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
  { read, timeoutSeconds = client.settings.write_timeout_seconds }: Verification,
): Promise<Executed> {
  const { object, function: name, action } = operation;
  const found = await untilVisible(
    client,
    () => lookAfter(client, operation, read).catch((error: unknown) => unverified(client, operation, error)),
    (each) => each === undefined || isExpected(operation, each),
    timeoutSeconds,
  );
  if (found === undefined || isExpected(operation, found)) return { hidden: found === 'hidden' };
  // Where the run was interrupted, it was not looked up for long enough.
  if (client.session.isStopped) return { hidden: false };
  const state = action === 'create' ? 'does not exist' : 'still exists';
  const what = `${client.origin} answered SUCCESS to ${name}, but the ${object.type.noun} ${object.id} ${state} ${timeoutSeconds} seconds later.`;
  throw PhonestateError.of('write-not-applied', { what });
}

async function lookAfter(
  client: VicidialClient,
  { object, action }: Operation,
  read: Verification['read'],
): Promise<LookupResult> {
  // A delete that was answered with SUCCESS was of an object that the API user may view.
  return (await read?.()) ?? (action === 'delete' ? lookUpDeleted(client, object) : lookUp(client, object));
}

/**
 * Whether the second call of a create failed because the phone is hidden from the user who created it. Nothing is thrown
 * where the lookup fails: the phone exists, and must not be lost from the state.
 */
export async function isHidden(client: VicidialClient, operation: Operation, error: unknown): Promise<boolean> {
  if (!hasCondition(error, 'not-found')) return false;
  return (await lookUp(client, operation.object).catch(undefinedForFailure)) === 'hidden';
}

/** Whatever fails after SUCCESS, the object may be there. What is no failure of the server is in the log. */
function unverified({ session }: VicidialClient, { function: name }: Operation, error: unknown): undefined {
  session.log.warn(`${name} could not be verified`, { reason: String(error) });
}
