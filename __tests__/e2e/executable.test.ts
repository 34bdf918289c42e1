/**
 * The executables: what is tested on Node.js too, and what only they do. Other end-to-end tests run on them as well
 * (testing/provider-file.ts).
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { version } from '../../src/address';
import { hostPlatform } from '../../src/cli/install';
import { createCertificate } from '../../src/terraform/plugin/certificate';
import { packageHash, zip } from '../../scripts/release/archive';
import { writeMirror } from '../../scripts/release/mirror';
import { providerPackage } from '../../scripts/release/programs';
import { makeExecutables } from '../../testing/executables';
import { launchEnvironment } from '../../testing/launch-environment';
import { startMirrorServer } from '../../testing/mirror-server';
import { executables } from '../../testing/provider-file';
import { useTemporaryFolder } from '../temporary-folder';
import { call } from '../terraform/plugin/grpc-call';
import { useNetwork } from '../vicidial/connection/gates';
import { applyThroughGates } from './access-run';
import { phone, secrets, useTestbed } from './harness';
import { expectCleanInterruption, until } from './interrupted-apply';

jest.setTimeout(300_000);

const missing = makeExecutables();
if (missing) console.warn(`The tests of the executables are skipped: ${missing}`);
const withExecutables = missing === undefined ? describe : describe.skip;

withExecutables('the executable of the provider', () => {
  const { provider, command } = missing === undefined ? executables() : { provider: '', command: '' };
  const testbed = useTestbed({ file: provider, isSparing: false });
  const network = useNetwork();
  const temporary = useTemporaryFolder();

  afterEach(() => jest.restoreAllMocks());

  /** Variables and files that would change what Bun or Node.js run, in the folder of the workspace. */
  function hostileSurroundings(): Record<string, string> {
    const { workspace } = testbed;
    const hook = join(workspace.folder, 'hook.js');
    workspace.write('hook.js', 'console.log("hook"); process.exit(7);');
    workspace.write('.env', 'VICIDIAL_READ_FROM=nowhere\n');
    workspace.write('bunfig.toml', 'preload = ["./hook.js"]\n');
    return {
      NODE_OPTIONS: `--require ${hook}`,
      BUN_OPTIONS: `--preload ${hook}`,
      BUN_BE_BUN: '1',
      BUN_INSPECT: 'ws://127.0.0.1:0/?break=1',
    };
  }

  /** A mirror with the package of this platform, as a release has it, but not compressed. */
  function mirrorOfExecutable(): string {
    const folder = dirname(dirname(provider));
    const { name, files } = providerPackage({ folder, platform: hostPlatform(), version, legal: [] });
    const archive = join(temporary.path, name);
    writeFileSync(archive, zip(files, 0));
    const mirror = join(temporary.path, 'mirror');
    const hashes = [packageHash(files)];
    writeMirror(mirror, version, [{ platform: hostPlatform(), archive, name, hashes }]);
    return mirror;
  }

  // Only on Linux do the engines take authorities from SSL_CERT_FILE.
  const onLinux = process.platform === 'linux' ? test : test.skip;

  onLinux('comes from mirrors, and plans, applies and destroys without Node.js, whatever is around it', async () => {
    const { workspace } = testbed;
    const mirror = mirrorOfExecutable();
    const server = await startMirrorServer(mirror);
    const authority = join(temporary.path, 'ca.pem');
    writeFileSync(authority, server.certificate);
    const empty = join(workspace.folder, 'bin');
    mkdirSync(empty);
    const environment = { ...hostileSurroundings(), PATH: empty, SSL_CERT_FILE: authority };
    const installation = (method: string) =>
      workspace.write('terraform.rc', `provider_installation {\n  ${method}\n}\n`);
    testbed.declare({ desk: phone('55000') });
    try {
      installation(`network_mirror {\n    url = "${server.url}"\n  }`);
      await workspace.expectSuccess(['init', '-input=false'], environment);
      expect(server.requests.at(-1)).toContain('.zip');
      expect((await workspace.plan([], environment)).code).toBe(2);
      await workspace.expectApply([], environment);
      expect(testbed.writes()).toHaveLength(1);
      expect((await workspace.plan([], environment)).code).toBe(0);
      // The same folder with its archives, and the lock file of the network mirror.
      installation(`filesystem_mirror {\n    path = "${mirror}"\n  }`);
      rmSync(join(workspace.folder, '.terraform'), { recursive: true });
      await workspace.expectSuccess(['init', '-input=false', '-lockfile=readonly'], environment);
      await workspace.expectSuccess(['destroy', '-auto-approve', '-no-color'], environment);
      expect(testbed.emulator.store.phones).toEqual([]);
    } finally {
      server.close();
    }
  });

  test('passes proxy, gate and certificates', () => applyThroughGates(network, temporary.path, { file: provider }));

  test('lets what was started finish after Ctrl-C', () => expectCleanInterruption(testbed));

  /** Starts it as an engine does, with a certificate for the connection. */
  async function launch(PLUGIN_CLIENT_CERT: string, start = [provider]) {
    const [program = '', ...args] = start;
    const child = spawn(program, args, {
      env: { ...launchEnvironment, PLUGIN_CLIENT_CERT, TMPDIR: temporary.path },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const [, , , address = ''] = line.toString().split('|');
    return { child, address };
  }

  test('admits who has the certificate of the engine and no one else, and exits with what has started it', async () => {
    const [engine, other] = await Promise.all([createCertificate(), createCertificate()]);
    const shell = ['/bin/sh', '-c', `"${provider}" & wait`];
    const { child, address } = await launch(engine.certificate, shell);
    const schema = '/tfplugin6.Provider/GetProviderSchema';
    expect(await call({ network: 'unix', address }, schema, engine)).toBe('0');
    await expect(call({ network: 'unix', address }, schema, other)).rejects.toThrow();
    child.kill('SIGKILL');
    const closed = once(child.stdout, 'close');
    // Its end of the pipe is open as long as it runs.
    await closed;
    await expect(call({ network: 'unix', address }, schema, engine)).rejects.toThrow();
    await until(() => child.signalCode !== null);
  });

  test('goes on after the signals that a shell or a runner sends to the whole group', async () => {
    const engine = await createCertificate();
    const { child, address } = await launch(engine.certificate);
    const exit = once(child, 'exit');
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) child.kill(signal);
    expect(await call({ network: 'unix', address }, '/tfplugin6.Provider/GetProviderSchema', engine)).toBe('0');
    child.kill('SIGKILL');
    await exit;
  });

  test('the command does what it does on Node.js, and warns of variables that Bun acts on', async () => {
    const run = (args: readonly string[], environment: Record<string, string> = {}) =>
      promisify(execFile)(command, args, { env: environment, cwd: testbed.workspace.folder });
    const { NODE_OPTIONS = '' } = hostileSurroundings();
    const login = { VICIDIAL_URL: testbed.emulator.url, VICIDIAL_USER: 'planner', VICIDIAL_PASSWORD: secrets.api };
    const doctor = await run(['doctor', '--json'], { NODE_OPTIONS, ...login });
    expect(JSON.parse(doctor.stdout)).toContainEqual(expect.objectContaining({ name: 'delete', status: 'ok' }));
    expect(doctor.stderr).toBe('');
    const warned = await run(['--version'], { BUN_OPTIONS: '--smol' });
    expect(warned.stdout.trim()).toBe(version);
    expect(warned.stderr).toContain('BUN_OPTIONS');
  });

  test('the programs contain no name of the folder in which they were made, so each build has the same bytes', () => {
    for (const program of [command, join(dirname(provider), 'provider-glibc')])
      if (existsSync(program)) expect(readFileSync(program).includes(tmpdir() + '/phonestate-')).toBe(false);
  });

  test('THIRD-PARTY-NOTICES has the licence of Bun and of each package', () => {
    const folder = dirname(dirname(dirname(provider)));
    const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['Bun 1.', 'undici ', 'mysql2 ', 'commander ', 'GNU LESSER GENERAL PUBLIC LICENSE'])
      expect(notices).toContain(name);
  });
});
