import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rateOf, requiredRate } from '../../testing/comparison';
import { isFullMatrix } from '../../testing/full-matrix';
import { readRecording } from '../../testing/recording';
import { replay } from '../../testing/replay';
import { useTemporaryFolder } from '../temporary-folder';

const folder = join(__dirname, 'recordings');
/** Of each recording; the longest has 150. */
const conversations = isFullMatrix ? Infinity : 40;
const temporary = useTemporaryFolder();

test.each(readdirSync(folder))(
  'the emulator does what the server of %s did',
  async (file) => {
    const result = await replay(readRecording(join(folder, file)).slice(0, conversations));
    expect(result.calls).toBeGreaterThan(1000);
    expect(result.differences.map(({ at, example }) => `${at}\n${example}`)).toEqual([]);
    expect(rateOf(result)).toBeGreaterThanOrEqual(requiredRate);
  },
  120_000,
);

const login = [
  ['source', 'test'],
  ['user', '6666'],
  ['pass', 'admin1234'],
] as const;
const row = {
  extension: '55000',
  server_ip: '10.0.0.11',
  dialplan_number: '55000',
  voicemail_id: '55000',
  phone_login: '55000',
  phone_pass: 'agentSecret',
  protocol: 'SIP',
  registration_password: 'deviceSecret',
  phone_full_name: 'Desk',
  local_gmt: '-5.00',
  outbound_cid: '7275551212',
};
const columns = {
  ...row,
  email: '',
  phone_context: 'default',
  active: 'Y',
  status: 'ACTIVE',
  admin_user_group: '---ALL---',
  outbound_alt_cid: '',
  phone_ring_timeout: '60',
  delete_vm_after_email: 'N',
  is_webphone: 'N',
  webphone_auto_answer: 'Y',
  use_external_server_ip: 'N',
  on_hook_agent: 'N',
  template_id: '',
};
const added = {
  method: 'POST',
  body: [['function', 'add_phone'], ...login, ...Object.entries(row)],
  status: 200,
  reply: 'SUCCESS: add_phone PHONE HAS BEEN ADDED - 6666|55000|10.0.0.11|SIP|55000\n',
  phones: { stored: [columns] },
  rebuild: ['10.0.0.11'],
};
const deleted = {
  method: 'GET',
  query: [
    ['function', 'update_phone'],
    ...login,
    ['extension', '55000', true],
    ['server_ip', '10.0.0.11'],
    ['delete_phone', 'Y'],
  ],
  status: 200,
  reply: 'SUCCESS: update_phone PHONE HAS BEEN DELETED - 6666|55000|10.0.0.11|\n',
  phones: { removed: ['10.0.0.11/55000'] },
};
const version = {
  method: 'GET',
  query: [['function', 'version']],
  status: 200,
  reply: 'VERSION: 2.14-194|BUILD: 241004-1518|DATE: …|EPOCH: …|DST: 0|TZ: -5.00|TZNOW: -5.00|\n',
};
const asText = {
  method: 'POST',
  type: 'text/plain',
  raw_body: 'function=version',
  status: 200,
  reply: 'ERROR: Login incorrect, please try again: |||BAD|\n',
};

/** A file of one conversation, and the path of it. */
function written(steps: readonly object[], name = 'recording.jsonl'): string {
  const path = join(temporary.path, name);
  const text = `${JSON.stringify({ build: '241004', non_latin: false, sequence: 7, steps })}\n`;
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

const replayed = (steps: readonly object[]) => replay(readRecording(written(steps)));

test('calls of each form agree with their recording', async () => {
  expect(await replayed([added, version, asText, deleted])).toEqual({ calls: 4, agreeing: 4, differences: [] });
});

test.each<[string, object, string]>([
  ['status', { ...added, status: 500 }, 'SUCCESS: add_phone PHONE HAS BEEN ADDED: status'],
  [
    'reply',
    { ...added, reply: 'ERROR: add_phone SERVER DOES NOT EXIST: |6666|10.0.0.11\n' },
    'ERROR: add_phone SERVER DOES NOT EXIST / SUCCESS: add_phone PHONE HAS BEEN ADDED',
  ],
  [
    'data of a reply',
    { ...added, reply: added.reply.replace('SIP', 'sip') },
    'SUCCESS: add_phone PHONE HAS BEEN ADDED: reply',
  ],
  [
    'stored row',
    { ...added, phones: { stored: [{ ...columns, email: 'a@b.c' }] } },
    'SUCCESS: add_phone PHONE HAS BEEN ADDED: phones (email)',
  ],
  [
    'removed row',
    { ...added, phones: { stored: [columns], removed: ['10.0.0.11/55001'] } },
    'SUCCESS: add_phone PHONE HAS BEEN ADDED: phones',
  ],
  ['mark for a rebuild', { ...added, rebuild: [] }, 'SUCCESS: add_phone PHONE HAS BEEN ADDED: rebuild'],
])('another %s is a difference, and shows no password', async (_name, step, kind) => {
  const { agreeing, differences } = await replayed([step]);
  expect(agreeing).toBe(0);
  expect(differences).toMatchObject([{ kind, at: 'conversation 7, call 1' }]);
  expect(JSON.stringify(differences)).not.toMatch(/agentSecret|deviceSecret|admin1234/u);
});

test('a difference counts once: what follows is compared from the rows that the server had', async () => {
  const refused = { ...added, status: 500, reply: '', phones: undefined, rebuild: undefined };
  const { calls, agreeing } = await replayed([refused, added, deleted]);
  expect([calls, agreeing]).toEqual([3, 2]);
});

test('a file that has another form is named with its line', () => {
  expect(() => readRecording(written([{ method: 'GET' }]))).toThrow(/recording\.jsonl:1: .*status/su);
});

test('npm run replay prints a line for each file and the differences, and fails below the rate', () => {
  const good = written([added, deleted], 'good.jsonl.gz');
  const bad = written([added, { ...deleted, status: 500 }], 'bad.jsonl');
  const run = (...files: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', join('scripts', 'replay.ts'), ...files], {
      encoding: 'utf8',
      timeout: 60_000,
    });
  const passed = run(good);
  expect([passed.status, passed.stdout]).toEqual([0, 'good.jsonl.gz: 2 calls, 2 agree, 100.00 %\n']);
  const failed = run(good, bad);
  expect(failed.status).toBe(1);
  expect(failed.stdout).toMatch(/bad\.jsonl: 2 calls, 1 agree, 50\.00 %\n {2}1 × SUCCESS: update_phone .*: status\n/u);
});
