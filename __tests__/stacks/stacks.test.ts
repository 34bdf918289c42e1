import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../stacks/environment';

const root = join(__dirname, '..', '..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonestate-stacks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const head = `url: https://dialer.example.com/vicidial/non_agent_api.php
user: { variable: api_user }
password: { variable: api_password }
servers: { east: 10.0.0.11, west: 10.0.0.12 }
defaults:
  phone_login: "{extension}"
  phone_pass: { variable: phone_pass }
`;

function read(text: string) {
  const file = join(folder, 'lab.yaml');
  writeFileSync(file, text);
  return readEnvironment(file);
}

function complaintsOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '');
  }
  return '';
}

describe('an environment file', () => {
  test('fills in its defaults, and the extension where they ask for it', () => {
    const { phones } = read(`${head}phones:\n  - { server: east, extension: "55000", phone_ring_timeout: 45 }\n`);
    expect(phones).toEqual([
      {
        server_ip: '10.0.0.11',
        extension: '55000',
        values: { phone_login: '55000', phone_pass: { variable: 'phone_pass' }, phone_ring_timeout: 45 },
      },
    ]);
  });

  test.each([
    [
      'phones:\n  - { server: north, extension: "55000" }',
      'lab.yaml:9: phones.0.server: no server is named "north"; the file has east, west',
    ],
    ['phones:\n  - { server: east, extension: 55000 }', 'lab.yaml:9: phones.0.extension: '],
    [
      'phones:\n  - server: east\n    extension: "55000"\n    protocol: PJSIP',
      'lab.yaml:11: phones.0.protocol: protocol is "PJSIP"; VICIdial would refuse it.',
    ],
    [
      'phones:\n  - { server: east, extension: "55000", phone_pass: hunter2 }',
      'lab.yaml:9: phones.0.phone_pass: a secret does not belong into the file',
    ],
    [
      'phones:\n  - { server: east, extension: "55000", ringing: 5 }',
      'lab.yaml:9: phones.0: there is no "ringing" here; it takes server, extension, local_gmt, ',
    ],
    [
      'phones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55000" }',
      'lab.yaml:10: phones.1.extension: the server has a phone 55000 already further up',
    ],
    [
      'phones:\n  - { server: east, extension: "55000" }\n  - { server: west, extension: "55000" }',
      'lab.yaml:10: phones.1.phone_login: phone 55000 further up has the same phone_login',
    ],
    [
      'phones: []\naliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }',
      'lab.yaml:10: aliases.0.phone_logins: no phone of this file has the login "55000"',
    ],
    [
      'phones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55001", phone_pass: { variable: other } }\naliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000", "55001"] }',
      'lab.yaml:12: aliases.0.phone_logins: its phones take phone_pass from different variables',
    ],
    ['phones: [', 'lab.yaml:'],
  ])('%j is told by file, line and field', (text, complaint) => {
    expect(complaintsOf(`${head}${text}\n`)).toContain(complaint);
    expect(complaintsOf(`${head}${text}\n`)).not.toContain('hunter2');
  });

  test('a wrong default is told where it stands', () => {
    expect(
      complaintsOf(
        head.replace('phone_login: "{extension}"', 'protocol: PJSIP') +
          'phones:\n  - { server: east, extension: "55000" }\n',
      ),
    ).toContain('lab.yaml:6: defaults.protocol: ');
  });
});

describe('the app', () => {
  const synth = (environment: Record<string, string>) => {
    execFileSync(process.execPath, [join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'), 'main.ts'], {
      cwd: root,
      env: { PATH: process.env.PATH, CDKTF_OUTDIR: folder, ...environment },
      stdio: 'pipe',
    });
    return readdirSync(join(folder, 'stacks')).sort();
  };

  test('makes a stack for each environment, wherever cdktf wants them', () => {
    expect(synth({})).toEqual(['production', 'staging']);
    const stack = JSON.parse(readFileSync(join(folder, 'stacks', 'staging', 'cdk.tf.json'), 'utf8')) as Record<
      string,
      Record<string, Record<string, Record<string, unknown>>>
    >;
    expect(stack.resource?.vicidial_phone_alias?.['alias-frontdesk']?.phone_logins).toEqual([
      '${vicidial_phone.phone-10_0_1_11-55000.phone_login}',
      '${vicidial_phone.phone-10_0_1_11-55001.phone_login}',
    ]);
    expect(Object.values(stack.variable ?? {}).every(({ sensitive }) => sensitive as unknown as boolean)).toBe(true);
    expect(Object.keys(stack.variable ?? {}).sort()).toEqual([
      'phone_pass',
      'registration_password',
      'vicidial_password',
      'vicidial_user',
    ]);
  });

  test('makes the environments that are named, and says which there are', () => {
    expect(synth({ PHONESTATE_ENVIRONMENTS: 'staging' })).toEqual(['staging']);
    expect(synth({ PHONESTATE_ENVIRONMENTS: '' })).toEqual(['production', 'staging']);
    expect(() => synth({ PHONESTATE_ENVIRONMENTS: 'moon' })).toThrow(
      /There is no environment "moon" in stacks\/environments; there are production, staging/u,
    );
  });
});
