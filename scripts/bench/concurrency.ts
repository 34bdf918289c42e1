/** Values of `max_concurrency`, on a server that needs some time for each call and locks the table for writes. */
import { performance } from 'node:perf_hooks';
import { startEmulator } from '../../src/emulator/emulator';
import { connectClient } from '../../testing/client';
import { ratioOf, type Cost } from './figure';
import type { BenchOptions } from './fixture';

const concurrencies = [1, 2, 4, 8, 16, 32];
const latencyMs = 30;
const writes = 200;
const fields = { server_ip: '10.0.0.11', extension: '55000' };

/** Section `concurrency`. */
export async function measureConcurrency({ report }: BenchOptions): Promise<void> {
  const emulator = await startEmulator({ latencyMs });
  emulator.store.putPhone({ ...fields, phone_login: '55000' });
  const costs = new Map<number, Cost>();
  for (const value of concurrencies) costs.set(value, await costOfWrites(emulator.url, value));
  await emulator.close();
  const fastest = [...costs.values()].reduce((one, other) => (other.wallMs < one.wallMs ? other : one));
  for (const [value, cost] of costs) {
    const operation = `${writes} writes with max_concurrency ${value}, to the fastest`;
    report(ratioOf({ section: 'concurrency', operation, latencyMs }, cost, fastest));
  }
}

async function costOfWrites(url: string, concurrency: number): Promise<Cost> {
  const client = connectClient(url, { max_concurrency: concurrency });
  await client.send({ function: 'update_phone', parameters: {} });
  const update = (outbound_cid: string) =>
    client.send({ function: 'update_phone', parameters: { ...fields, outbound_cid }, action: 'update' });
  const started = performance.now();
  await Promise.all(Array.from({ length: writes }, (_, index) => update(String(7_275_550_000 + index))));
  const wallMs = performance.now() - started;
  await client.close();
  return { wallMs };
}
