/**
 * A soak test: random configurations, changes, faults and signals. After each round and an undisturbed apply, the server,
 * the state and the configuration must agree; no run may do what its plan did not show; and what would delete, adopt or
 * create a phone by accident must be refused and change nothing. Seeded: the same seed makes the same rounds.
 */
import { startEmulator } from '../src/emulator/emulator';
import { seededRandom } from '../src/emulator/faults';
import { attempts, unmanagedPhones, type Attempt } from './soak-attempts';
import { changeFleet, type Change } from './soak-changes';
import { changeByHand, expectPlannedBack } from './soak-drift';
import { configurationOf, emptyFleet, servers, type Blocks } from './soak-fleet';
import {
  addFaults,
  apiPassword,
  applyAccepted,
  applyDisturbed,
  expectRefused,
  expectSettled,
  planAccepted,
  planWithoutWrites,
  type Soak,
  type SoakReader,
} from './soak-runs';
import { destroyAll, backUpState, prepareState, repair } from './soak-state';
import { expectOtherSystemUntouched, otherSystemRuns } from './soak-systems';
import { samplePhone } from './sample-phone';
import { Workspace } from './workspace';

const trialsPerRound = 2;
const adminRate = 0.5;
const hardRate = 0.5;
const raceMs = 20;
const faultyPlanRate = 0.2;
const wrongPasswordRate = 0.1;

export interface SoakOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Called with one line for each round. */
  readonly log?: (line: string) => void;
}

/**
 * Runs the rounds.
 *
 * @throws Error with the seed and the round, where something disagrees
 */
export async function soak({ rounds, seed, log = () => {} }: SoakOptions): Promise<void> {
  const [emulator, other] = [await startSystem(), await startSystem()];
  const workspace = await Workspace.create({
    environment: {
      VICIDIAL_URL: emulator.url,
      VICIDIAL_USER: 'soak',
      VICIDIAL_PASSWORD: apiPassword,
      VICIDIAL_REQUEST_TIMEOUT_SECONDS: '2',
      // The emulator does not lag.
      VICIDIAL_WRITE_TIMEOUT_SECONDS: '0',
    },
  });
  const unmanaged = unmanagedPhones.map((extension) => `${servers[0]}/${extension}`);
  const [random, randomFlags] = [seededRandom(seed), seededRandom(seed)];
  const parts = { emulator, other, workspace, unmanaged, random, randomFlags };
  const test: Soak = { ...parts, reader: 'api', fleet: emptyFleet() };
  const deck = dealTrials(test.random);
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const steps: string[] = [];
      try {
        await runRound(test, deck, (step) => steps.push(step));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new Error(`seed ${seed}, round ${round} (${steps.join('; ')}):\n${message}`, { cause: error });
      }
      log(`round ${round}: ${steps.join('; ')}`);
    }
    await destroyAll(test);
  } finally {
    workspace.remove();
    await Promise.all([emulator.close(), other.close()]);
  }
}

function startSystem() {
  const phones = unmanagedPhones.map((extension) => systemPhone(extension));
  return startEmulator({ data: { servers: [...servers], users: [{ user: 'soak', password: apiPassword }], phones } });
}

function systemPhone(extension: string) {
  return { ...samplePhone(extension), extension, server_ip: servers[0], protocol: 'SIP' as const };
}

/**
 * A run, or several, that must be refused.
 *
 * @returns what it was, and the codes that were printed; undefined where the fleet has no phones for it
 */
type Trial = (test: Soak) => Promise<string | undefined>;

const trials: readonly Trial[] = [
  ...attempts.map((attempt) => (test: Soak) => tryRefused(test, attempt)),
  ...otherSystemRuns.map((run) => (test: Soak) => expectOtherSystemUntouched(test, run)),
];

/** Every trial once, in random order, and then again. */
function* dealTrials(random: () => number): Generator<Trial, never> {
  for (;;) {
    const left = [...trials];
    while (left.length > 0) yield* left.splice(Math.floor(random() * left.length), 1);
  }
}

