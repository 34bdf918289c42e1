/** The state that `drift` compares with: a file, or what the engine pulls in the folder of the stack. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DriftInput } from '../drift/drift';
import { pullState } from './engine';
import { readText } from './report-inputs';

export interface StateFlags {
  /** A file; false for `--no-state`. */
  readonly state?: string | false;
  /** The folder of the stack. */
  readonly stack?: string;
}

/**
 * Reads the state of an environment.
 *
 * @param name of the environment, whose stack is synthesised into a folder of that name
 * @returns undefined where there is no folder
 * @throws Error where a folder has no state that can be read
 */
export async function readState(name: string, { state, stack }: StateFlags): Promise<DriftInput['state']> {
  const { resourcesInState } = await import('../report/addressed-objects');
  if (state === false) return undefined;
  if (state !== undefined) return { source: 'file', objects: resourcesInState(readText(state), state) };
  const folder = stack ?? join('cdktf.out', 'stacks', name);
  if (!existsSync(folder)) {
    if (stack !== undefined) throw new Error(`${stack} does not exist. Give the folder of the stack.`);
    return undefined;
  }
  const text = await pullState({ folder }, 'give the state with --state FILE, or leave it out with --no-state');
  // Nothing was applied yet.
  return { source: 'pulled', objects: text.trim() === '' ? [] : resourcesInState(text, `the state of ${folder}`) };
}
