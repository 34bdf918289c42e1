/**
 * Phones of a server that has another address now (setting `moved_servers`): VICIdial has changed `server_ip` in its
 * tables, and the state still has the old one. Such a phone is updated in place: nothing is deleted or created.
 */
import { failure, PhonestateError, type Failure } from '../model/failures';
import { stringValue, type FieldValues, type ObjectType } from '../model/field-definition';
import { equalIdentities, objectId, objectRef } from '../model/identity';
import type { RunContext } from './context';
import type { Observation } from './observer';
import { hiddenObject } from './preflight';

/**
 * Where an object of the state is on the server now: its values with the new address of its server.
 *
 * @returns undefined where its server has not moved
 */
export function movedValues(
  type: ObjectType,
  values: FieldValues,
  movedServers: Readonly<Record<string, string>>,
): FieldValues | undefined {
  if (!type.fields.server_ip?.key) return undefined;
  const address = stringValue(values, 'server_ip');
  const [, after] = Object.entries(movedServers).find(([before]) => equalIdentities(before, address)) ?? [];
  return after === undefined ? undefined : { ...values, server_ip: after };
}

/**
 * Observes an object at its new address.
 *
 * @param prior as it is in state
 * @param moved where it is now
 * @param options `fresh`: it is read as it is stored now, not as the run read it before
 * @throws PhonestateError `server-not-moved` where the old address has it still
 */
export async function observeMoved(
  context: RunContext,
  type: ObjectType,
  prior: FieldValues,
  moved: FieldValues,
  options?: { readonly fresh: boolean },
): Promise<Observation> {
  const observation = await context.observe(objectRef(type, moved), options);
  if (!(await existsBefore(context, type, prior, options))) return observation;
  const there = observation.found === 'not-found' ? 'not' : 'also';
  const what = `The ${type.noun} ${objectId(type, prior)} exists, and ${objectId(type, moved)} exists ${there}.`;
  throw PhonestateError.of('server-not-moved', { what, field: 'server_ip' });
}

/**
 * Makes sure that an object is at its new address, and only there.
 *
 * @param options as for `observeMoved`
 * @throws PhonestateError `server-not-moved`, `phone-not-found` or `phone-hidden`
 */
export async function requireMoved(
  context: RunContext,
  type: ObjectType,
  prior: FieldValues,
  moved: FieldValues,
  options?: { readonly fresh: boolean },
): Promise<void> {
  const { found } = await observeMoved(context, type, prior, moved, options);
  if (found === 'hidden') throw new PhonestateError(hiddenObject(type, moved, context.account));
  if (found === 'found') return;
  const what = `The ${type.noun} ${objectId(type, prior)} exists neither there nor as ${objectId(type, moved)}.`;
  throw PhonestateError.of('phone-not-found', { what });
}

/** VICIdial may not have the old address at all any more. Its phone has its login no more than any other phone has. */
async function existsBefore(
  context: RunContext,
  type: ObjectType,
  prior: FieldValues,
  options?: { readonly fresh: boolean },
): Promise<boolean> {
  const { key, id } = objectRef(type, prior);
  try {
    return (await context.observe({ type, key, id }, options)).found !== 'not-found';
  } catch (error) {
    if (error instanceof PhonestateError && error.failure.code === 'server-not-found') return false;
    throw error;
  }
}

/** An object is neither deleted nor replaced while its state has the old address of its server. */
export function moveFirst(type: ObjectType, values: FieldValues): Failure {
  const what = `moved_servers says that the server of the ${type.noun} ${objectId(type, values)} has another address, and the state has the old one.`;
  return failure('server-moved', { what, field: 'server_ip' });
}
