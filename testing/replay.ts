/** Replays recorded conversations on the emulator, and compares what it answers and stores. */
import { request } from 'undici';
import { startEmulator, type Emulator } from '../src/emulator/emulator';
import { compareStep, type Difference } from './replay-compare';
import { applyStep, snapshot } from './replay-rows';
import { systemOfRecordings, type Conversation, type Pair, type Step } from './recording';

export interface ReplayResult {
  calls: number;
  agreeing: number;
  readonly differences: Difference[];
}

/** The share of calls that have to agree. */
export const requiredRate = 0.999;

/** Replays the conversations of one file, each on an emulator of its own. */
export async function replay(conversations: readonly Conversation[]): Promise<ReplayResult> {
  const result: ReplayResult = { calls: 0, agreeing: 0, differences: [] };
  for (const conversation of conversations) await replayOne(conversation, result);
  return result;
}

export function rateOf({ calls, agreeing }: ReplayResult): number {
  return calls === 0 ? 1 : agreeing / calls;
}

async function replayOne({ build, non_latin, sequence, steps }: Conversation, result: ReplayResult): Promise<void> {
  const emulator = await startEmulator({ build, data: { ...systemOfRecordings, use_non_latin: non_latin } });
  let waiting: readonly string[] = [];
  try {
    for (const [index, step] of steps.entries()) {
      waiting = step.rebuild ?? waiting;
      const before = snapshot(emulator.store);
      const { status, reply } = await send(emulator, step);
      const answered = { status, reply, before, after: snapshot(emulator.store), rebuild: emulator.store.rebuilding };
      const difference = compareStep(step, answered, waiting);
      result.calls += 1;
      if (!difference) {
        result.agreeing += 1;
        continue;
      }
      result.differences.push({ ...difference, at: `conversation ${sequence}, call ${index + 1}` });
      // What follows is compared from what the server had, so that one difference counts once.
      applyStep(emulator.store, before, step, waiting);
    }
  } finally {
    await emulator.close();
  }
}

/** Sends a call as it was recorded. */
async function send({ url }: Emulator, step: Step): Promise<{ readonly status: number; readonly reply: string }> {
  const { method, query, type } = step;
  const sent = step.raw_body ?? (step.body && encode(step.body));
  const contentType = type ?? (step.body ? 'application/x-www-form-urlencoded' : undefined);
  const response = await request(query.length === 0 ? url : `${url}?${encode(query)}`, {
    // Any method may have been recorded; the type names those that undici knows.
    method: method as 'GET',
    ...(sent === undefined ? {} : { body: sent }),
    ...(contentType === undefined ? {} : { headers: { 'content-type': contentType } }),
  });
  return { status: response.statusCode, reply: await response.body.text() };
}

function encode(pairs: readonly Pair[]): string {
  return pairs
    .map(
      ([name, value, isEncoded = false]) =>
        `${encodeURIComponent(name)}=${isEncoded ? value : encodeURIComponent(value)}`,
    )
    .join('&');
}
