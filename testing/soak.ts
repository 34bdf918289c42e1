/**
 * A soak test: random configurations, changes, faults and signals. After each round and an undisturbed apply, the server,
 * the state and the configuration must agree. Seeded: the same seed makes the same rounds.
 */
import { startEmulator, type Emulator } from '../src/emulator/emulator';
import { faultKinds, seededRandom, type FaultRule } from '../src/emulator/faults';
import { changeFleet, configurationOf, fleetSecrets, servers, type Fleet } from './soak-fleet';
import { disagreements } from './soak-checks';
import { Workspace } from './workspace';

const apiPassword = 'soakApi4417';
const wrongPasswordRate = 0.1;
const interruptRate = 0.2;
const killRate = 0.15;
/** A run that was killed leaves its lock behind. */
const unlocked = ['-lock=false'];

export interface SoakOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Called with one line for each round. */
  readonly log?: (line: string) => void;
}

interface Soak {
  readonly emulator: Emulator;
  readonly workspace: Workspace;
  readonly fleet: Fleet;
  /** Numbers from 0 to 1. */
  readonly random: () => number;
}

/**
 * Runs the rounds.
 *
 * @throws Error with the seed and the round, where something disagrees
 */
export async function soak({ rounds, seed, log = () => {} }: SoakOptions): Promise<void> {
  const emulator = await startEmulator({
    data: { servers: [...servers], users: [{ user: 'soak', password: apiPassword }] },
  });
  const workspace = await Workspace.create({
    environment: {
      VICIDIAL_URL: emulator.url,
      VICIDIAL_USER: 'soak',
      VICIDIAL_PASSWORD: apiPassword,
      VICIDIAL_REQUEST_TIMEOUT_SECONDS: '2',
      // The run after one that was killed adopts what that one created.
      VICIDIAL_ADOPT_EXISTING: 'true',
    },
  });
  const test = { emulator, workspace, fleet: { phones: new Map(), aliases: new Map() }, random: seededRandom(seed) };
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const { summary, errors } = await runRound(test);
      log(`round ${round}: ${summary}`);
      if (errors.length > 0) throw new Error(`seed ${seed}, round ${round} (${summary}):\n${errors.join('\n')}`);
    }
  } finally {
    workspace.remove();
    await emulator.close();
  }
}

async function runRound(test: Soak): Promise<{ readonly summary: string; readonly errors: readonly string[] }> {
  const { emulator, workspace, fleet, random } = test;
  changeFleet(fleet, random);
  workspace.configure(configurationOf(fleet));
  const disturbed = await applyDisturbed(test);
  emulator.faults.clear();
  const clean = await workspace.apply(unlocked);
  const plan = await workspace.plan(unlocked);
  const errors = [
    ...(clean.code === 0 ? [] : [`the undisturbed apply failed:\n${clean.output}`]),
    ...disagreements(emulator, workspace.state(), fleet),
    ...printedSecrets(disturbed.output + clean.output),
    ...(plan.code === 0 ? [] : [`the plan after it is not empty:\n${plan.output}`]),
  ];
  if (errors.length === 0 && random() < wrongPasswordRate) errors.push(...(await planWithWrongPassword(test)));
  emulator.journal.clear();
  return { summary: `${fleet.phones.size} phones, ${fleet.aliases.size} aliases, ${disturbed.summary}`, errors };
}

/** An apply with faults, some of them interrupted (Ctrl-C) or killed. */
async function applyDisturbed({ emulator, workspace, random }: Soak): Promise<{ summary: string; output: string }> {
  const faults = Array.from({ length: Math.floor(random() * 8) }, () => randomFault(random));
  for (const fault of faults) emulator.faults.add(fault);
  const chance = random();
  const signal = chance < interruptRate ? 'SIGINT' : chance < interruptRate + killRate ? 'SIGKILL' : undefined;
  const run = workspace.startApply(unlocked);
  // Ctrl-C reaches the whole group. SIGKILL is sent to the engine alone, and the provider has to notice that it is gone.
  const timer =
    signal && setTimeout(() => run.signal(signal, signal === 'SIGINT' ? 'group' : 'engine'), 400 + random() * 1_500);
  const { code, output } = await run.ended;
  clearTimeout(timer);
  const ending = code === undefined ? 'ended by a signal' : `exit code ${code}`;
  return { summary: [`${faults.length} faults`, ...(signal ? [signal] : []), ending].join(', '), output };
}

function randomFault(random: () => number): FaultRule {
  const kinds = faultKinds.filter((kind) => kind !== 'hang');
  const kind = kinds[Math.floor(random() * kinds.length)] ?? 'empty';
  const rule = { kind, skip: Math.floor(random() * 60), times: 1 + Math.floor(random() * 3), seconds: 0 };
  // A false success of an update cannot be found out, as the API reads nothing back. One of a creation is.
  return kind === 'success-without-work' ? { ...rule, function: 'add_phone' } : rule;
}

function printedSecrets(output: string): string[] {
  return Object.entries({ ...fleetSecrets, api: apiPassword }).flatMap(([name, secret]) =>
    output.includes(secret) ? [`the ${name} password was printed`] : [],
  );
}

/** After a login was refused, no more calls may go out: each would count towards the lock. */
async function planWithWrongPassword({ emulator, workspace }: Soak): Promise<string[]> {
  emulator.journal.clear();
  await workspace.plan(unlocked, { VICIDIAL_PASSWORD: 'wrong' });
  const calls = emulator.journal.entries.filter(({ function: name }) => name !== 'version').length;
  // A good login starts the count again, so that rounds do not add up to a lock.
  await workspace.plan(unlocked);
  return calls > 2 ? [`${calls} calls with a wrong password`] : [];
}
