import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { EnvironmentStack } from '../../src/environment/environment-stack';
import { readEnvironment } from '../../src/environment/read-environment';
import { sampleSeats } from '../../testing/sample-seats';
import { sparingVariables } from '../../testing/sparing-variables';
import { Workspace } from '../../testing/workspace';
import { commandLine } from '../../testing/command-line';
import { secrets, system } from './harness';

jest.setTimeout(300_000);

const seats = sampleSeats(4);
// What VICIdial's own sample leaves empty, and a new phone needs.
const phones = seats.phones.map((row) => ({ ...row, outbound_cid: '7275551212' }));

describe('a clone', () => {
  let source: Emulator;
  let target: Emulator;
  let workspace: Workspace;

  beforeAll(async () => {
    source = await startEmulator({ data: { ...system, ...seats, phones } });
    target = await startEmulator({ data: { ...system, servers: ['10.9.0.1', '10.9.0.2', '10.9.0.3'] } });
    workspace = await Workspace.create({ environment: login('', target) });
  });
  afterAll(async () => {
    workspace.remove();
    await Promise.all([source.close(), target.close()]);
  });

  const login = (prefix: string, { url }: Emulator) => ({
    [`${prefix}VICIDIAL_URL`]: url,
    [`${prefix}VICIDIAL_USER`]: 'planner',
    [`${prefix}VICIDIAL_PASSWORD`]: secrets.api,
  });

  const run = (...args: readonly string[]) => runOn(source, args);

  /** Runs the command with the variables of a system. */
  const runOn = (emulator: Emulator, args: readonly string[]) =>
    new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
      const env = {
        ...sparingVariables,
        PATH: process.env.PATH,
        TMPDIR: workspace.folder,
        ...login('', emulator),
        ...login('LAB_', target),
      };
      execFile(...commandLine(args), { cwd: workspace.folder, env }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });

  const folder = ['--folder', 'environments'];
  const servers = seats.servers.map(
    (ip, index) => `server_${ip.replaceAll('.', '_')}=lab${index + 1}:10.9.0.${index + 1}`,
  );

  test('is applied to another system with other servers and numbers, and follows its base', async () => {
    await run('export', '--name', 'production', '--output', 'environments');
    const flags = [
      '--server',
      ...servers,
      '--map',
      'extension=+40000',
      'phone_login={phone_login}s',
      'alias_id={alias_id}s',
    ];
    const clone = await run(
      'clone',
      'production',
      '--name',
      'lab',
      '--output',
      'environments',
      ...folder,
      ...flags,
      '--target',
      'system:LAB',
    );
    expect(clone).toMatchObject({ code: 0, stdout: '' });

    const passwords = Object.fromEntries(phones.map(({ phone_login }) => [`${phone_login}s`, 'labSecret']));
    const variables = {
      TF_VAR_phone_pass: JSON.stringify(passwords),
      TF_VAR_registration_password: JSON.stringify(passwords),
    };
    const apply = async () => {
      synthesise();
      await workspace.expectApply([], variables);
      expect((await workspace.plan([], variables)).code).toBe(0);
    };
    await apply();
    expect(target.store.phones).toHaveLength(phones.length);
    expect(target.store.phone('10.9.0.2', '42001')).toMatchObject({
      phone_login: '2001bs',
      phone_full_name: 'Seat 2001b',
    });
    expect(target.store.alias('2001s')).toMatchObject({ phone_logins: '2001as,2001bs,2001cs' });
    expect(await run('compare', 'lab', 'system:LAB', ...folder)).toMatchObject({ code: 0, stdout: '' });
    // The passwords of the clone are its own, the rest is as the mapping says.
    const through = ['--through', 'lab', '--ignore', 'phone_pass', 'registration_password'];
    const compared = await run('compare', 'system', 'system:LAB', ...folder, ...through);
    expect(compared).toMatchObject({ code: 0, stdout: '' });
    expect(compared.stderr).toContain('16 objects are the same');

    // A change of the base is a change of the clone.
    const file = join('environments', 'production.yaml');
    const base = readFileSync(join(workspace.folder, file), 'utf8');
    workspace.write(file, base.replace('outbound_cid: "7275551212"', 'outbound_cid: "7275559999"'));
    expect((await run('compare', 'lab', 'system:LAB', ...folder)).code).toBe(2);
    await apply();
    expect(target.store.phone('10.9.0.3', '42003')).toMatchObject({ outbound_cid: '7275559999' });
  });

  /** @param own which runs the engine; the environment files are in the other one */
  function synthesise(name = 'lab', own = workspace): void {
    const app = new App({ outdir: join(own.folder, 'out') });
    const environment = readEnvironment(join(workspace.folder, 'environments', `${name}.yaml`));
    new EnvironmentStack(app, name, { ...environment, backend: { local: { path: 'terraform.tfstate' } } });
    app.synth();
    own.write('versions.tf', '');
    const stack = join(own.folder, 'out', 'stacks', name, 'cdk.tf.json');
    const configuration = JSON.parse(readFileSync(stack, 'utf8')) as { terraform: Record<string, unknown> };
    // Without a backend, no init is needed.
    own.configure({ ...configuration, terraform: { ...configuration.terraform, backend: undefined } });
  }

  /** Applies an environment to a system, and expects nothing to be left to do. */
  async function applyTo(system: Emulator, name: string, suffix: string): Promise<void> {
    const own = await Workspace.create({ environment: login('', system) });
    const logins = source.store.phones.map(({ phone_login }) => `${phone_login}${suffix}`);
    const passwords = Object.fromEntries(logins.map((login) => [login, 'ownSecret']));
    const variables = {
      TF_VAR_phone_pass: JSON.stringify(passwords),
      TF_VAR_registration_password: JSON.stringify(passwords),
    };
    try {
      synthesise(name, own);
      await own.expectApply([], variables);
      expect((await own.plan([], variables)).code).toBe(0);
    } finally {
      own.remove();
    }
  }

  test('is applied to the system itself with shifted numbers', async () => {
    const flags = ['--map', 'extension=+50000', 'phone_login={phone_login}t', 'alias_id={alias_id}t'];
    const names = ['--name', 'second', '--output', 'environments'];
    const clone = await run('clone', 'production', ...names, ...folder, ...flags, '--target', 'system');
    expect(clone).toMatchObject({ code: 0, stdout: '' });
    await applyTo(source, 'second', 't');
    expect(source.store.phones).toHaveLength(2 * phones.length);
    expect(source.store.phone(seats.servers[1] ?? '', '52001')).toMatchObject({ phone_login: '2001bt' });
    // What the mapping explains is no difference.
    expect(await run('compare', 'production', 'second', ...folder)).toMatchObject({ code: 0, stdout: '' });
  });

  test('of a whole system, applied to an empty one, is exported as the system was', async () => {
    const copy = await startEmulator({ data: { ...system, servers: seats.servers } });
    try {
      expect(
        await run('clone', 'system', '--name', 'copy', '--output', 'environments', '--url', copy.url),
      ).toMatchObject({ code: 0 });
      await applyTo(copy, 'copy', '');
      const [original, again] = [await run('export'), await runOn(copy, ['export'])];
      expect(original.code).toBe(0);
      expect(again.stdout.replaceAll(copy.url, source.url)).toBe(original.stdout);
    } finally {
      await copy.close();
    }
  });
});
