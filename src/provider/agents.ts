/** Agents that are logged in on a phone which is to be deleted or replaced. Only the database shows them. */
import { failure, PhonestateError, type Failure } from '../model/failures';
import type { FieldValues, ObjectType } from '../model/field-definition';
import { objectId, objectRef } from '../model/identity';
import type { Settings } from '../settings/read-settings';
import type { DatabaseReader } from '../vicidial/database/database-reader';
import type { LiveAgent } from '../vicidial/database/live-agents';

/**
 * Failures about the agents on a phone, by the provider setting.
 *
 * @param isFresh whether the table is read again: immediately before the delete
 */
export async function agentFailures(
  reader: DatabaseReader,
  type: ObjectType,
  values: FieldValues,
  check: Settings['in_use_check'],
  isFresh = false,
): Promise<readonly Failure[]> {
  if (check === 'off' || type.resourceType !== 'vicidial_phone') return [];
  let agents: readonly LiveAgent[];
  try {
    agents = await reader.agentsOn([objectRef(type, values)], { fresh: isFresh });
  } catch (error) {
    if (check === 'deny' || !isRefused(error)) throw error;
    return [failure('agents-unreadable', { what: error.failure.what })];
  }
  if (agents.length === 0) return [];
  const named = agents.map(({ user, status, campaign }) => `${user} (${status}, campaign ${campaign})`).join(', ');
  const what = `On the phone ${objectId(type, values)}, which is deleted, an agent is logged in: ${named}.`;
  return [failure(check === 'deny' ? 'agent-logged-in-denied' : 'agent-logged-in', { what })];
}

/** A user of the database that was made before this check need not have the privilege. */
function isRefused(error: unknown): error is PhonestateError {
  return error instanceof PhonestateError && error.failure.code === 'database-refused';
}
