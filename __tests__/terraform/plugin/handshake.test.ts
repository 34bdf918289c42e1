import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { connect, constants, type IncomingHttpHeaders } from 'node:http2';
import { dirname } from 'node:path';
import { createCertificate } from '../../../src/terraform/plugin/certificate';
import { cookie, fixtureProgram } from '../fixture-program';

jest.setTimeout(30_000);

const fixture = fixtureProgram();
afterAll(() => fixture.close());

type Child = ReturnType<typeof fixture.start>;

async function ended(child: Child) {
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, stderr };
}

async function firstLine(child: Child): Promise<string> {
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return chunk.toString();
}

test('without the cookie of terraform explains itself and ends', async () => {
  const { code, stderr } = await ended(fixture.start({}));
  expect(code).toBe(1);
  expect(stderr).toContain('started by Terraform or OpenTofu, not by hand');
});

test('with a terraform that does not speak protocol 6 says so', async () => {
  const { code, stderr } = await ended(fixture.start({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: '5' }));
  expect(code).toBe(1);
  expect(stderr).toContain('uses plugin protocol 6, and this version of Terraform supports only 5');
});

test('names a socket in a folder of its own, and a certificate as unpadded base64', async () => {
  const { certificate } = await createCertificate();
  const line = await firstLine(
    fixture.start({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: '6,5', PLUGIN_CLIENT_CERT: certificate }),
  );
  const [core, protocol, network, socket = '', kind, own = ''] = line.trimEnd().split('|');
  expect([core, protocol, network, kind]).toEqual(['1', '6', 'unix', 'grpc']);
  expect(own).toMatch(/^[A-Za-z0-9+/]{300,}$/u);
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
});

test('without a client certificate serves in the clear', async () => {
  const child = fixture.start(cookie);
  const [, , , socket = '', , own] = (await firstLine(child)).trimEnd().split('|');
  expect(own).toBe('');
  expect(await call(socket, '/tfplugin6.Provider/GetMetadata')).toBe('0');
  expect(await call(socket, '/plugin.GRPCBroker/StartStream')).toBe('12');
});

test('turns away a client that has not the certificate of terraform', async () => {
  const { certificate: expected } = await createCertificate();
  const stranger = await createCertificate();
  const child = fixture.start({ ...cookie, PLUGIN_CLIENT_CERT: expected });
  const [, , , socket = ''] = (await firstLine(child)).split('|');
  const answer = call(socket, '/tfplugin6.Provider/GetMetadata', {
    cert: stranger.certificate,
    key: stranger.privateKey,
  });
  await expect(answer).rejects.toThrow();
});

test('on Shutdown answers, ends at once and takes its folder away', async () => {
  const child = fixture.start(cookie);
  const [, , , socket = ''] = (await firstLine(child)).split('|');
  const exit = once(child, 'exit');
  expect(await call(socket, '/plugin.GRPCController/Shutdown')).toBe('0');
  expect(await exit).toEqual([0, null]);
  expect(existsSync(dirname(socket))).toBe(false);
});

test('a broken message is an error of gRPC, and the provider goes on', async () => {
  const [, , , socket = ''] = (await firstLine(fixture.start(cookie))).split('|');
  expect(await call(socket, '/tfplugin6.Provider/ReadResource', {}, Buffer.from('0000000002ff', 'hex'))).toBe('13');
  expect(await call(socket, '/tfplugin6.Provider/GetMetadata')).toBe('0');
});

test('what a library prints does not get between terraform and the handshake', async () => {
  expect(await firstLine(fixture.start({ ...cookie, FIXTURE_NOISE: 'Welcome!' }))).toMatch(/^1\|6\|unix\|/u);
});

/** One call with an empty message; comes back with the status of gRPC. */
function call(
  socket: string,
  path: string,
  tls: { cert?: string; key?: string } = {},
  body = Buffer.alloc(5),
): Promise<string> {
  return new Promise((resolve, reject) => {
    const session = tls.cert
      ? connect('https://localhost', { path: socket, rejectUnauthorized: false, ...tls })
      : connect('http://localhost', { path: socket });
    session.on('error', reject);
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: path,
      te: 'trailers',
      'content-type': 'application/grpc',
    });
    let status: string | undefined;
    stream.on('response', (headers) => (status ??= headers['grpc-status'] as string | undefined));
    stream.on('trailers', (headers: IncomingHttpHeaders) => (status ??= headers['grpc-status'] as string | undefined));
    stream.on('error', reject);
    stream.on('close', () => {
      session.close();
      if (status === undefined) reject(new Error('closed without a status'));
      else resolve(String(status));
    });
    stream.resume();
    stream.end(body);
  });
}
