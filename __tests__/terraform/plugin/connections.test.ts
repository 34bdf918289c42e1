import { EventEmitter } from 'node:events';
import type { Http2Session } from 'node:http2';
import { answerByConnection } from '../../../src/terraform/plugin/connections';
import type { RpcName } from '../../../src/terraform/wire/rpc-names';

/** A session, as far as it is a thing that closes. */
const newSession = () => new EventEmitter() as unknown as Http2Session;
const request = new Uint8Array();

/** Providers that note their RPCs, each with its number. */
function providers() {
  const seen: string[] = [];
  let count = 0;
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const load = async () => {
    const number = (count += 1);
    const dispatch = async (rpc: RpcName) => {
      seen.push(`${number} ${rpc}`);
      if (rpc === 'ApplyResourceChange') await held;
      return Buffer.alloc(0);
    };
    const close = () => Promise.resolve(void seen.push(`${number} closed`));
    return Promise.resolve(Object.assign(dispatch, { close }));
  };
  return { answer: answerByConnection(load), seen, release: () => release() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('each connection has a provider of its own', async () => {
  const { answer, seen } = providers();
  const [first, second] = [newSession(), newSession()];
  await answer('ConfigureProvider', request, first);
  await answer('ConfigureProvider', request, second);
  await answer('ReadResource', request, first);
  await answer('ReadResource', request, second);
  expect(seen).toEqual(['1 ConfigureProvider', '2 ConfigureProvider', '1 ReadResource', '2 ReadResource']);
});

test('a connection that was not configured, as after a lost one, reads and changes nothing', async () => {
  const { answer, seen } = providers();
  const session = newSession();
  await answer('ValidateResourceConfig', request, session);
  for (const rpc of ['ReadResource', 'PlanResourceChange', 'ApplyResourceChange', 'ReadDataSource'] as const)
    await expect(answer(rpc, request, session)).rejects.toThrow(`${rpc} came without a configuration`);
  await expect(answer('ReadResource', request, undefined)).rejects.toThrow('closed');
  expect(seen).toEqual(['1 ValidateResourceConfig']);
});

test('the end of a connection stops its provider, and closes it when what is in progress has ended', async () => {
  const { answer, seen, release } = providers();
  const [first, second] = [newSession(), newSession()];
  await answer('ConfigureProvider', request, first);
  await answer('ConfigureProvider', request, second);
  const applying = answer('ApplyResourceChange', request, first);
  await settled();
  first.emit('close');
  await settled();
  expect(seen.slice(2)).toEqual(['1 ApplyResourceChange', '1 StopProvider']);
  release();
  await applying;
  await settled();
  expect(seen.at(-1)).toBe('1 closed');
  await answer('ReadResource', request, second);
  expect(seen).not.toContain('2 closed');
});
