/**
 * A proxy garbles replies at random: no phone or phone alias is on the server that neither state holds nor an error names
 * as possibly made, and nothing ends as a bug of the provider.
 */
import pLimit from 'p-limit';
import { NonAgentApi } from '../../src/emulator/non-agent-api';
import { sampleSystem, systemData } from '../../src/emulator/system-data';
import { startGarblingProxy, type GarblingProxy } from '../../testing/garbling-proxy';
import { live, type LivingObject } from './garbled-life';
import { PlanWalk } from './plan-walk';
import { phone } from './server';

// Nothing waits for long: only the order of the attempts matters.
jest.mock('../../src/vicidial/retry', () => ({
  ...jest.requireActual<object>('../../src/vicidial/retry'),
  defaultRetryPolicy: { maxAttempts: 3, initialDelayMs: 2, maxElapsedMs: 4_000 },
}));

const seed = Number(process.env.PHONESTATE_GARBLING_SEED ?? 1);
const rounds = Number(process.env.PHONESTATE_GARBLING_ROUNDS ?? 250);
const roundsOfOneProvider = 50;
const share = 0.4;
jest.setTimeout(60_000 + rounds * 100);

/** One node in eight lags, and a few of them for longer than the provider waits. */
function lagMs(_key: string, random: () => number): number {
  if (random() > 0.12) return 0;
  return random() < 0.1 ? 1_800 : 20 + random() * 300;
}

/** A phone, with fields that take a second call or without, or a phone alias. */
function objectOf(round: number, api: NonAgentApi, proxy: GarblingProxy): LivingObject {
  const extension = String(50_000 + round);
  if (round % 5 === 4) {
    const id = `alias_${extension}`;
    return {
      type: 'vicidial_phone_alias',
      id,
      key: id,
      values: { alias_id: id, alias_name: 'Desks', phone_logins: ['base'] },
      changes: { alias_name: 'Other' },
      whenVisible: () => proxy.whenVisible(id),
      stored: () => api.store.alias(id) as Record<string, string> | undefined,
    };
  }
  return {
    type: 'vicidial_phone',
    id: `10.0.0.11/${extension}`,
    key: extension,
    values: phone(extension, round % 3 === 0 ? { phone_ring_timeout: 45 } : {}),
    changes: { outbound_cid: '7275559999' },
    whenVisible: () => proxy.whenVisible(extension),
    stored: () => api.store.phone('10.0.0.11', extension),
  };
}

async function runWithOneProvider(first: number, count: number): Promise<string[]> {
  const api = new NonAgentApi(systemData.parse(sampleSystem));
  api.store.putPhone({ server_ip: '10.0.0.11', extension: 'base', phone_login: 'base' });
  const forward = (parameters: ReadonlyMap<string, string>) => api.call(parameters);
  const proxy = await startGarblingProxy({ forward, seed, share, timeoutMs: 1_000, lagMs });
  const walk = await PlanWalk.start(proxy, {
    request_timeout_seconds: 1,
    write_timeout_seconds: 1,
    max_concurrency: 32,
  });
  try {
    const objects = Array.from({ length: count }, (_none, index) => objectOf(first + index, api, proxy));
    return (await Promise.all(objects.map((each) => liveAndExplain(walk, each, proxy)))).flat();
  } finally {
    await walk.end();
    await proxy.close();
  }
}

async function liveAndExplain(walk: PlanWalk, object: LivingObject, proxy: GarblingProxy): Promise<string[]> {
  const violations = await live(walk, object);
  return violations.map((each) => [each, ...proxy.history(object.key)].join('\n    '));
}

test('no object is lost, forgotten or a bug of the provider, whatever becomes of the replies', async () => {
  const inTurn = pLimit(4);
  const firsts = Array.from(
    { length: Math.ceil(rounds / roundsOfOneProvider) },
    (_none, at) => at * roundsOfOneProvider,
  );
  const violations = await Promise.all(
    firsts.map((first) => inTurn(() => runWithOneProvider(first, Math.min(roundsOfOneProvider, rounds - first)))),
  );
  expect(violations.flat()).toEqual([]);
});
