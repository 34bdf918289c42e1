/**
 * Executes operations: SUCCESS is verified where it can be, and a lost reply is resolved by a lookup before anything is
 * sent again.
 */
import type { Change } from '../../model/diff';
import { isOutcomeUnknown, isTransient, PhonestateError } from '../../model/failures';
import type { Operation } from '../../model/operation';
import type { VicidialClient } from './client';
import { lookUp, type LookupResult } from './lookup';

/** What a lookup returns once an operation is carried out. */
const expectedAfter: Readonly<Record<'create' | 'delete', LookupResult>> = { create: 'found', delete: 'not-found' };

/**
 * Executes an operation.
 *
 * An update is sent again while its reply is lost: twice the same update is one. A create or delete is not: where its
 * outcome is unknown a lookup shows whether it was carried out, and it is sent once more only if it was not.
 *
 * @throws PhonestateError for everything but the success of this very operation
 */
export async function execute(client: VicidialClient, operation: Operation): Promise<void> {
  const { action, object } = operation;
  if (action === 'update') return send(client, operation);
  try {
    await send(client, operation);
  } catch (error) {
    if (!isOutcomeUnknown(error) && !isTransient(error)) throw error;
    if ((await lookUp(client, object)) === expectedAfter[action]) return;
    // A reply that arrived whole, and is wrong, would arrive again.
    if (!isTransient(error)) throw error;
    await send(client, operation);
  }
  if (client.verifyWrites) await verify(client, operation, expectedAfter[action]);
}

/** Executes the operations of a change in their order. A replacement is two changes in Terraform, and is not accepted. */
export async function executeAll(client: VicidialClient, change: Change): Promise<void> {
  if (change.action === 'replace') throw new TypeError('a replacement is a delete and a create');
  if (change.action === 'none') return;
  for (const operation of change.operations) await execute(client, operation);
}

/**
 * Looks up whether an operation that was answered with SUCCESS was carried out. A lookup that fails, because the run was
 * interrupted or the server became unreachable, does not contradict SUCCESS: to lose a created object would be worse.
 */
async function verify(
  client: VicidialClient,
  { object, function: name, action }: Operation,
  expected: LookupResult,
): Promise<void> {
  const result = await lookUp(client, object).catch((error: unknown) => {
    if (error instanceof PhonestateError) return expected;
    throw error;
  });
  if (result === expected) return;
  const found = action === 'create' ? 'does not exist' : 'still exists';
  const what = `VICIdial answered SUCCESS to ${name}, but the ${object.type.noun} ${object.id} ${found}.`;
  throw PhonestateError.of('write-not-applied', { what });
}

async function send(client: VicidialClient, operation: Operation): Promise<void> {
  const result = await client.send(operation, { retry: operation.action === 'update' });
  if (result.code !== undefined) throw result.toError();
}
