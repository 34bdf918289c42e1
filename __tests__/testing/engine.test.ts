import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine, runEngine, startEngine } from '../../testing/engine';
import { Workspace } from '../../testing/workspace';

let folder: string;
const environment = process.env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonestate-engine-'));
  process.env = { PATH: folder };
});
afterEach(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});

/** Puts a shell script on the PATH. */
function addCommand(name: string, script = 'exit 0'): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

test('terraform is preferred to tofu, and PHONESTATE_ENGINE to both, as a name or as a path', () => {
  expect(() => findEngine()).toThrow('Neither terraform nor tofu is on the PATH');
  const tofu = addCommand('tofu');
  expect(findEngine()).toBe(tofu);
  expect(addCommand('terraform')).toBe(findEngine());
  process.env.PHONESTATE_ENGINE = 'tofu';
  expect(findEngine()).toBe(tofu);
  process.env.PHONESTATE_ENGINE = addCommand('terraform-next');
  expect(findEngine()).toBe(join(folder, 'terraform-next'));
  process.env.PHONESTATE_ENGINE = 'none';
  expect(() => findEngine()).toThrow('PHONESTATE_ENGINE is "none"');
});

test('a run has the exit code, both outputs, and no variable of this process but PATH', async () => {
  process.env.VICIDIAL_USER = 'leaked';
  addCommand('terraform', 'echo "$1 $MINE $VICIDIAL_USER"; echo failed >&2; exit 3');
  const run = await runEngine(['plan'], { folder, environment: { MINE: 'given' } });
  expect(run).toMatchObject({ code: 3, stdout: 'plan given \n' });
  expect(run.output).toContain('failed');
});

test('a run has a temporary folder of its own', async () => {
  process.env.TMPDIR = folder;
  addCommand('terraform', 'echo "$TMPDIR"; cd "$TMPDIR"');
  const temporary = join(folder, 'tmp');
  expect(await runEngine([], { folder })).toMatchObject({ code: 0, stdout: `${temporary}\n` });
});

test('a signal reaches the engine alone or its group, and such a run has no exit code', async () => {
  addCommand('terraform', 'while :; do :; done');
  const run = startEngine(['apply'], { folder, ownGroup: true });
  run.signal('SIGKILL', 'group');
  expect((await run.ended).code).toBeUndefined();
  // It has ended: nothing is sent, and no other process with this id gets it.
  run.signal('SIGKILL', 'engine');
});

test('an engine that ignores SIGHUP goes on', async () => {
  addCommand('terraform', 'kill -HUP $$; exit 4');
  expect((await runEngine([], { folder, ignoreHangup: true })).code).toBe(4);
  expect((await runEngine([], { folder })).code).toBeUndefined();
});

test('a state file of 0 bytes is no state', async () => {
  const workspace = await Workspace.create();
  workspace.write('terraform.tfstate', '');
  expect(workspace.state()).toEqual({});
  workspace.remove();
});
