/** The runs of a soak test, each with what must be true of it. A run that breaks one throws. */
import { setTimeout } from 'node:timers/promises';
import type { Emulator } from '../src/emulator/emulator';
import { callFaultKinds, faultKinds, type FaultRule } from '../src/emulator/faults';
import {
  disagreements,
  executedActions,
  plannedActions,
  rowsOf,
  unplannedActions,
  type PlannedActions,
} from './soak-checks';
import type { Run } from './engine';
import { configurationOf, fleetSecrets, type Blocks, type Fleet } from './soak-fleet';
import type { Workspace } from './workspace';

export const apiPassword = 'soakApi4417';
const interruptRate = 0.2;
const killRate = 0.2;
const pageFaultRate = 0.4;
const providerExitMs = 10_000;

export type SoakReader = 'api' | 'admin';

export interface Soak {
  readonly emulator: Emulator;
  /** A second system, with the same keys. */
  readonly other: Emulator;
  readonly workspace: Workspace;
  /** What the runs of this round read from. */
  reader: SoakReader;
  /** What is declared and applied. */
  fleet: Fleet;
  /** The ids of the phones on the server that are declared nowhere. */
  readonly unmanaged: readonly string[];
  /** Numbers from 0 to 1. */
  readonly random: () => number;
  /** Others, for what is drawn more or less often as signals happen to hit: rounds must not depend on that. */
  readonly randomFlags: () => number;
}

