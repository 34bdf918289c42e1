import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { phoneType } from '../../../src/model/phone-fields';
import { Secret } from '../../../src/model/secret';
import type { FieldValue } from '../../../src/model/field-definition';
import type { StoredValues } from '../../../src/vicidial/reader';
import { aliasRef, EmulatedSystem, phoneRef } from './emulated-system';

const system = new EmulatedSystem();
afterEach(() => system.close());

const whole = {
  extension: 'Desk-1',
  server_ip: '10.0.0.11',
  dialplan_number: '55000',
  voicemail_id: '55001',
  phone_login: 'desk1',
  phone_pass: 'agentSecret',
  registration_password: 'deviceSecret',
  phone_full_name: 'Front desk',
  protocol: 'PJSIP',
  local_gmt: '-5',
  outbound_cid: '727',
  outbound_alt_cid: '7275551213',
  email: 'desk+1@example.com',
  phone_context: 'sales',
  active: 'N',
  admin_user_group: 'SALES',
  phone_ring_timeout: '45',
  delete_vm_after_email: 'Y',
  is_webphone: 'Y_API_LAUNCH',
  webphone_auto_answer: 'N',
  use_external_server_ip: 'Y',
  on_hook_agent: 'Y',
  template_id: 'WebRTC',
} as const;

/** Passwords in clear, for comparison only. */
function opened(values: StoredValues): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value instanceof Secret ? value.open() : value]),
  );
}

async function readPhone(extension: string, reader = system.connect().reader): Promise<StoredValues> {
  const reading = await reader.read(phoneRef(extension));
  if (reading.status !== 'found') throw new Error(reading.status);
  return reading.values;
}

test('every field of a phone is read, also what the API could not have written', async () => {
  await system.start({ phones: [whole] });
  const values = await readPhone('desk-1');
  expect(opened(values)).toEqual({ ...whole, phone_ring_timeout: 45 });
  expect(Object.keys(values).sort()).toEqual(Object.keys(phoneType.fields).sort());
  expect(values.phone_pass).toBeInstanceOf(Secret);
  expect(values.registration_password).toBeInstanceOf(Secret);
});

test('NULL and no template are read as empty', async () => {
  const phone = { extension: '55000', server_ip: '10.0.0.11' };
  const empty = {
    outbound_cid: null,
    email: null,
    phone_pass: null,
    phone_ring_timeout: null,
    template_id: '--NONE--',
  };
  await system.start({ phones: [{ ...phone, ...empty }] });
  const values = opened(await readPhone('55000'));
  expect(values).toMatchObject({
    outbound_cid: '',
    email: '',
    phone_pass: '',
    phone_ring_timeout: '',
    template_id: '',
  });
});

test('a value with a quote is left out and named, and entities stay as they are', async () => {
  const phone = { extension: '55000', server_ip: '10.0.0.11' };
  await system.start({
    phones: [
      { ...phone, phone_full_name: 'The "front" desk', email: 'a">b', phone_context: 'a&amp;<b>', phone_pass: 'x" ' },
    ],
  });
  const values = opened(await readPhone('55000'));
  expect(values).toMatchObject({ phone_context: 'a&amp;<b>', phone_login: '' });
  for (const name of ['phone_full_name', 'email', 'phone_pass']) expect(values).not.toHaveProperty(name);
  const { reader } = system.connect();
  const unreadable = ['phone_pass', 'phone_full_name', 'email'];
  expect(await reader.read(phoneRef('55000'))).toMatchObject({ status: 'found', unreadable });
});

test('a build without a field has no value for it', async () => {
  await system.start({ phones: [whole] }, { build: '150217' });
  const values = await readPhone('desk-1');
  expect(values).toHaveProperty('phone_login');
  for (const name of ['outbound_alt_cid', 'is_webphone']) expect(values).not.toHaveProperty(name);
  const { reader } = system.connect();
  expect(await reader.read(phoneRef('desk-1'))).not.toHaveProperty('unreadable');
});

test('a phone that does not exist and one that is hidden are both not found', async () => {
  await system.start({ phones: [{ ...whole, admin_user_group: 'ADMIN' }] });
  const { reader } = system.connect({ user: 'sales' });
  expect(await reader.read(phoneRef('desk-1'))).toEqual({ status: 'not-found' });
  expect(await reader.read(phoneRef('no-such-phone'))).toEqual({ status: 'not-found' });
});

test('a phone alias is read, with its logins in their order', async () => {
  const alias = { alias_id: 'Desks', alias_name: 'All desks', phone_logins: ['b', ' a', ''] };
  await system.start({ aliases: [alias] });
  const { reader } = system.connect();
  expect(await reader.read(aliasRef('desks'))).toEqual({
    status: 'found',
    values: { alias_id: 'Desks', alias_name: 'All desks', phone_logins: ['b', 'a'] },
  });
  expect(await reader.read(aliasRef('other'))).toEqual({ status: 'not-found' });
});

test('a page in another language reads the same', async () => {
  await system.startWithUser({ language: 'Deutsch' }, { phones: [whole] });
  expect(opened(await readPhone('desk-1'))).toMatchObject({ active: 'N', is_webphone: 'Y_API_LAUNCH' });
});

