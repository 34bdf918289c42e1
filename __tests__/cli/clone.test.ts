import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { sampleSystem, type SystemInput } from '../../src/emulator/system-data';
import { readEnvironment } from '../../src/environment/read-environment';
import { sampleSeats } from '../../testing/sample-seats';
import { commandLine } from '../../testing/command-line';
import { useTemporaryFolder } from '../temporary-folder';

jest.setTimeout(120_000);

const temporary = useTemporaryFolder();

const seats = sampleSeats(3);
const template = { template_id: 'SIP_generic', admin_user_group: 'SALES', outbound_cid: '7275551212' };
const sourceSystem: SystemInput = {
  ...sampleSystem,
  ...seats,
  phones: seats.phones.map((row) => ({
    ...row,
    ...(row.extension === '2000' ? template : { outbound_cid: '7275551212' }),
  })),
};
const targetSystem: SystemInput = {
  servers: ['10.9.0.1'],
  user_groups: [{ name: 'ADMIN' }],
  users: [{ user: '6666', password: 'admin1234' }],
  phones: [{ server_ip: '10.9.0.1', extension: '4000', phone_login: '2001bs' }],
  aliases: [{ alias_id: '2002s', alias_name: 'Taken', phone_logins: ['2001bs'] }],
};
const production = `version: 1
provider: { url: http://127.0.0.1:1/production.php }
servers: { east: { ip: 10.0.0.11, suffix: a }, west: { ip: 10.0.0.12, suffix: b } }
defaults: { protocol: SIP, local_gmt: "-5.00", phone_pass: { variable: phone_pass, by: phone_login }, registration_password: { variable: device } }
seats: [{ extensions: 2000-2002, phone_full_name: "Seat {extension}", dialplan_number: "{extension}", voicemail_id: "{extension}", outbound_cid: "7275551212" }]
`;

describe('phonestate clone', () => {
  let source: Emulator;
  let target: Emulator;
  beforeAll(async () => {
    source = await startEmulator({ data: sourceSystem });
    target = await startEmulator({ data: targetSystem });
  });
  afterAll(() => Promise.all([source.close(), target.close()]));
  beforeEach(() => {
    mkdirSync(join(temporary.path, 'stacks', 'environments'), { recursive: true });
    writeFileSync(join(temporary.path, 'stacks', 'environments', 'production.yaml'), production);
  });

  const run = (args: readonly string[]) =>
    new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
      const login = (prefix: string, { url }: Emulator) => ({
        [`${prefix}VICIDIAL_URL`]: url,
        [`${prefix}VICIDIAL_USER`]: '6666',
        [`${prefix}VICIDIAL_PASSWORD`]: 'admin1234',
      });
      const env = { PATH: process.env.PATH, TMPDIR: temporary.path, ...login('', source), ...login('LAB_', target) };
      execFile(...commandLine(args), { cwd: temporary.path, env }, (error, stdout, stderr) => {
        expect(stdout + stderr).not.toMatch(/agentPass|devicePass|admin1234/u);
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });

  const mapping = [
    ...[
      '--server',
      'east=lab:10.9.0.1',
      '--map',
      'extension=+40000',
      'phone_login={phone_login}s',
      'alias_id={alias_id}s',
    ],
    ...['--name', 'lab', '--target', 'system:LAB'],
  ];

  test('of an environment is a file that extends it, with the mapping of the flags', async () => {
    const { code, stderr } = await run(['clone', 'production', ...mapping, '--output', 'stacks/environments']);
    expect(stderr).toContain('The clone has 6 phones and 3 phone aliases.');
    // What the target has, and what it lacks, each with what to do.
    expect(stderr).toContain(
      'phone 10.0.0.12/42001 would have the phone_login 2001bs, which phone 10.9.0.1/4000 of the target has',
    );
    expect(stderr).toContain('phone alias 2002s exists on the target');
    expect(stderr).toContain('the target has no server 10.0.0.12 (3 phones): add it there, or map it with --server');
    expect(code).toBe(2);

    const file = join(temporary.path, 'stacks', 'environments', 'lab.yaml');
    expect(parse(readFileSync(file, 'utf8'))).toEqual({
      version: 1,
      extends: 'production',
      provider: { url: target.url },
      servers: { west: { ip: '10.0.0.12', suffix: 'b' }, lab: { ip: '10.9.0.1', suffix: 'a' } },
      defaults: {
        registration_password: { variable: 'device' },
        phone_pass: { variable: 'phone_pass', by: 'phone_login' },
      },
      mapping: {
        servers: { east: 'lab' },
        extension: { add: 40000 },
        phone_login: '{phone_login}s',
        alias_id: '{alias_id}s',
      },
    });
    expect(readEnvironment(file).phones.map(({ server, extension }) => `${server}/${extension}`)).toContain(
      'lab/42000',
    );
    const compared = await run(['compare', 'production', 'lab']);
    expect(compared).toMatchObject({ code: 0, stdout: '' });
  });

  test('of a system has all values of its phones, and no imports', async () => {
    const flags = [
      ...['--server', 'server_10_10_10_11=lab:10.9.0.1', '--without', 'server=10.10.10.13', '--name', 'lab'],
      ...['--map', 'template_id=/^SIP_generic$/web/', 'phone_full_name=/Seat 2/Seat 6/'],
      ...['extension', 'phone_login', 'alias_id', 'alias_name', 'dialplan_number', 'voicemail_id'].map(
        (name) => `${name}=/^2/6/`,
      ),
    ];
    const { code, stdout, stderr } = await run([
      'clone',
      'system',
      ...flags,
      '--secrets',
      's.tfvars.json',
      '--target',
      'system:LAB',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('the target has no template web (2 phones)');
    expect(stderr).toContain('the target has no user group SALES (2 phones)');
    expect(stdout).toContain('# Written by phonestate clone');
    expect(stdout).toContain('extensions: [ "6001", "6002" ]');
    expect(stdout).not.toContain('imports');
    expect(stdout).toContain('active: "Y"');
    expect(stdout).toContain('lab: { ip: 10.9.0.1, suffix: a }');
    expect(JSON.parse(readFileSync(join(temporary.path, 's.tfvars.json'), 'utf8'))).toMatchObject({
      phone_pass: { '6000a': 'agentPass2000' },
    });
  });

  test('refuses flags that mean nothing, and a mapping that does not fit', async () => {
    const error = async (...flags: readonly string[]) =>
      (await run(['clone', 'production', '--name', 'lab', ...flags])).stderr;
    expect(await error('--map', 'extension=abc')).toContain('is no change');
    expect(await error('--server', 'north=lab:10.9.0.1')).toContain('there is no server north');
    expect(await error('--map', 'phone_login=/^.*$/same/')).toContain('get the same phone_login');
    expect(await error('--secrets', 'file')).toContain('An environment has no passwords');
    expect((await run(['clone', 'production', '--name', 'lab', '--target', 'production'])).stderr).toContain(
      '--target is a system',
    );
  });
});
