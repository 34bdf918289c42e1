/** The provider as a process: signals, logs, sockets, debug mode, TCP; with a real engine. */
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchEnvironment } from '../../../testing/launch-environment';
import { entryFile, fixtureProgram } from '../fixture-program';

jest.setTimeout(120_000);

const fixture = fixtureProgram();
const fixtureOnTcp = fixtureProgram(entryFile('fixture-tcp.ts'));
afterAll(() => {
  fixture.close();
  fixtureOnTcp.close();
});

let workspace: ReturnType<typeof fixture.workspace>;
beforeEach(() => {
  workspace = fixture.workspace();
});
const run = (args: string, environment?: Record<string, string>) => workspace.run(args, environment);
const configure = (body: string) => workspace.write(`resource "fixture_shape" "s" {\n${body}\n}\n`);
const secrets = 'password = "hidden"\n  count_of = 12345678901234567890\n  one = { name = "n", secret = "hidden too" }';

test('log lines keep their level and fields, and leave values out', async () => {
  configure(secrets);
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

test('after a command no process and no socket is left', async () => {
  configure(secrets);
  const { output } = await run('plan -input=false', { TF_LOG: 'warn' });
  expect(output).toContain('1 to add');
  expect(output).not.toContain('gracefully');
  expect(readdirSync(join(workspace.folder, 'tmp'))).toEqual([]);
  expect(fixture.providers()).toEqual([]);
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

test('an engine connects by TCP with mutual TLS, as on Windows', async () => {
  const [line] = (await once(fixtureOnTcp.start(launchEnvironment).stdout, 'data')) as [Buffer];
  expect(line.toString()).toMatch(/^1\|6\|tcp\|127\.0\.0\.1:\d+\|grpc\|\n$/u);
  const onTcp = fixtureOnTcp.workspace();
  onTcp.write('resource "fixture_shape" "s" {\n  text = "a"\n}\n');
  expect(await onTcp.run('apply -auto-approve -input=false')).toMatchObject({ code: 0 });
  expect(onTcp.state()).toMatchObject({ attributes: { id: 'made-0' } });
  expect(await onTcp.run('plan -detailed-exitcode -input=false')).toMatchObject({ code: 0 });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the condition did not become true within a minute');
}

/** An apply in the middle of a creation. */
async function applying() {
  workspace.write('resource "fixture_faulty" "s" {\n  mode = "slow"\n}\n');
  const meeting = workspace.rendezvous();
  const engine = workspace.start('apply -auto-approve -input=false', { FIXTURE_MEETING: meeting });
  await until(() => existsSync(join(meeting, 'began')));
  return { engine, meeting };
}

test.each([
  ['SIGINT', true],
  ['SIGTERM', true],
  ['SIGHUP', false],
] as const)(
  '%s to the whole process group lets a creation finish, and its object is in state',
  async (signal, stops) => {
    const { engine, meeting } = await applying();
    engine.signal(signal, 'group');
    if (stops) await until(() => existsSync(join(meeting, 'run-interrupted')));
    else await new Promise((resolve) => setTimeout(resolve, 200));
    writeFileSync(join(meeting, 'go'), '');
    expect((await engine.ended).output).toContain('Creation complete');
    expect(workspace.state()).toMatchObject({ attributes: { id: 'made' } });
    expect(fixture.providers()).toEqual([]);
  },
);

test('the providers of an engine that is killed exit', async () => {
  const { engine } = await applying();
  expect(fixture.providers()).not.toEqual([]);
  engine.signal('SIGKILL', 'engine');
  await until(() => fixture.providers().length === 0);
});
