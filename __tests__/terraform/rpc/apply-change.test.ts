/** What a failed apply leaves in state, with a real engine. */
import { fixtureProgram } from '../fixture-program';

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
])('an object that was created stays in state where the resource returns it with %s', async (mode, message, size) => {
  configure(mode);
  const { code, output } = await apply();
  expect(code).toBe(1);
  expect(output.replace(/\s+/gu, ' ')).toContain(message);
  expect(output).toContain('Code: provider-bug');
  expect(output.match(/Error:/gu)).toHaveLength(1);
  expect(workspace.state()).toMatchObject({ status: 'tainted', attributes: { id: 'made', mode, size } });
});

test('an update whose result is invalid leaves the prior state', async () => {
  configure('right');
  expect(await apply()).toMatchObject({ code: 0 });
  configure('another type');
  expect(await apply()).toMatchObject({ code: 1, output: expect.stringContaining('size is not a number') as string });
  expect(workspace.state()?.attributes).toMatchObject({ mode: 'right', size: 1 });
});

test('a planned number that is not finite is an error of the plan: terraform would crash on it', async () => {
  configure('no number planned');
  const { output } = await workspace.run('plan -input=false');
  expect(output).toContain('size is not a number');
  expect(output).not.toContain('CRASH');
});

test('blocks that a resource leaves out are empty', async () => {
  configure('no blocks');
  expect(await apply()).toMatchObject({ code: 0 });
  expect(workspace.state()?.attributes).toMatchObject({ line: [], tag: [], group: {}, frame: { title: null } });
  expect(await workspace.run('plan -detailed-exitcode -input=false')).toMatchObject({ code: 0 });
});

test('import of a resource without it is an error', async () => {
  configure('right');
  expect((await workspace.run('import -input=false fixture_faulty.s some-id')).output).toContain(
    'Code: import-unsupported',
  );
});

describe('a refused change', () => {
  const tracked = (value: string, name = 'a') =>
    workspace.write(`resource "fixture_tracked" "s" {\n  name = "${name}"\n  value = "${value}"\n}\n`);
  const stored = () => {
    const { private: data = '', status, attributes } = workspace.state() ?? {};
    return { private: Buffer.from(data, 'base64').toString(), status, attributes };
  };
  const created = (value: string) => ({ private: 'created', attributes: { id: 'made', name: 'a', value } });

  test.each([
    ['sticky', 'The deletion was refused'],
    ['throws on deletion', 'the deletion was refused'],
  ])('of a deletion (%s) leaves the object and its private data as they were', async (value, message) => {
    tracked(value);
    await apply();
    const before = stored();
    expect(before).toMatchObject(created(value));
    const destroyed = await workspace.run('destroy -auto-approve -input=false');
    expect(destroyed).toMatchObject({ code: 1, output: expect.stringContaining(message) as string });
    expect(stored()).toEqual(before);
  });

  test('of the first half of a replacement leaves the object and its private data as they were', async () => {
    tracked('sticky');
    await apply();
    const before = stored();
    tracked('sticky', 'b');
    expect(await apply()).toMatchObject({ code: 1, output: expect.stringContaining('must be replaced') as string });
    expect(stored()).toEqual(before);
    expect(before).toMatchObject(created('sticky'));
  });

  test('of the deletion of a tainted object leaves it tainted, with its private data', async () => {
    tracked('sticky');
    await apply();
    await workspace.run('taint fixture_tracked.s');
    expect(await apply()).toMatchObject({ code: 1 });
    expect(stored()).toMatchObject({ ...created('sticky'), status: 'tainted' });
  });

  test.each(['throws', 'refused'])(
    'of an update (%s) leaves the object and its private data as they were',
    async (value) => {
      tracked('first');
      await apply();
      tracked(value);
      expect(await apply()).toMatchObject({
        code: 1,
        output: expect.stringMatching(/the update was refused/iu) as string,
      });
      expect(stored()).toMatchObject(created('first'));
    },
  );

  test('of a creation leaves nothing', async () => {
    workspace.write('resource "fixture_shape" "s" {\n  text = "fail"\n}\n');
    expect(await apply()).toMatchObject({ code: 1, output: expect.stringContaining('this text fails') as string });
    expect(workspace.state()).toBeUndefined();
  });
});

test('an error of validation points at the line of the argument', async () => {
  workspace.write('resource "fixture_shape" "s" {\n  text = "wrong"\n}\n');
  expect((await workspace.run('plan -input=false')).output).toMatch(/Wrong text[\s\S]*main\.tf line 7/u);
});
