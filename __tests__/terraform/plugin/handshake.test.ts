import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createCertificate } from '../../../src/terraform/plugin/certificate';
import { reattachConfig, refusalLine } from '../../../src/terraform/plugin/handshake';
import { launchEnvironment } from '../../../testing/launch-environment';
import { fixtureProgram } from '../fixture-program';
import { call } from './grpc-call';

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

test('a program that was started by hand explains itself and exits', async () => {
  const { code, stderr } = await ended(fixture.start({}));
  expect(code).toBe(1);
  expect(stderr).toContain('started by Terraform or OpenTofu, not by hand');
});

test('an engine without protocol 6 gets an error that says what to do, where it shows it', async () => {
  const child = fixture.start({ ...launchEnvironment, PLUGIN_PROTOCOL_VERSIONS: '5' });
  const [{ code, stderr }, line] = await Promise.all([ended(child), firstLine(child)]);
  expect(code).toBe(1);
  const reason = 'uses plugin protocol 6, and this version of Terraform supports only 5';
  expect(stderr).toContain(reason);
  // An engine shows the first line of standard output.
  expect(line.split('\n')[0]).toContain(`The provider phonestate/fixture did not start: `);
  expect(line.split('\n')[0]).toContain(reason);
});

test('the reason why a provider did not start is one line that is no handshake', () => {
  expect(refusalLine('a/b', 'one | two\n  three | four')).toBe(
    'The provider a/b did not start: one / two three / four\n',
  );
});

test('a temporary folder that does not exist does not keep the provider from starting', async () => {
  const { certificate } = await createCertificate();
  const environment = { ...launchEnvironment, PLUGIN_CLIENT_CERT: certificate, TMPDIR: '/nonexistent/folder' };
  const [, , network, address = ''] = (await firstLine(fixture.start(environment))).split('|');
  expect(network === 'tcp' || statSync(dirname(address)).isDirectory()).toBe(true);
});

test('the handshake line has a socket in a folder of its own, and a certificate as unpadded base64', async () => {
  const { certificate } = await createCertificate();
  const line = await firstLine(
    fixture.start({ ...launchEnvironment, PLUGIN_PROTOCOL_VERSIONS: '6,5', PLUGIN_CLIENT_CERT: certificate }),
  );
  const [core, protocol, network, socket = '', kind, own = ''] = line.trimEnd().split('|');
  expect([core, protocol, network, kind]).toEqual(['1', '6', 'unix', 'grpc']);
  expect(own).toMatch(/^[A-Za-z0-9+/]{300,}$/u);
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
});

test('without a client certificate the provider serves without TLS', async () => {
  const child = fixture.start(launchEnvironment);
  const [, , , socket = '', , own] = (await firstLine(child)).trimEnd().split('|');
  expect(own).toBe('');
  expect(await call({ network: 'unix', address: socket }, '/tfplugin6.Provider/GetMetadata')).toBe('0');
});

test('on Shutdown the provider answers, exits at once and removes its folder', async () => {
  const child = fixture.start(launchEnvironment);
  const [, , , socket = ''] = (await firstLine(child)).split('|');
  const exit = once(child, 'exit');
  expect(await call({ network: 'unix', address: socket }, '/plugin.GRPCController/Shutdown')).toBe('0');
  expect(await exit).toEqual([0, null]);
  expect(existsSync(dirname(socket))).toBe(false);
});

test('what a library prints does not precede the handshake line', async () => {
  expect(await firstLine(fixture.start({ ...launchEnvironment, FIXTURE_NOISE: 'Welcome!' }))).toMatch(/^1\|6\|unix\|/u);
});

test('a provider in debug mode can be reached by Terraform and by OpenTofu', () => {
  const config = JSON.parse(
    reattachConfig('phonestate/fixture', { network: 'tcp', address: '127.0.0.1:1' }, 7),
  ) as object;
  const entry = {
    Protocol: 'grpc',
    ProtocolVersion: 6,
    Pid: 7,
    Test: true,
    Addr: { Network: 'tcp', String: '127.0.0.1:1' },
  };
  expect(config).toEqual({
    'registry.terraform.io/phonestate/fixture': entry,
    'registry.opentofu.org/phonestate/fixture': entry,
  });
});
