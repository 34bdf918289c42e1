/** Resources and data sources of every shape, with a real engine. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fixtureProgram } from '../fixture-program';

jest.setTimeout(120_000);

const fixture = fixtureProgram();
afterAll(() => fixture.close());

const shapes = `
  text = "a"
  count_of = 12345678901234567890
  flag = true
  anything = { list = [1, "two", null], deep = { yes = true } }
  texts = ["x", "y"]
  unique = [3, 1, 2]
  by_name = { a = true, b = false }
  pair = ["left", 0.1]
  record = { a = "b", b = [1.5, 2] }
  password = "hidden"
  once = "four"
  one = { name = "single" }
  many = [{ name = "first", size = 1 }, { name = "second" }]
  some = [{ name = "set" }]
  named = { key = { name = "map", secret = "s", hidden = "gone" } }
  head { title = "h" }
  frame { title = "f" }
  line { title = "l1" }
  line { title = "l2" }
  tag { title = "t" }
  group "g" { title = "g" }
`;

let workspace: ReturnType<typeof fixture.workspace>;
beforeEach(() => {
  workspace = fixture.workspace();
});
const configure = (body: string, rest = '') => workspace.write(`resource "fixture_shape" "s" {\n${body}\n}\n${rest}`);
const run = (args: string, environment?: Record<string, string>) => workspace.run(args, environment);
const state = () => workspace.state();

test('every shape of value can be planned, applied, planned without changes, updated, replaced and destroyed', async () => {
  configure(
    shapes,
    'data "fixture_answer" "q" {\n  question = "?"\n}\noutput "answer" {\n  value = data.fixture_answer.q.answer\n}\n',
  );
  expect(await run('validate')).toMatchObject({ code: 0 });
  expect(await run('apply -auto-approve -input=false')).toMatchObject({
    code: 0,
    output: expect.stringContaining('answer = "42"') as string,
  });
  expect(state()?.attributes).toMatchObject({
    id: 'made-4',
    echo: 'a',
    once: null,
    anything: { value: { list: [1, 'two', null], deep: { yes: true } } },
    named: { key: { name: 'map', hidden: null } },
    pair: ['left', 0.1],
    line: [{ title: 'l1' }, { title: 'l2' }],
  });
  expect(readFileSync(workspace.stateFile, 'utf8')).toContain('12345678901234567890');
  expect(await run('plan -detailed-exitcode -input=false')).toMatchObject({ code: 0 });
  configure(shapes.replace('"a"', '"b"'));
  expect((await run('apply -auto-approve -input=false')).output).toContain('1 changed');
  configure(shapes.replace('flag = true', 'flag = false'));
  expect((await run('plan -input=false')).output).toContain('forces replacement');
  expect((await run('apply -auto-approve -input=false')).output).toContain('1 added, 0 changed, 1 destroyed');
  const destroyed = await run('destroy -auto-approve -input=false');
  expect(destroyed.output).toContain('Going away');
  expect(destroyed.code).toBe(0);
});

test('an import, an object that was deleted elsewhere and a state of an older schema version are read', async () => {
  configure('text = "imported"');
  expect(await run('import -input=false fixture_shape.s some-id')).toMatchObject({ code: 0 });
  expect(state()?.attributes).toMatchObject({ id: 'some-id', text: 'imported' });
  const file = workspace.stateFile;
  const older = JSON.parse(readFileSync(file, 'utf8')) as { resources: { instances: object[] }[] };
  older.resources[0]?.instances.splice(0, 1, {
    schema_version: 0,
    attributes: { id: 'some-id', old_text: 'one' },
    private: 'eA==',
  });
  writeFileSync(file, JSON.stringify(older));
  configure('text = "upgraded one"');
  expect(await run('plan -detailed-exitcode -input=false')).toMatchObject({ code: 0 });
  configure('text = "gone"');
  await run('apply -auto-approve -input=false');
  expect((await run('plan -input=false')).output).toContain('1 to add');
});

test('a value that is known only after apply can be in every shape and block', async () => {
  configure(
    `
    text = "refined-\${fixture_shape.other.id}"
    count_of = length(fixture_shape.other.id)
    flag = fixture_shape.other.id == "made-0"
    anything = { deep = fixture_shape.other.id }
    texts = split("-", fixture_shape.other.id)
    unique = [length(fixture_shape.other.id), 1]
    by_name = { for part in split("-", fixture_shape.other.id) : part => true }
    pair = [fixture_shape.other.id, 1]
    record = { a = fixture_shape.other.id, b = [1] }
    once = fixture_shape.other.id
    one = { name = fixture_shape.other.id }
    many = [for part in split("-", fixture_shape.other.id) : { name = part }]
    some = [{ name = fixture_shape.other.id }]
    named = { for part in split("-", fixture_shape.other.id) : part => { name = part } }
    head { title = fixture_shape.other.id }
    dynamic "line" {
      for_each = split("-", fixture_shape.other.id)
      content { title = line.value }
    }
    `,
    'resource "fixture_shape" "other" {}\n',
  );
  expect(await run('apply -auto-approve -input=false')).toMatchObject({ code: 0 });
  expect(state()?.attributes).toMatchObject({
    text: 'refined-made-0',
    count_of: 6,
    flag: true,
    texts: ['made', '0'],
    by_name: { made: true, 0: true },
    pair: ['made-0', 1],
    record: { a: 'made-0', b: [1] },
    once: null,
    many: [{ name: 'made' }, { name: '0' }],
    named: { made: { name: 'made' }, 0: { name: '0' } },
    line: [{ title: 'made' }, { title: '0' }],
  });
  expect(await run('plan -detailed-exitcode -input=false')).toMatchObject({ code: 0 });
});

test('a plan without changes is reported to a resource that asks for it, and stores nothing', async () => {
  const tracked = (value: string) =>
    workspace.write(`resource "fixture_tracked" "s" {\n  name = "a"\n  value = "${value}"\n}\n`);
  tracked('warned');
  await run('apply -auto-approve -input=false');
  const plan = await run('plan -detailed-exitcode -input=false', { TF_LOG_PROVIDER: 'debug' });
  expect(plan).toMatchObject({ code: 0, output: expect.stringContaining('Warning: Nothing to do') as string });
  expect(plan.output).toMatch(/no-op plan: (?=.*prior=a)(?=.*private=created)/u);
  await run('apply -auto-approve -input=false');
  expect(privateData()).toBe('created');
  // The private data of a no-op plan reaches the planning of the new object where the engine replaces it all the same.
  const replacement = await run('plan -input=false -replace=fixture_tracked.s', { TF_LOG_PROVIDER: 'debug' });
  expect(replacement.output).toMatch(/ plan: (?=.*prior=none)(?=.*private=marker)/u);
});

const privateData = () => Buffer.from(state()?.private ?? '', 'base64').toString();
