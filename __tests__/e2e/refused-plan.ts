/** Plans that are to fail. */
import type { SystemInput } from '../../src/emulator/system-data';
import type { Testbed } from './harness';

export type UserInput = Partial<SystemInput['users'][number]>;

/** Gives the API user of the testbed other permissions. */
export function changeUser({ emulator }: Testbed, permissions: UserInput): void {
  const user = emulator.store.users.get('planner');
  if (!user) throw new Error('The user planner is missing.');
  Object.assign(user, permissions);
}

/**
 * Expects a plan to fail with a code and texts, and to write nothing.
 *
 * @returns what was printed, with each run of white space as one space
 */
export async function expectRefusedPlan(testbed: Testbed, code: string, ...texts: string[]): Promise<string> {
  testbed.emulator.journal.clear();
  const plan = await testbed.workspace.plan();
  const output = plan.output.replace(/\s+/gu, ' ');
  expect(plan.code).toBe(1);
  expect(output).toContain(`Code: ${code}`);
  for (const text of texts) expect(output).toContain(text);
  expect(testbed.writes()).toEqual([]);
  return output;
}
