import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../stacks/environment';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonestate-environment-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const head = `url: https://dialer.example.com/vicidial/non_agent_api.php
user: { variable: api_user }
password: { variable: api_password }
servers: { east: 10.0.0.11, west: 10.0.0.12 }
`;
const desk = 'phones:\n  - { server: east, extension: "55000", phone_login: "55000" }\n';

/** The complaints about a file, a line each. */
function complaintsOf(text: string): string[] {
  const file = join(folder, 'lab.yaml');
  writeFileSync(file, text);
  try {
    readEnvironment(file);
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '').split('\n');
  }
  return [];
}

test('a good file has no complaint', () => {
  expect(
    complaintsOf(`${head}${desk}aliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }\n`),
  ).toEqual([]);
});

describe('what is wrong in an environment file', () => {
  test.each([
    [
      'digits without quotes',
      'phones:\n  - { server: east, extension: 55000 }',
      'lab.yaml:6: phones.0.extension: a text; put quotes around digits',
    ],
    [
      'a login without quotes',
      `${desk}aliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: [55000] }`,
      'lab.yaml:8: aliases.0.phone_logins.0: a text; put quotes around digits',
    ],
    [
      'a number in quotes',
      'phones:\n  - { server: east, extension: "55000", phone_ring_timeout: "45" }',
      'lab.yaml:6: phones.0.phone_ring_timeout: a number, without quotes',
    ],
    [
      'a key with a slip',
      'phones:\n  - { server: east, extension: "55000", phone_ring_timout: 45 }',
      'lab.yaml:6: phones.0: there is no "phone_ring_timout" here; did you mean phone_ring_timeout?',
    ],
    [
      'a key as TypeScript has it',
      'phones:\n  - { server: east, extension: "55000", phoneFullName: Desk }',
      'lab.yaml:6: phones.0: there is no "phoneFullName" here; did you mean phone_full_name?',
    ],
    ['a list that is not there', 'phones:', 'lab.yaml:5: phones: a list of phones; [] where there are none'],
    [
      'a server of every object',
      'phones:\n  - { server: toString, extension: "55000" }',
      'lab.yaml:6: phones.0.server: no server is named "toString"; the file has east, west',
    ],
    [
      'one alias twice',
      `${desk}aliases:\n  - { alias_id: desks, alias_name: Desks, phone_logins: ["55000"] }\n  - { alias_id: DESKS, alias_name: Desks, phone_logins: ["55000"] }`,
      'lab.yaml:9: aliases.1.alias_id: there is an alias desks already further up; letters count the same in either case',
    ],
  ])('%s is told by file, line and field, once', (_what, text, complaint) => {
    expect(complaintsOf(`${head}${text}\n`)).toEqual([complaint]);
  });

  test('an address that no server has is told where it stands', () => {
    expect(complaintsOf(head.replace('10.0.0.12', '10.0.0.12 (old)') + desk)).toEqual([
      expect.stringMatching(/^lab\.yaml:4: servers\.west: server_ip is "10\.0\.0\.12 \(old\)"/u),
    ]);
  });

  test('a secret with a slip is told with what it takes', () => {
    expect(
      complaintsOf(`${head}phones:\n  - { server: east, extension: "55000", phone_pass: { variabel: a } }\n`),
    ).toContain('lab.yaml:6: phones.0.phone_pass: there is no "variabel" here; did you mean variable?');
  });

  test('a wrong default is told once, however many phones have it', () => {
    const phones = 'phones:\n  - { server: east, extension: "55000" }\n  - { server: east, extension: "55001" }\n';
    expect(complaintsOf(`${head}defaults: { protocol: PJSIP }\n${phones}`)).toEqual([
      expect.stringMatching(/^lab\.yaml:5: defaults\.protocol: /u),
    ]);
  });
});