test('a phone is read once for a run, whatever the letters of its key, and again after a write', async () => {
  await system.start({ phones: [whole] });
  const { reader } = system.connect();
  await Promise.all([readPhone('desk-1', reader), readPhone('DESK-1', reader)]);
  expect(system.pages).toEqual(['31111111111']);
  system.emulator.store.putPhone({ ...whole, phone_full_name: 'Back desk' });
  expect(await readPhone('desk-1', reader)).toMatchObject({ phone_full_name: 'Front desk' });
  expect(await reader.readAgain(phoneRef('desk-1'))).toMatchObject({ values: { phone_full_name: 'Back desk' } });
  expect(await readPhone('desk-1', reader)).toMatchObject({ phone_full_name: 'Back desk' });
  expect(system.pages).toHaveLength(2);
});

test('what was read of a phone does not keep its page in memory', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const used = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const extensions = Array.from({ length: 40 }, (_, index) => String(20_000 + index));
  const email = 'longer-than-what-is-always-copied@example.com';
  await system.start({ phones: extensions.map((extension) => ({ ...whole, extension, email })) });
  const { reader } = system.connect();
  await readPhone('20000', reader);
  const before = used();
  for (const extension of extensions) expect((await readPhone(extension, reader)).email).toBe(email);
  // A page has 96 KB.
  expect((used() - before) / extensions.length).toBeLessThan(40_000);
});

test('the lists show every object that the user may view, with the fields that they have', async () => {
  const other = { ...whole, extension: '55 &=', is_webphone: 'N', phone_full_name: 'A <b>bold</b>' } as const;
  const hidden = { ...whole, extension: '55009', admin_user_group: 'ADMIN' };
  const aliases = [{ alias_id: 'desks', alias_name: 'All', phone_logins: ['a', 'b'], user_group: 'SALES' }];
  await system.start({ phones: [whole, other, hidden], aliases, entries_per_page: 1 });
  const { reader } = system.connect({ user: 'sales' });
  const { extension, server_ip, protocol, dialplan_number, voicemail_id, phone_full_name, admin_user_group } = whole;
  const row = { extension, server_ip, protocol, dialplan_number, voicemail_id, phone_full_name, admin_user_group };
  const phones = await reader.list(phoneType);
  expect(phones).toHaveLength(2);
  expect(phones).toContainEqual(row);
  expect(phones).toContainEqual(expect.objectContaining({ extension: '55 &=', protocol: 'PJSIP' }));
  expect(await reader.list(phoneAliasType)).toEqual([
    { alias_id: 'desks', alias_name: 'All', phone_logins: ['a', 'b'] },
  ]);
});

test.each(['241004', '150217'] as const)('the lists of an empty system of build %s are empty', async (build) => {
  await system.start({}, { build });
  const { reader } = system.connect();
  expect(await reader.list(phoneType)).toEqual([]);
  expect(await reader.list(phoneAliasType)).toEqual([]);
});

test('the first page shows whether phones may be deleted, the templates and the servers', async () => {
  await system.start({ templates: [{ template_id: 'SIP_generic', template_name: 'Generic SIP' }, 'WebRTC'] });
  const { reader } = system.connect();
  await reader.open();
  expect(await reader.mayDelete()).toBe(true);
  expect((await reader.templates()).map(({ id }) => id)).toEqual(['SIP_generic', 'WebRTC']);
  expect((await reader.servers()).map(({ ip }) => ip)).toEqual(['10.0.0.11', '10.0.0.12']);
  expect(system.pages).toEqual(['31111111111']);
  expect(reader.pagesRead).toBe(1);
  expect(reader.secondsReading).toBeGreaterThan(0);
});

test('a template and a server that a phone has, but the system has not, are not listed', async () => {
  await system.start({ phones: [{ ...whole, server_ip: '10.9.9.9', template_id: 'deleted' }] });
  const { reader } = system.connect();
  expect(await reader.read(phoneRef('desk-1', '10.9.9.9'))).toMatchObject({ values: { template_id: 'deleted' } });
  expect((await reader.templates()).map(({ id }) => id)).not.toContain('deleted');
  expect((await reader.servers()).map(({ ip }) => ip)).not.toContain('10.9.9.9');
});

test('a user without the delete permission may not delete: the page of any phone or alias shows it', async () => {
  await system.start({ phones: [whole], aliases: [{ alias_id: 'desks', alias_name: 'All', phone_logins: [] }] });
  expect(await system.connect({ user: 'nodelete' }).reader.mayDelete()).toBe(false);
  const { reader } = system.connect({ user: 'nodelete' });
  await reader.read(aliasRef('desks'));
  system.emulator.pages.clear();
  expect(await reader.mayDelete()).toBe(false);
  expect(system.pages).toEqual([]);
});

test('the admin pages may be at another address than the API', async () => {
  await system.start({ phones: [whole] });
  const url = 'http://127.0.0.1:1/api/non_agent_api.php';
  const { reader } = system.connect({ url, admin_url: system.emulator.adminUrl });
  expect(await readPhone('desk-1', reader)).toMatchObject({ phone_login: 'desk1' });
});

test('nothing that is secret is in a log', async () => {
  await system.start({ phones: [whole] });
  const values = await readPhone('desk-1');
  const printed = `${inspect(system.logged, { depth: 9 })}${inspect(values)}${JSON.stringify(values)}`;
  expect(system.logged).not.toEqual([]);
  expect(printed).not.toMatch(/agentSecret|deviceSecret|admin1234|NjY2NjphZG1pbjEyMzQ/u);
});
