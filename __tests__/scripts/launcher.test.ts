/** The head of the bundled provider (scripts/launcher.sh): how it starts, and what an engine shows where it does not. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchEnvironment } from '../../testing/launch-environment';
import { bundle } from '../../testing/provider-file';
import { useTemporaryFolder } from '../temporary-folder';
import { call } from '../terraform/plugin/grpc-call';

jest.setTimeout(60_000);

const temporary = useTemporaryFolder();

interface Start {
  readonly file?: string;
  /** Commands of a shell that come before, such as a limit. */
  readonly before?: string;
}

/**
 * Starts the provider as an engine does, from a shell, and returns the first line of its standard output. A provider that
 * can start refuses an engine of protocol 5, and ends.
 */
function firstLine(environment: Readonly<Record<string, string>>, { file = bundle, before = ':' }: Start = {}): string {
  const { stdout } = spawnSync('/bin/sh', ['-c', `${before}; exec "$0"`, file], {
    env: { PATH: process.env.PATH, ...launchEnvironment, PLUGIN_PROTOCOL_VERSIONS: '5', ...environment },
    encoding: 'utf8',
  });
  return stdout.split('\n')[0] ?? '';
}

/** What the provider itself says in these tests. */
const started = /^The provider phonestate\/vicidial did not start: The provider .* uses plugin protocol 6/u;
const refused = (reason: string) => `The provider phonestate/vicidial did not start: ${reason}`;

