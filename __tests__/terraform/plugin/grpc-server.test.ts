import { createCertificate, type Certificate } from '../../../src/terraform/plugin/certificate';
import { grpcServer } from '../../../src/terraform/plugin/grpc-server';
import { listen, type Network } from '../../../src/terraform/plugin/listener';
import { log } from '../../../src/terraform/logger';
import { call } from './grpc-call';

const metadata = '/tfplugin6.Provider/GetMetadata';
const logged = jest.spyOn(log, 'error').mockImplementation(() => {});
beforeEach(() => logged.mockClear());

const servers: ReturnType<typeof grpcServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function start(network: Network, tls?: { readonly own: Certificate; readonly client: Certificate }) {
  const onShutdown = jest.fn();
  const answer = jest.fn((_rpc: string, request: Uint8Array) =>
    request.length > 1 ? Promise.reject(new RangeError('malformed')) : Promise.resolve(Buffer.from(request)),
  );
  const server = grpcServer({
    answer,
    onShutdown,
    ...(tls ? { tls: { ...tls.own, clientCertificate: tls.client.certificate } } : {}),
  });
  servers.push(server);
  return { address: await listen(server, network), answer, onShutdown };
}

describe.each(['unix', 'tcp'] as const)('over %s', (network) => {
  test('serves the client that has the certificate, and rejects every other before any RPC', async () => {
    const [own, client, other] = await Promise.all([createCertificate(), createCertificate(), createCertificate()]);
    const { address, answer } = await start(network, { own, client });
    expect(await call(address, metadata, client)).toBe('0');
    expect(answer).toHaveBeenCalledTimes(1);
    await expect(call(address, metadata, other)).rejects.toThrow();
    expect(logged).toHaveBeenCalledWith(expect.stringContaining('rejected a client'));
    expect(answer).toHaveBeenCalledTimes(1);
  });

  test('serves without TLS where there is no client certificate', async () => {
    const { address } = await start(network);
    expect(await call(address, metadata)).toBe('0');
  });
});

test('an RPC that is not served is UNIMPLEMENTED', async () => {
  const { address, answer } = await start('unix');
  expect(await call(address, '/plugin.GRPCBroker/StartStream')).toBe('12');
  expect(await call(address, '/tfplugin6.Provider/GenerateResourceConfig')).toBe('12');
  expect(answer).not.toHaveBeenCalled();
});

test.each([
  ['a message that cannot be decoded', '0000000002ffff'],
  ['a compressed message', '0100000001ff'],
  ['a message that is shorter than its prefix says', '0000000005ff'],
])('%s is an INTERNAL error, and the server goes on', async (_what, body) => {
  const { address } = await start('unix');
  expect(await call(address, metadata, undefined, Buffer.from(body, 'hex'))).toBe('13');
  expect(await call(address, metadata)).toBe('0');
});

test('an RPC that is answered by a stream has every message as it comes, and the status of how it ended', async () => {
  const emitted: string[] = [];
  const server = grpcServer({
    answer: async (rpc, _request, _session, emit = () => {}) => {
      emit(Buffer.from('one'));
      await new Promise((resolve) => setImmediate(resolve));
      emit(Buffer.from('two'));
      if (rpc === 'InvokeAction') throw new Error('out of order');
      return Buffer.alloc(0);
    },
    onShutdown: () => {},
  });
  servers.push(server);
  const address = await listen(server, 'unix');
  const collect = (bytes: Buffer) => emitted.push(bytes.toString('latin1'));
  const path = (rpc: string) => `/tfplugin6.Provider/${rpc}`;
  expect(await call(address, path('ListResource'), undefined, undefined, collect)).toBe('0');
  expect(emitted.join('')).toBe('\0\0\0\0\x03one\0\0\0\0\x03two');
  expect(await call(address, path('InvokeAction'))).toBe('13');
  expect(logged).toHaveBeenCalledWith(expect.stringContaining('InvokeAction failed'), expect.anything());
});

test('a stream that fails before its first message is an error too', async () => {
  const server = grpcServer({ answer: () => Promise.reject(new Error('no')), onShutdown: () => {} });
  servers.push(server);
  expect(await call(await listen(server, 'unix'), '/tfplugin6.Provider/ListResource')).toBe('13');
});

test('Shutdown is answered before the process exits', async () => {
  const { address, onShutdown } = await start('unix');
  expect(await call(address, metadata)).toBe('0');
  expect(onShutdown).not.toHaveBeenCalled();
  expect(await call(address, '/plugin.GRPCController/Shutdown')).toBe('0');
  await new Promise((resolve) => setImmediate(resolve));
  expect(onShutdown).toHaveBeenCalledTimes(1);
});
