import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { EnvironmentStack } from '../../src/environment/environment-stack';
import { readEnvironment } from '../../src/environment/read-environment';
import { sampleSeats } from '../../testing/sample-seats';
import { Workspace } from '../../testing/workspace';
import { secrets, system } from './harness';

jest.setTimeout(300_000);

const command = join(__dirname, '..', '..', 'dist', 'phonestate.js');
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

  const run = (...args: readonly string[]) =>
    new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
      const env = { PATH: process.env.PATH, TMPDIR: workspace.folder, ...login('', source), ...login('LAB_', target) };
      execFile(process.execPath, [command, ...args], { cwd: workspace.folder, env }, (error, stdout, stderr) => {
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

  function synthesise(): void {
    const app = new App({ outdir: join(workspace.folder, 'out') });
    const environment = readEnvironment(join(workspace.folder, 'environments', 'lab.yaml'));
    new EnvironmentStack(app, 'lab', { ...environment, backend: { local: { path: 'terraform.tfstate' } } });
    app.synth();
    workspace.write('versions.tf', '');
    const stack = join(workspace.folder, 'out', 'stacks', 'lab', 'cdk.tf.json');
    const configuration = JSON.parse(readFileSync(stack, 'utf8')) as { terraform: Record<string, unknown> };
    // Without a backend, no init is needed.
    workspace.configure({ ...configuration, terraform: { ...configuration.terraform, backend: undefined } });
  }
});
