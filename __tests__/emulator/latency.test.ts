import { setTimeout as pause } from 'node:timers/promises';
import { Latency, type LatencyOptions } from '../../src/emulator/latency';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

/** How long each of some calls waits, in milliseconds; a write waits twice. */
async function delaysOf(options: LatencyOptions, writing = false): Promise<(number | undefined)[]> {
  jest.mocked(pause).mockClear();
  const latency = new Latency(options);
  for (let call = 0; call < 100; call += 1) await latency.wait(writing);
  return jest.mocked(pause).mock.calls.map(([duration]) => duration);
}

test('random delays are the same for the same seed, and no longer than the maximum', async () => {
  const withSeed = (seed: number) => delaysOf({ randomDelay: { seed, maxMs: 40 } });
  const delays = await withSeed(1);
  expect(await withSeed(1)).toEqual(delays);
  expect(await withSeed(2)).not.toEqual(delays);
  expect(new Set(delays).size).toBe(100);
  expect(Math.max(...delays.map(Number))).toBeLessThan(40);
});

test('a random delay is added to the time of a call, and a write locks the table for a tenth of that time', async () => {
  const delays = await delaysOf({ latencyMs: 50, randomDelay: { seed: 1, maxMs: 10 } }, true);
  const [calls, locks] = [0, 1].map((rest) => delays.filter((_, index) => index % 2 === rest).map(Number));
  expect(Math.min(...(calls ?? []))).toBeGreaterThan(50);
  expect(Math.max(...(calls ?? []))).toBeLessThan(60);
  expect(new Set(locks)).toEqual(new Set([5]));
});

test('without latency and random delay no call waits', async () => {
  expect(await delaysOf({}, true)).toEqual([]);
});
