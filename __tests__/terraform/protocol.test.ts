/** The fixture in the hands of the real terraform. */
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fixtureProgram } from './fixture-program';

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

test('takes every shape through plan, apply, an empty plan, update, replacement and destroy', async () => {
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

test('an error of each step leaves the state true', async () => {
  configure('text = "wrong"');
  expect((await run('plan -input=false')).output).toMatch(/Wrong text[\s\S]*main\.tf line 7/u);
  configure('text = "fail"');
  expect((await run('apply -auto-approve -input=false')).output).toContain('told to fail');
  expect(state()).toBeUndefined();
  configure('text = "sticky"');
  await run('apply -auto-approve -input=false');
  expect(await run('destroy -auto-approve -input=false')).toMatchObject({
    code: 1,
    output: expect.stringContaining('It stays') as string,
  });
  configure('text = "fail"');
  expect(await run('apply -auto-approve -input=false')).toMatchObject({ code: 1 });
  expect(state()?.attributes.text).toBe('sticky');
});

test('import, drift and an older state are carried over', async () => {
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

test('values that are unknown until apply pass through every shape and block', async () => {
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

test('log lines keep their level and fields, and leave values out', async () => {
  configure(shapes);
  const { output } = await run('plan -input=false', { TF_LOG_PROVIDER: 'trace' });
  const lines = output.split('\n').filter((line) => line.includes(' provider.terraform-provider-fixture: '));
  // Terraform writes the fields of a line in any order.
  expect(lines).toContainEqual(
    expect.stringMatching(/\[DEBUG\] \S+: planning: (?=.*@module=provider)(?=.*attempt=1\b)(?=.*timestamp=20)/u),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(/\[TRACE\] \S+: answered PlanResourceChange: (?=.*milliseconds=\d)/u),
  );
  expect(lines.join()).not.toMatch(/hidden|12345678901234567890/u);
  expect((await run('plan -input=false', { TF_LOG_PROVIDER: 'warn' })).output).not.toMatch(/planning|answered/u);
});

test('no process and no socket stays behind', async () => {
  const folders = () => readdirSync(workspace.folder).filter((name) => name.startsWith('tf-'));
  configure(shapes);
  const { output } = await run('plan -input=false', { TMPDIR: workspace.folder, TF_LOG: 'warn' });
  expect(output).toContain('1 to add');
  expect(output).not.toContain('gracefully');
  expect(folders()).toEqual([]);
  expect(await fixture.providers()).toEqual([]);
});

test('a provider in debug mode serves through TF_REATTACH_PROVIDERS, command after command', async () => {
  const child = fixture.start({}, '--debug');
  const [, reattach = ''] = /TF_REATTACH_PROVIDERS='(.*)'/u.exec(String(await once(child.stdout, 'data'))) ?? [];
  configure('text = "a"');
  expect(await run('apply -auto-approve -input=false', { TF_REATTACH_PROVIDERS: reattach })).toMatchObject({ code: 0 });
  expect(await run('plan -detailed-exitcode -input=false', { TF_REATTACH_PROVIDERS: reattach })).toMatchObject({
    code: 0,
  });
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  expect(await exit).toEqual([0, null]);
});