export interface RunOptions {
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export function check(errors: readonly string[], { output }: Pick<Run, 'output'>): void {
  if (errors.length > 0) throw new Error(`${errors.join('\n')}\n${output}`);
}

/** A run that was killed leaves its lock behind. */
export function flagsOf({ randomFlags }: Soak, { flags = [] }: RunOptions = {}): string[] {
  return ['-lock=false', `-parallelism=${randomFlags() < 0.5 ? 1 : 10}`, ...flags];
}

/** Configures a fleet, plans it, and expects the plan to be accepted. */
export async function planAccepted(
  test: Soak,
  fleet: Fleet,
  blocks?: Blocks,
  options: RunOptions = {},
): Promise<PlannedActions> {
  test.workspace.configure(configurationOf(fleet, blocks));
  return expectAccepted(test, await planWithoutWrites(test, options));
}

/** Expects the last plan to be accepted. */
export async function expectAccepted({ workspace }: Soak, plan: Run): Promise<PlannedActions> {
  check(plan.code === 1 ? ['A plan that should be accepted is refused.'] : [], plan);
  return plannedActions(await workspace.changes());
}

/** Plans what is configured, whatever the exit code. */
export async function planWithoutWrites(test: Soak, options: RunOptions = {}): Promise<Run> {
  const { emulator, workspace } = test;
  emulator.journal.clear();
  emulator.pages.clear();
  const run = await workspace.plan(flagsOf(test, options), options.environment);
  check([...writes(emulator), ...printedSecrets(run)], run);
  return run;
}

/** Applies the last plan, and expects it to do what it showed. */
export async function applyAccepted(test: Soak, planned: PlannedActions, options: RunOptions = {}): Promise<Run> {
  const { emulator, workspace } = test;
  emulator.journal.clear();
  const run = await workspace.run(applyArguments(test), options.environment);
  const failed = run.code === 0 ? [] : ['An accepted plan cannot be applied.'];
  check(
    [...failed, ...unplannedActions(planned, executedActions(emulator.journal), true), ...printedSecrets(run)],
    run,
  );
  return run;
}

/** Expects the present configuration to need no change, and everything to be as the fleet says. */
export async function expectSettled(test: Soak): Promise<void> {
  const { emulator, workspace, fleet, unmanaged } = test;
  const run = await planWithoutWrites(test);
  const notEmpty = run.code === 0 ? [] : [`The plan after everything was applied ends with exit code ${run.code}.`];
  check([...notEmpty, ...disagreements(emulator, workspace.state(), fleet, unmanaged)], run);
}

/**
 * Plans or applies, and expects that it is refused with one of the codes, and that nothing changes.
 *
 * @returns the codes that were printed
 */
export async function expectRefused(
  test: Soak,
  codes: readonly string[],
  { command = test.random() < 0.3 ? 'apply' : 'plan', ...options }: RunOptions & { command?: 'plan' | 'apply' } = {},
): Promise<string> {
  const { emulator, workspace } = test;
  const before = [rowsOf(emulator), stateOf(workspace)];
  emulator.journal.clear();
  const run = await workspace[command](flagsOf(test, options), options.environment);
  check(
    [
      ...(run.code === 1 ? [] : [`A ${command} that should be refused ends with exit code ${run.code}.`]),
      ...(codes.some((code) => run.output.includes(`Code: ${code}`)) ? [] : [`None of its errors is ${codes.join()}.`]),
      ...([rowsOf(emulator), stateOf(workspace)].join() === before.join()
        ? []
        : ['It changed the server or the state.']),
      ...writes(emulator),
      ...printedSecrets(run),
    ],
    run,
  );
  return printedCodes(run);
}

export interface Disturbed {
  /** Whether all that was planned was done. */
  readonly complete: boolean;
  readonly summary: string;
  readonly executed: readonly string[];
}

/** An apply of the last plan with faults, some of them interrupted (Ctrl-C) or killed: it may fail, but not do more. */
export async function applyDisturbed(test: Soak, planned: PlannedActions): Promise<Disturbed> {
  const { emulator, workspace, random } = test;
  emulator.journal.clear();
  const faults = addFaults(test);
  const chance = random();
  const signal = chance < interruptRate ? 'SIGINT' : chance < interruptRate + killRate ? 'SIGKILL' : undefined;
  // Ctrl-C reaches the whole group. SIGKILL is sent to the engine alone, and the provider has to notice that it is gone.
  const target = signal === 'SIGINT' ? 'group' : 'engine';
  let writesLeft = 1 + Math.floor(random() * planned.required.size);
  const run = workspace.start(applyArguments(test));
  emulator.store.onChange = () => {
    writesLeft -= 1;
    if (writesLeft === 0 && signal) run.signal(signal, target);
  };
  const ended = await run.ended;
  if (signal === 'SIGKILL') await endOfGroup(run.pid);
  // A call whose sender is gone may still write.
  await setTimeout(2 * (emulator.store.settings.races?.max_ms ?? 0));
  emulator.store.onChange = () => {};
  emulator.faults.clear();
  const executed = executedActions(emulator.journal);
  // A false success cannot be found out where another fault hits the lookup or page that follows: SUCCESS is believed then.
  const complete = ended.code === 0 && !faults.some(({ kind }) => kind === 'success-without-work');
  check([...unplannedActions(planned, executed, complete), ...printedSecrets(ended)], ended);
  const ending = ended.code === undefined ? 'ended by a signal' : `exit code ${ended.code}`;
  const summary = [`${faults.length} faults`, ...(signal ? [signal] : []), ending].join(', ');
  return { complete, summary, executed };
}

/** A provider ends the call that it is at after its engine was killed. Waits for it, so that the next run is alone. */
async function endOfGroup(pid: number): Promise<void> {
  const isRunning = () => {
    try {
      return process.kill(-pid, 0);
    } catch {
      return false;
    }
  };
  for (const started = Date.now(); isRunning() && Date.now() - started < providerExitMs;) await setTimeout(50);
}

export function addFaults({ emulator, random, reader }: Soak): readonly FaultRule[] {
  const faults = Array.from({ length: Math.floor(random() * 8) }, () =>
    reader === 'admin' && random() < pageFaultRate ? randomPageFault(random) : randomFault(random, reader),
  );
  for (const fault of faults) emulator.faults.add(fault);
  return faults;
}

const falseSuccess = 'success-without-work';

function randomFault(random: () => number, reader: SoakReader): FaultRule {
  const rule = ruleOf(
    random,
    [...faultKinds, ...callFaultKinds].filter((kind) => kind !== 'hang'),
  );
  if (rule.kind !== falseSuccess) return rule;
  // A false success of an update cannot be found out by the API, which reads nothing back. One of a creation can.
  const name = reader === 'admin' && random() < 0.5 ? 'update_phone' : 'add_phone';
  return { ...rule, function: name, writing: true };
}

function randomPageFault(random: () => number): FaultRule {
  const kinds = faultKinds.filter((kind) => kind !== 'hang' && kind !== falseSuccess);
  return { ...ruleOf(random, [...kinds, 'cut-page', 'other-application']), page: true };
}

function ruleOf(random: () => number, kinds: readonly FaultRule['kind'][]): FaultRule {
  const kind = kinds[Math.floor(random() * kinds.length)] ?? 'empty';
  return { kind, skip: Math.floor(random() * 60), times: 1 + Math.floor(random() * 3), seconds: 0 };
}

export function applyArguments(test: Soak): string[] {
  return ['apply', '-input=false', '-no-color', ...flagsOf(test), 'plan.out'];
}

export function writes({ journal }: Pick<Emulator, 'journal'>): string[] {
  return journal.writes.map((entry) => `It wrote: ${String(entry)}`);
}

export function printedSecrets({ output }: Pick<Run, 'output'>): string[] {
  return Object.entries({ ...fleetSecrets, api: apiPassword }).flatMap(([name, secret]) =>
    output.includes(secret) ? [`The ${name} password was printed.`] : [],
  );
}

export function printedCodes({ output }: Pick<Run, 'output'>): string {
  return [...new Set([...output.matchAll(/Code: ([\w-]+)/gu)].map(([, code]) => code))].sort().join('+');
}

/** The state, to be compared. */
export function stateOf(workspace: Workspace): string {
  return JSON.stringify(Object.entries(workspace.state()).sort(([one], [other]) => one.localeCompare(other)));
}
