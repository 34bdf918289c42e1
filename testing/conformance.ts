/**
 * Compares the emulator with a server: the same random calls go to both, and status and reply must be equal. All keys begin
 * with a prefix that nothing on the server has, and what the calls make is deleted at the end.
 */
import { randomBytes } from 'node:crypto';
import { startEmulator, type Emulator } from '../src/emulator/emulator';
import { seededRandom } from '../src/emulator/faults';
import type { Comparison } from './comparison';
import { randomCalls } from './conformance-calls';
import { keysOf, storedKeys } from './conformance-keys';
import { ConformanceServer, deletionOf, type ServerOptions } from './conformance-server';
import { findPhp, readTraits, type GivenTraits, type Traits } from './conformance-traits';
import { compareAnswers } from './replay-compare';
import { sendCall } from './send-call';

export interface ConformanceOptions extends ServerOptions, GivenTraits {
  /** A template that the system has. */
  readonly template?: string | undefined;
  readonly seed: number;
  /** The most calls that are compared. */
  readonly calls: number;
  readonly maxSeconds: number;
}

export interface ConformanceResult {
  readonly comparison: Comparison;
  /** What the server is, in one line; undefined where it could not be read. */
  readonly system: string | undefined;
  /** Why the run ended early. */
  readonly stopped: string | undefined;
  /** What could not be deleted, with the reason. */
  readonly left: readonly string[];
}

/** Runs the calls, and cleans up in any case. */
export async function compareWithServer(options: ConformanceOptions): Promise<ConformanceResult> {
  const server = new ConformanceServer(options);
  const comparison: Comparison = { calls: 0, agreeing: 0, differences: [] };
  let [system, stopped]: (string | undefined)[] = [];
  let emulator: Emulator | undefined;
  try {
    // The passwords of the phones cannot be guessed while they exist.
    const secret = randomBytes(6).toString('hex');
    const traits = await prepare(server, options, secret);
    system = describe(traits);
    emulator = await startAlike(traits, options);
    await compareCalls(server, emulator, options, { secret, nonLatin: traits.settings.use_non_latin }, comparison);
  } catch (error) {
    stopped = error instanceof Error ? error.message : String(error);
  }
  const left = await server.cleanUp();
  await emulator?.close();
  return { comparison, system, stopped, left };
}

/** Reads what the server is, before anything is written and by what is written first. */
async function prepare(server: ConformanceServer, given: GivenTraits, secret: string): Promise<Traits> {
  const traits = await readTraits(server, given);
  await server.requireUnused();
  return { ...traits, settings: { ...traits.settings, php: await findPhp(server, secret) } };
}

function describe({ build, names, settings }: Traits): string {
  const { use_non_latin, latin1_tables, php, output_buffering } = settings;
  return [
    `VICIdial ${names.version}, build ${names.build}${build === names.build ? '' : ` taken for ${build}`}`,
    ...(use_non_latin ? [`use_non_latin${latin1_tables ? ' with tables in latin1' : ''}`] : []),
    `PHP ${php === 'silent' ? 'silent about' : 'ending on'} failed statements`,
    ...(output_buffering ? ['output buffering'] : []),
  ].join(', ');
}

/** An emulator of the same kind of system. */
function startAlike({ build, names, settings }: Traits, options: ConformanceOptions): Promise<Emulator> {
  const { user, password, servers, template } = options;
  const templates = template === undefined ? [] : [template];
  const users = [{ user, password }];
  return startEmulator({ build, names, data: { servers: [...servers], templates, users, ...settings } });
}

async function compareCalls(
  server: ConformanceServer,
  emulator: Emulator,
  options: ConformanceOptions,
  drawn: { readonly secret: string; readonly nonLatin: boolean },
  comparison: Comparison,
): Promise<void> {
  const { calls, seed, maxSeconds } = options;
  const deadline = Date.now() + maxSeconds * 1000;
  for (const call of randomCalls({ ...options, ...drawn, random: seededRandom(seed) })) {
    if (comparison.calls === calls || Date.now() > deadline) return;
    const answered = await server.send(call);
    const difference = compareAnswers(call, answered, await sendCall(emulator.url, call));
    comparison.calls += 1;
    if (!difference) {
      comparison.agreeing += 1;
      continue;
    }
    comparison.differences.push({ ...difference, at: `call ${comparison.calls}` });
    // One of the two may have made what the other has not: neither keeps it, so that one difference counts once.
    for (const key of keysOf(call).flatMap(storedKeys)) {
      await server.delete(key);
      await sendCall(emulator.url, deletionOf(options, key));
    }
  }
}
