/** `phonestate rehearse`, as a user runs it: the command with the real engine, against systems that must not change. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { EnvironmentStack } from '../../src/environment/environment-stack';
import { commandLine } from '../../testing/command-line';
import { isFullMatrix } from '../../testing/full-matrix';
import { sampleSeats } from '../../testing/sample-seats';
import { sparingVariables } from '../../testing/sparing-variables';
import { stateFile } from '../../testing/state-file';
import { environmentOf } from '../environment/environment-of';
import { phone, secrets, system, useTestbed } from './harness';

jest.setTimeout(300_000);

const testbed = useTestbed();

let temporary: string;
beforeEach(() => {
  // Short, as the path of a socket in it ends at 103 bytes on some systems.
  temporary = mkdtempSync(join(tmpdir(), 'ps-'));
});
afterEach(() => {
  expect(readdirSync(temporary).filter((name) => name.startsWith('phonestate-rehearsal-'))).toEqual([]);
  rmSync(temporary, { recursive: true });
});

const variables = (more: Readonly<Record<string, string>> = {}) => ({
  ...sparingVariables,
  ...{ PATH: process.env.PATH ?? '', TMPDIR: temporary, HOME: testbed.workspace.folder },
  ...(process.env.PHONESTATE_ENGINE ? { PHONESTATE_ENGINE: process.env.PHONESTATE_ENGINE } : {}),
  TF_CLI_CONFIG_FILE: join(testbed.workspace.folder, 'terraform.rc'),
  ...{ VICIDIAL_URL: testbed.emulator.url, VICIDIAL_USER: 'planner', VICIDIAL_PASSWORD: secrets.api },
  ...more,
});

interface Ended {
  readonly code: number;
  readonly output: string;
}

function rehearse(args: readonly string[], environment = variables()): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      ...commandLine(['rehearse', ...args]),
      { cwd: testbed.workspace.folder, env: environment, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const output = stdout + stderr;
        for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output });
      },
    );
  });
}

/** What must be the same before and after a rehearsal. */
const untouched = ({ store }: Emulator) => JSON.stringify([store.phones, store.aliases]);

/** VICIdial's own sample has 151 seats, of three phones each. */
const seatCount = isFullMatrix ? 151 : 17;

test('a change of a sample system is rehearsed, and neither the system nor the state changes', async () => {
  const seats = sampleSeats(seatCount);
  const phones = seats.phones.map((row) => ({ ...row, local_gmt: '-5.00', outbound_cid: '7275551212' }));
  const emulator = await startEmulator({ data: { ...system, ...seats, phones } });
  try {
    const address = (type: string, name: string) => `${type}.x${name}`;
    const declared = phones.map(({ phone_login, ...fields }) => [String(phone_login), fields] as const);
    const { workspace } = testbed;
    const all = [
      ...declared.map(([login, fields]) => ({
        address: address('vicidial_phone', login),
        attributes: { ...fields, phone_login: login },
      })),
      ...seats.aliases.map((attributes) => ({
        address: address('vicidial_phone_alias', attributes.alias_id),
        attributes,
      })),
    ];
    workspace.write('terraform.tfstate', stateFile(all));
    // One seat less, a new number for one server, and a seat that is new.
    const later = declared.flatMap(([login, fields]) =>
      fields.extension === '2000'
        ? []
        : [
            [
              `x${login}`,
              { ...fields, phone_login: login, ...(login.endsWith('2016c') ? { outbound_cid: '7275559999' } : {}) },
            ],
          ],
    );
    testbed.declare(
      { ...(Object.fromEntries(later) as Record<string, object>), new: { ...phone('3000'), server_ip: '10.10.10.11' } },
      Object.fromEntries(seats.aliases.slice(1).map(({ alias_id, ...own }) => [`x${alias_id}`, { alias_id, ...own }])),
    );
    const before = [untouched(emulator), readFileSync(join(workspace.folder, 'terraform.tfstate'), 'utf8')];
    const { code, output } = await rehearse(['.'], variables({ VICIDIAL_URL: emulator.url }));
    expect(output).toContain('the apply succeeds, and the next plan has no changes');
    expect(code).toBe(0);
    expect(output).toContain(`${3 * seatCount} phones and ${seatCount} phone aliases, read from the admin pages.`);
    expect(output).toContain('Plan: 4 to destroy, 1 to create, 1 to update');
    expect(output).toContain('done: 10.10.10.13/2016 (vicidial_phone.x2016c)');
    expect(output).toContain('done: 10.10.10.11/3000 (vicidial_phone.new)');
    expect(output).toContain('update_phone extension=2016 server_ip=10.10.10.13 outbound_cid=7275559999');
    expect([untouched(emulator), readFileSync(join(workspace.folder, 'terraform.tfstate'), 'utf8')]).toEqual(before);
    expect(emulator.journal.writes).toEqual([]);
  } finally {
    await emulator.close();
  }
});

