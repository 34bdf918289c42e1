import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { faultFile } from '../../src/emulator/faults';
import { persistToFile } from '../../src/emulator/persistence';
import { Store } from '../../src/emulator/store';
import { readSystem, systemData } from '../../src/emulator/system-data';
import { useTemporaryFolder } from '../temporary-folder';
import { startApi, update } from './api-calls';

const temporary = useTemporaryFolder();

test('the examples of the guide are valid, and its files have a schema each', () => {
  const docs = join(__dirname, '..', '..', 'docs');
  const guide = readFileSync(join(docs, 'guides', 'emulator.md'), 'utf8');
  const examples = [...guide.matchAll(/```yaml\n(.*?)```/gsu)].map(([, text = '']) => text);
  const schemas = [systemData, faultFile];
  expect(examples).toHaveLength(schemas.length);
  for (const [index, schema] of schemas.entries()) {
    expect(schema.safeParse(parse(examples[index] ?? '')).error).toBeUndefined();
    const [, name = ''] = /schema=\S*\/(\S+)/u.exec(examples[index] ?? '') ?? [];
    const written = JSON.parse(readFileSync(join(docs, name), 'utf8')) as { properties: object };
    expect(Object.keys(written.properties)).toEqual(Object.keys(schema.shape));
  }
});
const users = [{ user: '6666', password: 'admin1234' }];

test('servers and templates are strings or rows, and the rest has defaults', () => {
  const data = systemData.parse({
    servers: ['10.0.0.11', { server_ip: '10.0.0.12', server_id: 'second', active: 'N' }],
    templates: ['SIP_generic', { template_id: 'WebRTC', template_name: 'Browser phones' }],
    users,
    live_agents: [{ user: '1001', server_ip: '10.0.0.11', extension: 'SIP/55000' }],
  });
  expect(data.servers).toEqual([
    { server_ip: '10.0.0.11', server_id: '', server_description: '', active: 'Y' },
    { server_ip: '10.0.0.12', server_id: 'second', server_description: '', active: 'N' },
  ]);
  const store = new Store(data);
  expect(store.servers).toEqual(['10.0.0.11', '10.0.0.12']);
  expect(store.hasTemplate('webrtc')).toBe(true);
  expect(store.liveAgents).toEqual([
    { user: '1001', server_ip: '10.0.0.11', extension: 'SIP/55000', status: 'READY', campaign_id: '' },
  ]);
  expect(store.users.get('6666')).toMatchObject({ modify_phones: true, api_only_user: false, view_reports: false });
});

test('a column of a row is NULL only where the table permits it', () => {
  const withRow = (row: object) =>
    systemData.safeParse({ servers: ['a'], users, phones: [{ extension: '55000', server_ip: 'a', ...row }] });
  expect(withRow({ outbound_cid: null, email: null, phone_login: null, active: null }).success).toBe(true);
  expect(withRow({ template_id: null }).success).toBe(false);
  expect(withRow({ server_ip: null }).success).toBe(false);
});

test('a file that is missing, is a folder or is empty is named in plain words', () => {
  const missing = join(temporary.path, 'missing.yaml');
  expect(() => readSystem(missing)).toThrow(`${missing} cannot be read: there is no such file.`);
  expect(() => readSystem(temporary.path)).toThrow(`${temporary.path} cannot be read: it is a folder.`);
  const empty = join(temporary.path, 'empty.yaml');
  writeFileSync(empty, '');
  expect(() => readSystem(empty)).toThrow(`${empty}:1: expected object, not null`);
});

test('NULL is saved in the file and read again; a file that cannot be written does not end the emulator', () => {
  const errors: string[] = [];
  const file = join(temporary.path, 'system.yaml');
  writeFileSync(file, 'servers: [a]\nusers:\n  - { user: "6666", password: admin1234 }\n');
  const system = readSystem(file);
  const store = new Store(system.data);
  const flush = persistToFile(file, system, store, (error) => errors.push(error.message));
  store.putPhone({ extension: '55000', server_ip: 'a', email: null });
  flush();
  expect(readFileSync(file, 'utf8')).toContain('email: null');
  expect(readSystem(file).data.phones).toMatchObject([{ extension: '55000', email: null, phone_context: 'default' }]);
  rmSync(file);
  store.putPhone({ extension: '55001', server_ip: 'a' });
  flush();
  expect(errors).toEqual([`The phones could not be saved in ${file} (ENOENT).`]);
});

test('a row gets the defaults of the columns that it leaves out', () => {
  const { api, stored } = startApi();
  api.store.putPhone({ extension: '55000', server_ip: '10.0.0.11', phone_context: null });
  expect(stored()).toMatchObject({ phone_ring_timeout: '60', webphone_auto_answer: 'Y', phone_context: null });
  expect(stored()).not.toHaveProperty('outbound_cid');
});

test('the API updates a row with NULL, and counts no login of it', () => {
  const { api, call, stored } = startApi();
  const nulls = { phone_login: null, email: null, admin_user_group: null };
  api.store.putPhone({ extension: '55000', server_ip: '10.0.0.11', ...nulls });
  api.store.putPhone({ extension: '55001', server_ip: '10.0.0.12', ...nulls });
  expect(call(`${update} phone_login=55000 user=sales`)).toContain('SUCCESS');
  expect(stored()).toMatchObject({ phone_login: '55000', email: null });
  expect(api.store.hasLogin('')).toBe(false);
});
