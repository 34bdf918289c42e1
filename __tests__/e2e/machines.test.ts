/** The provider on machines that make starting difficult, and as one process for many runs; with a real engine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from '../../src/emulator/emulator';
import { bundle, nodeProviderFile } from '../../testing/provider-file';
import { phone, secrets, system, useTestbed } from './harness';

jest.setTimeout(120_000);

const testbed = useTestbed({ provider: 'mirror' });

test('a phone is applied where everything is unusual: package.json, TMPDIR, NODE_OPTIONS, a limit of memory', async () => {
  const { workspace } = testbed;
  writeFileSync(join(workspace.folder, 'package.json'), '{"type":"module"}');
  testbed.declare({ desk: phone('55000') });
  await workspace.init();
  // The engine has no limit: it is set by what it takes for Node.js.
  const node = join(workspace.folder, 'limited-node');
  writeFileSync(node, `#!/bin/sh\nulimit -v 3000000\nexec ${process.execPath} --disable-wasm-trap-handler "$@"\n`, {
    mode: 0o755,
  });
  const unusual = {
    NODE_OPTIONS: '--jitless --require /nonexistent/hook.js',
    PHONESTATE_NODE: node,
    TMPDIR: join(workspace.folder, 'd'.repeat(90)),
  };
  await workspace.expectApply([], unusual);
  expect(testbed.writes()).toHaveLength(1);
  expect((await workspace.plan([], unusual)).code).toBe(0);
});

/** The executable does not read the configuration of OpenSSL. */
const onNode = nodeProviderFile === bundle ? test : test.skip;

onNode('why the provider does not start is in the output of the engine', async () => {
  const { workspace } = testbed;
  testbed.declare({ desk: phone('55000') });
  await workspace.init();
  const broken = join(workspace.folder, 'openssl.cnf');
  writeFileSync(broken, 'no section [[[\n');
  const { output } = await workspace.plan([], { OPENSSL_CONF: broken });
  // The engine breaks lines.
  expect(output.replace(/\s+/gu, ' ')).toContain('The provider phonestate/vicidial did not start: Node.js');
  expect(output).toContain('OPENSSL_CONF');
});

test('in debug mode, one process serves two provider blocks, each on its own server', async () => {
  const { workspace } = testbed;
  const other = await startEmulator({ data: system });
  mkdirSync(join(workspace.folder, 'tmp'), { recursive: true });
  const provider = spawn(nodeProviderFile, ['--debug'], {
    env: { PATH: process.env.PATH, TMPDIR: join(workspace.folder, 'tmp') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [, reattach = ''] = /TF_REATTACH_PROVIDERS='(.*)'/u.exec(String(await once(provider.stdout, 'data'))) ?? [];
    const settings = { user: 'planner', password: secrets.api };
    const at = (extensions: readonly string[], fields = {}) =>
      Object.fromEntries(extensions.map((extension) => [`p${extension}`, { ...phone(extension), ...fields }]));
    workspace.configure({
      provider: {
        vicidial: [
          { ...settings, url: testbed.emulator.url },
          { ...settings, url: other.url, alias: 'other' },
        ],
      },
      resource: {
        vicidial_phone: { ...at(['55000', '55001']), ...at(['66000', '66001'], { provider: 'vicidial.other' }) },
      },
    });
    await workspace.expectApply([], { TF_REATTACH_PROVIDERS: reattach });
    const made = [testbed.emulator, other].map(({ journal }) => journal.writes.map(String).join('\n'));
    expect(made[0]).toMatch(/55000[^]*55001|55001[^]*55000/u);
    expect(made[0]).not.toContain('6600');
    expect(made[1]).toMatch(/66000[^]*66001|66001[^]*66000/u);
    expect(made[1]).not.toContain('5500');
    // The same process again, with nothing left of the first run.
    expect((await workspace.plan([], { TF_REATTACH_PROVIDERS: reattach })).code).toBe(0);
  } finally {
    const exit = once(provider, 'exit');
    provider.kill('SIGINT');
    await exit;
    await other.close();
  }
});
