import { buildOf, newestBuild } from '../../src/emulator/builds';
import { newPhone, startApi } from './api-calls';

test.each([
  ['241004', '241004-1518', '2.14-194', 241004],
  ['200622-1609', '200622-1609', '2.14-128', 200622],
  ['180301', '180301-2301', '2.14-107', 180301],
  ['150217', '150217-1404', '2.10-69', 150217],
  ['190628', '190628-0000', '2.14-107', 190628],
  ['20201226-1', '20201226-1', '2.14-128', 201226],
  ['130101', '130101-0000', '2.10-69', 130101],
])('the build %s prints %s and %s', (date, build, version, number) => {
  expect(buildOf(date)).toMatchObject({ build, version, number });
});

test.each(['newest', '2410', '241004.1', '19991231'])('%s is no build', (date) => {
  expect(() => buildOf(date)).toThrow('is not a date such as 241004');
});

test('a fork prints names of its own, and does what the date says', () => {
  const names = { build: 'fork 7', version: '9.1' };
  const { call } = startApi(newestBuild, {}, undefined, names);
  expect(call('function=version')).toMatch(/^VERSION: 9\.1\|BUILD: fork 7\|/u);
});

test.each([
  ['130616', 'ERROR: add_phone USER DOES NOT HAVE PERMISSION TO ADD PHONES: |6666|0'],
  ['130617', 'ERROR: Login incorrect, please try again: |6666|bad|BAD|'],
])('build %s answers a wrong password with %s', (build, reply) => {
  expect(startApi(build).call('function=add_phone pass=bad')).toBe(reply);
});

test.each([
  ['190627', 'ERROR: add_phone YOU MUST USE ALL REQUIRED FIELDS'],
  ['190628', 'SUCCESS'],
])('build %s answers outbound_cid=---ALL--- with %s', (build, reply) => {
  expect(startApi(build).call(`${newPhone} outbound_cid=---ALL---`)).toContain(reply);
});

test.each([
  ['211107', 'SERVER DOES NOT EXIST: |6666|'],
  ['220312', 'SUCCESS'],
])('build %s answers a server with a name with %s', (build, reply) => {
  expect(startApi(build, { servers: ['node-1'] }).call(`${newPhone} server_ip=node-1`)).toContain(reply);
});

test.each([
  ['150217', 10, 20],
  ['180301', 100, 20],
  ['230614', 100, 20],
  ['241004', 100, 100],
])('the columns of build %s have %i characters for phone_pass, %i for registration_password', (build, pass, secret) => {
  const { call, stored } = startApi(build);
  const long = 'x'.repeat(101);
  call(`${newPhone} phone_pass=${long} registration_password=${long}`);
  expect([stored()?.phone_pass?.length, stored()?.registration_password?.length]).toEqual([pass, secret]);
});

test('the schema of build 150217 lacks the columns of later builds, and its emails apostrophe and percent sign', () => {
  const { call, stored } = startApi('150217');
  expect(call(`${newPhone} email=o'neil%40x.com template_id=SIP_generic`)).toContain('SUCCESS');
  expect(stored()).toMatchObject({ email: 'oneil40x.com' });
  expect(stored()).not.toHaveProperty('template_id');
  expect(stored()).not.toHaveProperty('is_webphone');
});
