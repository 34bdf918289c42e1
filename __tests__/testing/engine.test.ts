import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findEngine, runEngine, startEngine } from '../../testing/engine';
import { Workspace } from '../../testing/workspace';
import { useTemporaryFolder } from '../temporary-folder';

const temporary = useTemporaryFolder();
const environment = process.env;
beforeEach(() => {
  process.env = { PATH: temporary.path };
});
afterEach(() => {
  process.env = environment;
});

/** Puts a shell script on the PATH. */
function addCommand(name: string, script = 'exit 0'): string {
  const file = join(temporary.path, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

test('terraform is preferred to tofu, PHONESTATE_ENGINE to both, as a name or as a path, and the cache comes last', () => {
  const cached = join(temporary.path, 'cached-tofu');
  expect(() => findEngine(cached)).toThrow(/Neither terraform nor tofu is on the PATH; npm test .* Install/u);
  expect(addCommand('cached-tofu')).toBe(findEngine(cached));
  const tofu = addCommand('tofu');
  expect(findEngine(cached)).toBe(tofu);
  expect(findEngine()).toBe(tofu);
  expect(addCommand('terraform')).toBe(findEngine());
  process.env.PHONESTATE_ENGINE = 'tofu';
  expect(findEngine()).toBe(tofu);
  process.env.PHONESTATE_ENGINE = addCommand('terraform-next');
  expect(findEngine()).toBe(join(temporary.path, 'terraform-next'));
  process.env.PHONESTATE_ENGINE = 'none';
  expect(() => findEngine()).toThrow('PHONESTATE_ENGINE is "none"');
});

test('a run has the exit code, both outputs, and no variable of this process but PATH', async () => {
  process.env.VICIDIAL_USER = 'leaked';
  addCommand('terraform', 'echo "$1 $MINE $VICIDIAL_USER"; echo failed >&2; exit 3');
  const run = await runEngine(['plan'], { folder: temporary.path, environment: { MINE: 'given' } });
  expect(run).toMatchObject({ code: 3, stdout: 'plan given \n' });
  expect(run.output).toContain('failed');
});

test('a run has a temporary folder of its own', async () => {
  process.env.TMPDIR = temporary.path;
  addCommand('terraform', 'echo "$TMPDIR"; cd "$TMPDIR"');
  expect(await runEngine([], { folder: temporary.path })).toMatchObject({
    code: 0,
    stdout: `${join(temporary.path, 'tmp')}\n`,
  });
});

test('a signal reaches the engine alone or its group, and such a run has no exit code', async () => {
  addCommand('terraform', 'while :; do :; done');
  const run = startEngine(['apply'], { folder: temporary.path, ownGroup: true });
  run.signal('SIGKILL', 'group');
  expect((await run.ended).code).toBeUndefined();
  // It has ended: nothing is sent, and no other process with this id gets it.
  run.signal('SIGKILL', 'engine');
});

test('an engine that ignores SIGHUP goes on', async () => {
  addCommand('terraform', 'kill -HUP $$; exit 4');
  expect((await runEngine([], { folder: temporary.path, ignoreHangup: true })).code).toBe(4);
  expect((await runEngine([], { folder: temporary.path })).code).toBeUndefined();
});

test('a state file of 0 bytes is no state', async () => {
  const workspace = await Workspace.create();
  workspace.write('terraform.tfstate', '');
  expect(workspace.state()).toEqual({});
  workspace.remove();
});
