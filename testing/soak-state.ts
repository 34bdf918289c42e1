/** How a soak test prepares the state for a change, repairs what a disturbed run left, and destroys everything. */
import { copyFileSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from './soak-changes';
import { rowsOf } from './soak-checks';
import { configurationOf, emptyFleet, phonesByAddress, type Blocks } from './soak-fleet';
import {
  applyAccepted,
  check,
  expectAccepted,
  expectSettled,
  flagsOf,
  planAccepted,
  planWithoutWrites,
  type Soak,
} from './soak-runs';

/**
 * Copies the state file.
 *
 * @returns a function that puts it back where the file is truncated, as an engine leaves it that is killed while it writes
 */
export function backUpState({ workspace: { folder } }: Soak): () => boolean {
  const [file, copy] = [join(folder, 'terraform.tfstate'), join(folder, 'backup.tfstate')];
  rmSync(copy, { force: true });
  if (statSync(file, { throwIfNoEntry: false })) copyFileSync(file, copy);
  return () => {
    if (!statSync(copy, { throwIfNoEntry: false }) || readFileSync(file, 'utf8').trimEnd().endsWith('}')) return false;
    copyFileSync(copy, file);
    return true;
  };
}

/** Takes objects out of state, and taints others. */
export async function prepareState(
  { workspace }: Soak,
  { forgotten = [], tainted = [] }: Partial<Pick<Change, 'forgotten' | 'tainted'>>,
): Promise<void> {
  if (forgotten.length > 0) await workspace.expectSuccess(['state', 'rm', '-lock=false', ...forgotten]);
  for (const address of tainted) await workspace.expectSuccess(['taint', '-lock=false', address]);
}

/**
 * Applies the configuration undisturbed. Where a run was killed, what it created may not be in state: then a plan is
 * refused, and one with adopt_existing adopts that, and nothing else.
 *
 * @param executed what the disturbed run did
 */
export async function repair(test: Soak, allBlocks: Blocks, executed: readonly string[]): Promise<string> {
  // A phone that is imported and gets another key is deleted first: a run that ended then has left nothing to import.
  const blocks = { ...allBlocks, import: (allBlocks.import ?? []).filter(({ id }) => isOnServer(test, id)) };
  test.workspace.configure(configurationOf(test.fleet, blocks));
  const plan = await planWithoutWrites(test);
  const isStateBehind = plan.code === 1 && /Code: (?:phone|alias)-exists/u.test(plan.output);
  if (!isStateBehind) {
    await applyAccepted(test, await expectAccepted(test, plan));
    return 'repaired';
  }
  await untaintAll(test);
  const environment = { VICIDIAL_ADOPT_EXISTING: 'true' };
  const planned = await planAccepted(test, test.fleet, blocks, { environment });
  const unexpected = planned.adopted.filter((id) => !executed.includes(`create ${id}`));
  if (unexpected.length > 0) throw new Error(`Adopted, but created by no run: ${unexpected.join(' ')}`);
  await applyAccepted(test, planned, { environment });
  return `repaired, ${planned.adopted.length} adopted`;
}

function isOnServer({ emulator }: Soak, id: string): boolean {
  const [server = '', extension = ''] = id.split('/');
  return emulator.store.phone(server, extension) !== undefined;
}

/** A tainted phone is never adopted. */
async function untaintAll({ workspace }: Soak): Promise<void> {
  const { stdout } = await workspace.expectSuccess(['show', '-json']);
  const { values } = JSON.parse(stdout) as StateJson;
  for (const { address, tainted } of values?.root_module.resources ?? [])
    if (tainted) await workspace.expectSuccess(['untaint', '-lock=false', address]);
}

interface StateJson {
  readonly values?: {
    readonly root_module: { readonly resources?: readonly { readonly address: string; readonly tainted?: boolean }[] };
  };
}

/** Destroys everything: refused while a phone is protected. */
export async function destroyAll(test: Soak): Promise<void> {
  const phones = [...phonesByAddress(test.fleet).values()];
  const destroy = ['destroy', '-input=false', '-no-color', '-auto-approve'];
  if (phones.some(({ deletion_protection: isProtected }) => isProtected === true)) {
    const before = rowsOf(test.emulator);
    const run = await test.workspace.run([...destroy, ...flagsOf(test)]);
    check(run.code === 1 && rowsOf(test.emulator) === before ? [] : ['A protected phone is destroyed.'], run);
    for (const fields of phones) fields.deletion_protection = false;
    await applyAccepted(test, await planAccepted(test, test.fleet));
  }
  await test.workspace.expectSuccess([...destroy, ...flagsOf(test)]);
  test.fleet = emptyFleet();
  test.workspace.configure({});
  await expectSettled(test);
}
