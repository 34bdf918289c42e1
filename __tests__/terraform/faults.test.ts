/** What is left in state when a resource, a signal or a crash breaks the rules. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureProgram } from './fixture-program';

jest.setTimeout(60_000);

const fixture = fixtureProgram();
afterAll(() => fixture.close());

let workspace: ReturnType<typeof fixture.workspace>;
beforeEach(() => {
  workspace = fixture.workspace();
});
const configure = (mode: string) => workspace.write(`resource "fixture_faulty" "s" {\n  mode = "${mode}"\n}\n`);
const apply = () => workspace.run('apply -auto-approve -input=false');

test.each([
  ['another type', 'size is not a number', null],
  ['no number', 'size is not a number', null],
  ['an unknown name', 'the provider returned colour, which its schema does not have', 1],
])('an object that was created stays in state where the resource tells of it with %s', async (mode, message, size) => {
  configure(mode);
  const { code, output } = await apply();
  expect(code).toBe(1);
  expect(output.replace(/\s+/gu, ' ')).toContain(message);
  expect(output).toContain('Code: provider-bug');
  expect(output.match(/Error:/gu)).toHaveLength(1);
  expect(workspace.state()).toMatchObject({ status: 'tainted', attributes: { id: 'made', mode, size } });
});

test('an update that a resource tells of in the wrong form leaves what was recorded', async () => {
  configure('right');
  expect(await apply()).toMatchObject({ code: 0 });
  configure('another type');
  expect(await apply()).toMatchObject({ code: 1, output: expect.stringContaining('size is not a number') as string });
  expect(workspace.state()?.attributes).toMatchObject({ mode: 'right', size: 1 });
});

test('a number that is none is an error of the plan and never reaches terraform, which would crash', async () => {
  configure('no number planned');
  const { output } = await workspace.run('plan -input=false');
  expect(output).toContain('size is not a number');
  expect(output).not.toContain('CRASH');
});

test('blocks that a resource leaves out are empty ones', async () => {
  configure('no blocks');
  expect(await apply()).toMatchObject({ code: 0 });
  expect(workspace.state()?.attributes).toMatchObject({ line: [], tag: [], group: {}, frame: { title: null } });
  expect(await workspace.run('plan -detailed-exitcode -input=false')).toMatchObject({ code: 0 });
});

test('a resource that cannot be imported says so', async () => {
  configure('right');
  expect((await workspace.run('import -input=false fixture_faulty.s some-id')).output).toContain(
    'Code: import-unsupported',
  );
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('waited in vain');
}

/** An apply that is in the middle of a creation. */
async function applying() {
  configure('slow');
  const meeting = workspace.rendezvous();
  const terraform = workspace.runInGroup('apply -auto-approve -input=false', { FIXTURE_MEETING: meeting });
  await until(() => existsSync(join(meeting, 'began')));
  return { ...terraform, meeting };
}

test.each([
  ['SIGINT', true],
  ['SIGTERM', true],
  ['SIGHUP', false],
] as const)(
  '%s to the whole process group lets a creation finish, and its object is in state',
  async (signal, stops) => {
    const { pid, ended, meeting } = await applying();
    process.kill(-pid, signal);
    if (stops) await until(() => existsSync(join(meeting, 'run-interrupted')));
    else await new Promise((resolve) => setTimeout(resolve, 200));
    writeFileSync(join(meeting, 'go'), '');
    expect(await ended).toContain('Creation complete');
    expect(workspace.state()).toMatchObject({ attributes: { id: 'made' } });
    expect(await fixture.providers()).toEqual([]);
  },
);

test('a terraform that is killed takes its providers with it', async () => {
  const { pid } = await applying();
  expect(await fixture.providers()).not.toEqual([]);
  process.kill(pid, 'SIGKILL');
  await until(async () => (await fixture.providers()).length === 0);
});
