/** In a run with several provider blocks a user must see which server answered: every failure about a reply names it. */
import { diff } from '../../../src/model/diff';
import { PhonestateError } from '../../../src/model/failures';
import { objectRef } from '../../../src/model/identity';
import { phoneAliasType } from '../../../src/model/phone-alias-fields';
import { phoneType } from '../../../src/model/phone-fields';
import { AdminReader } from '../../../src/vicidial/admin/admin-reader';
import { checkKeyAvailable } from '../../../src/vicidial/api/availability';
import type { VicidialClient } from '../../../src/vicidial/api/client';
import { execute } from '../../../src/vicidial/api/execute';
import { lookUp } from '../../../src/vicidial/api/lookup';
import { plain } from '../../../testing/garbles';
import { sampleValues } from '../../../testing/sample-values';
import { create, useScriptedProxy } from './scripted-proxy';

const proxy = useScriptedProxy();
const phone = objectRef(phoneType, sampleValues('55000'));
const probe = { function: 'update_phone', parameters: {} } as const;

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PhonestateError)) throw new Error(`no failure but ${String(error)}`);
  return error.failure.what;
}

async function namesServer(to: VicidialClient, work: Promise<unknown>): Promise<void> {
  const what = await failureOf(work);
  expect(what).toContain(to.origin);
  expect(what).not.toMatch(/admin1234|agent55000|\?|&/u);
}

const line = (text: string) => plain({ status: 200, body: `${text}\n` });

test.each<[string, string | Buffer]>([
  ['a refusal', line('ERROR: add_phone SERVER DOES NOT EXIST: |6666|10.0.0.11')],
  ['a missing permission', line('ERROR: auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION: |6666|add_phone|')],
  ['a refused login', line('ERROR: Login incorrect, please try again: |6666|admin1234|BAD|')],
  ['an unknown message', line('ERROR: add_phone SOMETHING NEW agent55000: |6666|')],
  ['SUCCESS for nothing', line('SUCCESS: add_phone PHONE HAS BEEN ADDED - 6666|55000|10.0.0.11|SIP|55000')],
  ['a database without connections', line('MySQL connect ERROR:  Too many connections')],
  ['another application', line('<html>pass=admin1234</html>')],
  ['a redirect', plain({ status: 302, body: '' }, ['location: /login?pass=admin1234'])],
  ['a wait', plain({ status: 503, body: '' }, ['retry-after: 0'])],
  ['an error', plain({ status: 500, body: '' })],
  ['a login of the web server', plain({ status: 401, body: '' }, ['www-authenticate: Basic realm="x"'])],
  ['a response that is too long', line('x'.repeat(70_000))],
  ['a damaged response', plain({ status: 200, body: '' }, ['content-encoding: gzip'], Buffer.from('damaged'))],
  ['no HTTP', 'SSH-2.0-x\r\n'],
])('%s', async (_what, bytes) => {
  const to = await proxy.serve((body, socket) => {
    const isLookup = body.includes('local_gmt=99');
    const isAdd = body.includes('function=add_phone');
    const notFound = isAdd
      ? 'ERROR: add_phone YOU MUST USE A VALID TIMEZONE: |6666|99'
      : 'ERROR: update_phone PHONE DOES NOT EXIST ON THIS SERVER: |6666|10.0.0.11|55000';
    socket.write(isLookup ? line(notFound) : bytes);
  });
  await namesServer(to, create(to));
});

test('no response at all', async () => {
  const silent = await proxy.serve(() => {}, { request_timeout_seconds: 1 });
  await namesServer(silent, silent.send(probe, { retry: false }));
  const unreachable = proxy.connect('http://127.0.0.1:1/vicidial/non_agent_api.php');
  await namesServer(unreachable, unreachable.version());
});

test('what a lookup or a check of a plan has found', async () => {
  const to = proxy.connect();
  await create(to);
  await namesServer(to, checkKeyAvailable(to, phone));
  proxy.emulator.store.putAlias({ alias_id: 'desks', alias_name: 'Desks', phone_logins: '55000' });
  await namesServer(to, checkKeyAvailable(to, objectRef(phoneAliasType, { alias_id: 'desks' })));
  Object.assign(proxy.emulator.store.users.get('6666') ?? {}, { level: 7 });
  await namesServer(to, lookUp(to, phone));
});

test('a template that was refused before, and a login', async () => {
  const wrong = proxy.connect(proxy.emulator.url, { password: 'wrong' });
  await namesServer(wrong, wrong.send(probe));
  const to = proxy.connect();
  const change = diff(phoneType, sampleValues('55000', { template_id: 'none' }), null);
  if (change.action !== 'create') throw new Error('a new phone is created');
  const [operation] = change.operations;
  await namesServer(to, execute(to, operation));
  await namesServer(to, execute(to, operation));
});

test.each<[string, string | Buffer]>([
  ['a page that is cut off', line('<html><form>')],
  ['another application', line('<html><body>pass</body></html>')],
  ['a refused login', plain({ status: 401, body: 'Login incorrect: |6666|admin1234|BAD|\n' })],
  ['a locked user', line('Too many login attempts: |6666|LOCK|')],
  ['a user without permission', line('You do not have permission to be here: |6666|GOOD|')],
  ['a second factor', line('x: |6666|x|2FA|')],
  ['a redirect', plain({ status: 302, body: '' }, ['location: /x?pass=admin1234'])],
  ['a page that is not there', plain({ status: 404, body: '' })],
])('%s in place of an admin page', async (_what, bytes) => {
  const to = await proxy.serve((_body, socket) => void socket.write(bytes));
  const reader = new AdminReader(to.settings, to.session);
  await namesServer(to, reader.open());
  await reader.close();
});
