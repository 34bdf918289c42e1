/** Deletes an object in apply, unless something forbids it now. */
import { diff } from '../model/diff';
import { hasCondition, PhonestateError, properties, type Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { objectId, objectRef } from '../model/identity';
import type { Operation } from '../model/operation';
import type { LookupResult } from '../vicidial/api/lookup';
import { agentFailures } from './agents';
import type { RunContext } from './context';
import { deleteFailures } from './delete-rules';
import { moveFirst, movedValues } from './moved-servers';
import { hiddenObject } from './preflight';
import type { OwnValues } from './resource-values';
import { Writer } from './writer';

/**
 * Deletes an object.
 *
 * @param wasAbsent whether it did not exist when it was planned
 * @returns warnings
 * @throws PhonestateError when it was not deleted
 */
export function deleteObject(
  context: RunContext,
  type: ObjectType,
  values: FieldValues,
  own: OwnValues,
  wasAbsent: boolean,
): Promise<readonly Failure[]> {
  const change = diff(type, null, values);
  if (change.action !== 'delete') return Promise.resolve([]);
  const [operation] = change.operations;
  return context.identities.delete(type, values, async (isWritten) => {
    // What has been created since belongs to another resource of this plan, and the plan did not show its delete.
    if (wasAbsent && (isWritten || (await lookUpNow(context, type, values)) === 'not-found')) return [];
    if (movedValues(type, values, context.movedServers)) throw new PhonestateError(moveFirst(type, values));
    const [refused] = deleteFailures(context, type, values, own);
    if (refused) throw new PhonestateError(refused);
    if (isWritten) throw writtenError(type, values);
    const agents = await checkAgents(context, type, values);
    await execute(context, operation, values);
    return agents;
  });
}

/** An agent may have logged in since the plan. */
async function checkAgents(context: RunContext, type: ObjectType, values: FieldValues): Promise<readonly Failure[]> {
  const reader = await context.reader();
  if (reader?.source !== 'database') return [];
  const agents = await agentFailures(reader, type, values, context.inUseCheck, true);
  const denied = agents.find((each) => properties(each).severity !== 'warning');
  if (denied) throw new PhonestateError(denied);
  return agents;
}

async function execute(context: RunContext, operation: Operation, values: FieldValues): Promise<void> {
  const { object } = operation;
  try {
    await new Writer(context, object).execute(operation);
  } catch (error) {
    // An object that does not exist is what was asked for. A hidden one gets the same reply, and is an error.
    if (!hasCondition(error, 'not-found')) throw error;
    if ((await lookUpNow(context, object.type, values)) === 'hidden')
      throw new PhonestateError(hiddenObject(object.type, values, context.account));
  }
}

async function lookUpNow(context: RunContext, type: ObjectType, values: FieldValues): Promise<LookupResult> {
  const [client, { lookUp }] = await Promise.all([context.client(), import('../vicidial/api/lookup')]);
  return lookUp(client, objectRef(type, values));
}

function writtenError(type: ObjectType, values: FieldValues): PhonestateError {
  const what = `The ${type.noun} ${objectId(type, values)} would be deleted.`;
  return PhonestateError.of('delete-of-written-object', { what });
}