test('what only an apply shows is shown: a create that the server refuses, with the text of the failure', async () => {
  const { workspace, emulator } = testbed;
  const desk = { ...phone('55000'), lifecycle: { create_before_destroy: true } };
  emulator.store.putPhone(phone('55000') as Record<string, string>);
  workspace.write('terraform.tfstate', stateFile([{ address: 'vicidial_phone.desk', attributes: phone('55000') }]));
  testbed.declare({ desk: { ...desk, extension: '55009' }, other: phone('55001') });
  const { code, output } = await rehearse(['.']);
  expect(output).toContain('the apply fails.');
  expect(code).toBe(5);
  expect(output).toContain('failed: 10.0.0.11/55000 (vicidial_phone.desk)');
  expect(output).toContain('done: 10.0.0.11/55001 (vicidial_phone.other)');
  expect(output).toContain('Code: login-taken');
  expect(testbed.writes()).toEqual([]);

  // What the plan already refuses.
  testbed.declare({});
  const denied = await rehearse(['.', '--json'], variables({ VICIDIAL_USER: 'nodelete' }));
  expect(denied.output).toContain('"result": "plan-failed"');
  expect(denied.code).toBe(5);
  expect(denied.output).toContain('Code: permission-delete');
  expect(testbed.writes()).toEqual([]);
});

test('each system has an emulator of its own, and what is not of this provider is not done', async () => {
  const { workspace, emulator } = testbed;
  const second = await startEmulator({ data: system });
  try {
    emulator.store.putPhone(phone('55002') as Record<string, string>);
    const blocks = [
      `provider "vicidial" {\n  alias    = "second"\n  url      = "${second.url}"\n  password = var.password\n}\n`,
      'variable "password" {\n  type      = string\n  sensitive = true\n  ephemeral = true\n}\n',
      'resource "terraform_data" "note" {\n  input = "text"\n}\n',
    ];
    workspace.write('blocks.tf', blocks.join(''));
    workspace.write('secret.tfvars', `password = "${secrets.api}"\n`);
    testbed.declare({ here: phone('55000'), there: { ...phone('55000'), provider: 'vicidial.second' } });
    const rehearsed = await rehearse(['.', '--var-file', join(workspace.folder, 'secret.tfvars')]);
    expect(rehearsed.output).toContain('the apply succeeds, and the next plan has no changes');
    for (const { url } of [emulator, second])
      expect(rehearsed.output).toContain(
        `Calls that write to ${new URL(url).host}/vicidial/non_agent_api.php: add_phone 1.`,
      );
    expect([...emulator.journal.writes, ...second.journal.writes]).toEqual([]);

    const provisioner = { 'local-exec': { command: `touch ${join(workspace.folder, 'ran')}` } };
    workspace.write('blocks.tf', '');
    workspace.configure({
      resource: { terraform_data: { hook: { provisioner } }, vicidial_phone: { a: phone('55000') } },
    });
    const refused = await rehearse(['.']);
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('terraform_data.hook has a provisioner, which would really run.');
    expect(existsSync(join(workspace.folder, 'ran'))).toBe(false);

    // The variable in a run of the user: an error, without a call and without a state.
    testbed.declare({ here: phone('55000') });
    const stale = { PHONESTATE_REHEARSAL: `http://127.0.0.1:9/#${'0'.repeat(64)}` };
    const { code, output } = await workspace.apply([], stale);
    expect(code).toBe(1);
    expect(output).toContain('Code: rehearsal-refused');
    expect(workspace.state()).toEqual({});
  } finally {
    await second.close();
  }
});

test('an environment is rehearsed by its name, with its backend, and a signal ends it without leaving anything', async () => {
  const { workspace, emulator } = testbed;
  const passwords = { TF_VAR_phone_pass: secrets.agent, TF_VAR_registration_password: secrets.device };
  const app = new App({ outdir: join(workspace.folder, 'cdktf.out') });
  const environment = environmentOf({
    servers: { east: { ip: '10.0.0.11', suffix: 'a' } },
    defaults: {
      ...{ protocol: 'SIP', local_gmt: '-5.00', outbound_cid: '7275551212', phone_full_name: 'Seat {extension}' },
      ...{ dialplan_number: '{extension}', voicemail_id: '{extension}' },
      phone_pass: { variable: 'phone_pass' },
      registration_password: { variable: 'registration_password' },
    },
    seats: [{ extensions: '2000-2001' }],
  });
  new EnvironmentStack(app, 'lab', environment);
  app.synth();
  const { output } = await rehearse(['lab', '--state', '/dev/null'], variables(passwords));
  expect(output).toContain('Rehearsal of lab: the apply succeeds, and the next plan has no changes.');
  expect(output).toContain('vicidial_phone.phone-east-2000');
  // Without a backend that was prepared there is no state, and the message says what to do.
  const unprepared = await rehearse(['lab'], variables(passwords));
  expect(unprepared).toMatchObject({
    code: 1,
    output: expect.stringContaining('Run init in that folder first') as string,
  });

  emulator.faults.add({ page: true, kind: 'hang' });
  const child = spawn(...commandLine(['rehearse', 'lab', '--state', '/dev/null']), {
    cwd: workspace.folder,
    env: variables(passwords),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const chunk of child.stderr) if (String(chunk).includes('Reading')) break;
  expect(readdirSync(temporary).filter((name) => name.startsWith('phonestate-rehearsal-'))).toHaveLength(1);
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(child.signalCode).toBe('SIGTERM');
  expect(emulator.journal.writes).toEqual([]);
});