/** A file that is a program. */
function program(name: string, text: string): string {
  const file = join(temporary.path, name);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

test.each([
  ['loads what is missing', '--require /nonexistent/hook.js'],
  ['switches WebAssembly off', '--jitless'],
  ['is not valid', '--no-such-option'],
])('NODE_OPTIONS that %s does not matter', (_what, options) => {
  expect(firstLine({ NODE_OPTIONS: options })).toMatch(started);
});

test('NODE_OPTIONS that prints does not matter', () => {
  const hook = program('hook.js', 'console.log("Debugger attached.")');
  expect(firstLine({ NODE_OPTIONS: `--require ${hook}` })).toMatch(started);
});

test('PHONESTATE_NODE_OPTIONS is passed on, and what it breaks is named', () => {
  const hook = program('hook.js', 'process.env.PLUGIN_PROTOCOL_VERSIONS = "4"');
  expect(firstLine({ PHONESTATE_NODE_OPTIONS: `--require ${hook}` })).toMatch(/supports only 4\./u);
  const line = firstLine({ PHONESTATE_NODE_OPTIONS: '--jitless' });
  expect(line).toContain('WebAssembly is not defined');
  expect(line).toContain('PHONESTATE_NODE_OPTIONS (--jitless)');
});

test('Node.js does not read NODE_EXTRA_CA_CERTS at start, and the provider finds it', () => {
  const found = join(temporary.path, 'found');
  const hook = program(
    'hook.js',
    `const atStart = process.env.NODE_EXTRA_CA_CERTS ?? 'none';
    process.on('exit', () => require('fs').writeFileSync('${found}', [atStart, process.env.NODE_EXTRA_CA_CERTS].join()));`,
  );
  const extra = program('authorities.pem', '');
  expect(firstLine({ NODE_EXTRA_CA_CERTS: extra, PHONESTATE_NODE_OPTIONS: `--require ${hook}` })).toMatch(started);
  expect(readFileSync(found, 'utf8')).toBe(`none,${extra}`);
});

test('a broken OPENSSL_CONF is named with what Node.js says of it, and a good one does not matter', () => {
  const broken = program('broken.cnf', 'no section [[[ and no | equal sign\n');
  const line = firstLine({ OPENSSL_CONF: broken });
  expect(line).toContain(refused('Node.js ('));
  expect(line).toContain('OpenSSL configuration error');
  expect(line).toContain(`OPENSSL_CONF (${broken})`);
  // With three separators it would be read as a handshake.
  expect(line).not.toContain('|');
  expect(firstLine({ OPENSSL_CONF: program('good.cnf', '') })).toMatch(started);
});

test('under a limit of virtual memory it starts with WebAssembly, and where that is too low it says so', () => {
  expect(firstLine({}, { before: 'ulimit -v 2000000' })).toMatch(started);
  // macOS does not enforce it.
  if (process.platform === 'linux')
    expect(firstLine({}, { before: 'ulimit -v 300000' })).toContain('(ulimit -v: 300000 KiB)');
});

test.each(['v20.18.0', 'v18.20.8', 'v4.9.1', 'v0.10.48'])(
  'Node.js %s is named as too old, with what to do',
  (version) => {
    const node = program('node', `#!/bin/sh\necho ${version}\n`);
    const line = firstLine({ PATH: `${temporary.path}:${process.env.PATH}` });
    expect(line).toContain(refused('it needs Node.js 20.18.1 or later'));
    expect(line).toContain(`(${node}) is ${version}.`);
    expect(line).toContain('PHONESTATE_NODE');
  },
);

test.each(['v20.18.1', 'v22.0.0', 'v100.0.0-nightly2030'])('Node.js %s is new enough', (version) => {
  const node = program('new', `#!/bin/sh\n[ "$1" = --version ] && echo ${version} || echo "started $*"\n`);
  expect(firstLine({ PHONESTATE_NODE: node })).toContain('started -e');
});

test('Node.js that is missing, or is something else, is named', () => {
  expect(firstLine({ PATH: '/nonexistent' })).toContain('there is no program "node" on the PATH (/nonexistent)');
  const shim = program('shim', '#!/bin/sh\necho "No version is set for node" >&2\nexit 126\n');
  expect(firstLine({ PHONESTATE_NODE: shim })).toContain('and printed: No version is set for node');
  const other = program('other', '#!/bin/sh\necho "other 1.0"\n');
  expect(firstLine({ PHONESTATE_NODE: other })).toContain('is not Node.js: its version is "other 1.0"');
});

test.each(['terraform-provider-vicidial_v0.1.0', 'terraform-provider-vicidial.js'])(
  'a package.json with the type "module" above %s does not matter',
  (name) => {
    const folder = join(temporary.path, 'deep');
    mkdirSync(folder);
    writeFileSync(join(temporary.path, 'package.json'), '{"type":"module"}');
    copyFileSync(bundle, join(folder, name));
    expect(firstLine({}, { file: join(folder, name) })).toMatch(started);
  },
);

test('Git leaves the line ends of the provider as they are, whatever autocrlf says', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.autocrlf=true', '-c', 'core.safecrlf=false', ...args], {
      cwd: temporary.path,
      stdio: 'pipe',
      env: { PATH: process.env.PATH, HOME: temporary.path, GIT_CONFIG_NOSYSTEM: '1' },
    });
  const file = join(temporary.path, 'terraform-provider-vicidial_v0.1.0');
  const text = join(temporary.path, 'text');
  copyFileSync(bundle, file);
  writeFileSync(text, 'a\nb\n');
  git('init', '-q');
  git('add', '.');
  rmSync(file);
  rmSync(text);
  git('checkout', '--', '.');
  // What has line ends only is converted, so the setting has its effect.
  expect(readFileSync(text, 'utf8')).toBe('a\r\nb\r\n');
  expect(readFileSync(file).equals(readFileSync(bundle))).toBe(true);
});

test('arguments reach the provider', async () => {
  const child = spawn(bundle, ['--debug'], { stdio: ['ignore', 'pipe', 'inherit'] });
  expect(String(await once(child.stdout, 'data'))).toContain('TF_REATTACH_PROVIDERS');
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  expect(await exit).toEqual([0, null]);
});

test('where there is no shell, Node.js runs the file itself', async () => {
  const child = spawn(process.execPath, [bundle], { env: launchEnvironment, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [, , , address = ''] = String(await once(child.stdout, 'data')).split('|');
    expect(await call({ network: 'unix', address }, '/tfplugin6.Provider/GetMetadata')).toBe('0');
  } finally {
    child.kill('SIGKILL');
  }
});