async function runRound(test: Soak, deck: Generator<Trial, never>, report: (step: string) => void): Promise<void> {
  const { random } = test;
  readFrom(test, random() < adminRate ? 'admin' : 'api');
  if (makeHard(test, random() < hardRate)) report('calls race, PHP is silent');
  const change = changeFleet(test.fleet, random);
  report(summaryOf(test, change));
  await prepareState(test, change);
  const drifts = changeByHand(test);
  if (drifts.length > 0) report(`${drifts.length} changed by hand`);
  if (random() < faultyPlanRate) await planWithFaults(test, change.blocks);
  const planned = await planAccepted(test, test.fleet, change.blocks, {
    flags: change.replaced.map((address) => `-replace=${address}`),
  });
  expectPlannedBack(planned, drifts);
  if (planned.adopted.length > 0) throw new Error(`Adoptions without adopt_existing: ${planned.adopted.join()}`);
  const restoreState = backUpState(test);
  const { complete, summary, executed } = await applyDisturbed(test, planned);
  report(summary);
  if (restoreState()) report('state file truncated, its copy restored');
  if (!complete) report(await repair(test, change.blocks, executed));
  await expectSettled(test);
  for (let left = trialsPerRound; left > 0;) {
    const step = await deck.next().value(test);
    if (step === undefined) continue;
    report(step);
    left -= 1;
  }
  if (random() < wrongPasswordRate) await planWithWrongPassword(test);
}

function readFrom(test: Soak, reader: SoakReader): void {
  test.reader = reader;
  test.workspace.setVariable('VICIDIAL_READ_FROM', reader);
}

/** Both systems: calls that overlap race, and PHP is silent about failed statements; or neither. */
function makeHard({ emulator, other, random }: Soak, isHard: boolean): boolean {
  const races = isHard ? { seed: Math.floor(random() * 1_000_000), max_ms: raceMs } : undefined;
  for (const { store } of [emulator, other])
    Object.assign(store.settings, { php: isHard ? 'silent' : 'strict', races });
  return isHard;
}

function summaryOf({ fleet, reader }: Soak, { blocks, forgotten, tainted, replaced }: Change): string {
  const counts = {
    phones: fleet.phones.size + fleet.list.phones.length,
    aliases: fleet.aliases.size,
    moved: blocks.moved.length,
    imported: blocks.import.length,
    forgotten: forgotten.length,
    tainted: tainted.length,
    replaced: replaced.length,
  };
  const parts = Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
  return [reader, ...parts].join(', ');
}

/** It may fail, but must not write. */
async function planWithFaults(test: Soak, blocks: Blocks): Promise<void> {
  test.workspace.configure(configurationOf(test.fleet, blocks));
  addFaults(test);
  await planWithoutWrites(test);
  test.emulator.faults.clear();
}

/** A change that must be refused, and then what makes it acceptable, if there is such a thing. */
async function tryRefused(test: Soak, { name, codes, prepare }: Attempt): Promise<string | undefined> {
  const changed = structuredClone(test.fleet);
  const prepared = prepare({ fleet: changed, random: test.random });
  if (!prepared) return undefined;
  const { blocks, flags = [], environment = {}, accepted } = prepared;
  await prepareState(test, prepared);
  test.workspace.configure(configurationOf(changed, blocks));
  const printed = await expectRefused(test, codes, { flags, environment });
  if (accepted) {
    const fleet = accepted.fleet ?? changed;
    const planned = await planAccepted(test, fleet, accepted.blocks, { flags: accepted.flags ?? [] });
    await applyAccepted(test, planned);
    test.fleet = fleet;
    await expectSettled(test);
  } else test.workspace.configure(configurationOf(test.fleet));
  return `${name} (${printed}${accepted ? ', then accepted' : ''})`;
}

/** After a login was refused, no more calls may go out: each would count towards the lock. */
async function planWithWrongPassword(test: Soak): Promise<void> {
  const run = await planWithoutWrites(test, { environment: { VICIDIAL_PASSWORD: 'wrong' } });
  const { journal, pages } = test.emulator;
  const requests = journal.entries.filter(({ function: name }) => name !== 'version').length + pages.entries.length;
  if (run.code !== 1 || requests > 1) throw new Error(`${requests} requests with a wrong password:\n${run.output}`);
  // A good login starts the count again, so that rounds do not add up to a lock.
  await expectSettled(test);
}
