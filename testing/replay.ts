/** Replays recorded conversations on the emulator, and compares what it answers and stores. */
import { startEmulator } from '../src/emulator/emulator';
import type { Comparison } from './comparison';
import { compareStep } from './replay-compare';
import { applyStep, snapshot } from './replay-rows';
import { systemOfRecordings, type Conversation } from './recording';
import { sendCall } from './send-call';

/** Replays the conversations of one file, each on an emulator of its own. */
export async function replay(conversations: readonly Conversation[]): Promise<Comparison> {
  const result: Comparison = { calls: 0, agreeing: 0, differences: [] };
  for (const conversation of conversations) await replayOne(conversation, result);
  return result;
}

async function replayOne({ build, non_latin, sequence, steps }: Conversation, result: Comparison): Promise<void> {
  const emulator = await startEmulator({ build, data: { ...systemOfRecordings, use_non_latin: non_latin } });
  let waiting: readonly string[] = [];
  try {
    for (const [index, step] of steps.entries()) {
      waiting = step.rebuild ?? waiting;
      const before = snapshot(emulator.store);
      const { status, reply } = await sendCall(emulator.url, step);
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
