/** The action that makes all servers write their configuration again. */
import { streamFrom } from '../terraform/rpc/exchange';
import { RpcWalk } from './rpc-walk';
import { useServer } from './server';

const server = useServer();

async function refresh() {
  const walk = await RpcWalk.start(server.emulator);
  const events = await streamFrom(walk.provider)('InvokeAction', { action_type: 'vicidial_server_refresh' });
  await walk.end();
  const completed = events.at(-1)?.completed?.diagnostics ?? [];
  return {
    progress: events.flatMap(({ progress }) => progress?.message ?? []),
    codes: completed.map(({ detail = '' }) => /Code: (\S+)/u.exec(detail)?.[1] ?? detail),
  };
}

test('marks all servers, and says what the server answered', async () => {
  const { progress, codes } = await refresh();
  expect(codes).toEqual([]);
  expect(progress).toEqual([expect.stringContaining('SERVER REFRESH HAS BEEN TRIGGERED')]);
  const { store } = server.emulator;
  expect([...store.rebuilding]).toEqual([...store.servers]);
});

test('is refused to a user who may not update phones', async () => {
  server.asUser({ modify_phones: false, level: 7 });
  expect(await refresh()).toMatchObject({ progress: [], codes: ['permission-missing'] });
});

test('is sent again where no reply came: a second refresh does no harm', async () => {
  server.emulator.faults.add({ kind: 'reset-after', function: 'server_refresh', times: 1 });
  expect((await refresh()).codes).toEqual([]);
});
