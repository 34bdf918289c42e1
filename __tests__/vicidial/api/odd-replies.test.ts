/** Replies of real servers that are not as they should be: what stands around a reply, what replaces it, what breaks it. */
import { gzipSync } from 'node:zlib';
import { diff } from '../../../src/model/diff';
import { phoneType } from '../../../src/model/phone-fields';
import { execute } from '../../../src/vicidial/api/execute';
import { plain, type Answer } from '../../../testing/garbles';
import { sampleValues } from '../../../testing/sample-values';
import { codeOf, create, useScriptedProxy, type ScriptedProxy } from './scripted-proxy';

const proxy = useScriptedProxy();
const behind: ScriptedProxy['behind'] = (...given) => proxy.behind(...given);

test('source is the last parameter, so that the log of the API does not break on another one', async () => {
  await create(proxy.connect());
  for (const entry of proxy.emulator.journal.entries) expect([...entry.names].at(-1)).toBe('source');
});

test.each<[string, (answer: Answer) => Buffer]>([
  ['behind warnings of PHP', ({ body }) => plain({ status: 200, body: `<br />\n<b>Warning</b>: x\n\n${body}` })],
  ['behind a blank line and with spaces', ({ body }) => plain({ status: 200, body: `\n  ${body.trim()}  \n\n` })],
  ['before what a hoster appends', ({ body }) => plain({ status: 200, body: `${body}<!-- served by x -->\n` })],
  ['with status 500, as the log failed', ({ body }) => plain({ status: 500, body })],
  [
    'compressed without being asked',
    ({ status, body }) => plain({ status, body }, ['content-encoding: gzip'], gzipSync(body)),
  ],
  [
    'compressed, with the encoding in capitals',
    ({ status, body }) => plain({ status, body }, ['content-encoding: GZIP'], gzipSync(body)),
  ],
])('a reply is found %s, that of the version too', async (_where, respond) => {
  const to = await behind(respond);
  await create(to);
  expect(proxy.emulator.journal.writes.map((entry) => entry.function)).toEqual(['add_phone']);
  expect(await to.version()).toEqual({ version: '2.14-194', build: '241004-1518' });
});

test('with status 500 a reply to another call is not believed', async () => {
  const other = 'SUCCESS: add_phone PHONE HAS BEEN ADDED - 6666|55001|10.0.0.11|SIP|55001\n';
  const to = await behind((_answer, call) => (call === 1 ? plain({ status: 500, body: other }) : undefined));
  // The phone is on the server, as a lookup shows.
  await create(to);
  expect(proxy.emulator.journal.writes).toHaveLength(1);
});

test.each([
  ['no connection left', 200, 'MySQL connect ERROR:  Too many connections\n', []],
  ['too many requests', 429, 'slow down', ['retry-after: 0']],
  ['too busy', 503, '', ['retry-after: Thu, 26 Nov 2026 12:00:30 GMT']],
])('a server with %s is tried again', async (_what, status, body, headers) => {
  const to = await behind((_answer, call) => (call <= 2 ? plain({ status, body }, headers) : undefined));
  expect((await to.send({ function: 'update_phone', parameters: {} })).code).toBe('value-refused');
});

test('a 403 after calls that were answered is a limit, which the message names', async () => {
  const to = await behind((_answer, call) => (call === 1 ? undefined : plain({ status: 403, body: 'Forbidden' })));
  await to.send({ function: 'update_phone', parameters: {} });
  const error: unknown = await to.send({ function: 'update_phone', parameters: {} }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ failure: { code: 'rate-limited' } });
  expect(String(error)).toContain('max_requests_per_second');
});

test.each([
  [401, ['www-authenticate: Basic realm="x"'], 'The web server of ORIGIN wants a login of its own (Basic, HTTP 401)'],
  [401, [], 'unexpected-response: The response of ORIGIN is HTTP 401 without content.'],
  [403, [], 'unexpected-response: The response of ORIGIN is HTTP 403 without content.'],
  [404, [], 'unexpected-response: The response of ORIGIN is HTTP 404 without content.'],
])('an empty %i says so', async (status, headers, text) => {
  const to = await behind(() => plain({ status, body: '' }, headers));
  expect(await codeOf(to.send({ function: 'update_phone', parameters: {} }))).toContain(
    text.replace('ORIGIN', to.origin),
  );
});

test('every request says who sends it', async () => {
  const seen: string[] = [];
  const client = await proxy.serve((_body, socket, head) => {
    seen.push(...(/^user-agent: .*$/imu.exec(head) ?? []));
    socket.end(plain({ status: 404, body: '' }));
  });
  await codeOf(client.version());
  expect(seen).toEqual([expect.stringMatching(/^user-agent: phonestate\/\d/iu)]);
});

test.each<[string, string]>([
  ['a chunk size that is no number', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nSUCCESS\r\n'],
  ['another protocol', 'HTTP/9.9 200 OK\r\n\r\n'],
  ['bare line feeds', 'HTTP/1.1 200 OK\ncontent-length: 5\n\nSUCCE'],
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 9\r\n\r\nabc'],
])('after %s in place of the reply the phone that was created is found', async (_what, bytes) => {
  const to = await behind((_answer, call) => (call === 1 ? bytes : undefined));
  await create(to);
  expect(proxy.emulator.journal.writes).toHaveLength(1);
  expect(proxy.emulator.store.phones).toHaveLength(1);
});

test('a phone that a lagging node shows late is not taken for one that was not created', async () => {
  const to = await behind((answer, call) => {
    const isEarlyLookup = call > 1 && call <= 5 && !answer.body.startsWith('SUCCESS');
    const body =
      call % 2 === 0
        ? 'ERROR: update_phone PHONE DOES NOT EXIST ON THIS SERVER: |6666|10.0.0.11|55000\n'
        : 'ERROR: add_phone YOU MUST USE A VALID TIMEZONE: |6666|99\n';
    return isEarlyLookup ? plain({ status: 200, body }) : undefined;
  });
  await create(to);
  expect(proxy.emulator.store.phones).toHaveLength(1);
});

test('a template that the server refused once is not sent again', async () => {
  const to = proxy.connect();
  const withTemplate = (extension: string) => {
    const change = diff(phoneType, sampleValues(extension, { template_id: 'none' }), null);
    return change.action === 'create' ? execute(to, change.operations[0]) : Promise.reject(new Error('no create'));
  };
  expect(await codeOf(withTemplate('55000'))).toContain('template-not-found');
  const sent = proxy.emulator.journal.entries.length;
  expect(await codeOf(withTemplate('55001'))).toContain('as it answered to an earlier call of this run');
  expect(proxy.emulator.journal.entries).toHaveLength(sent);
});
