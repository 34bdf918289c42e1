/** Between the sending of a create or delete and the look whether it was carried out, nothing is thrown. */
import { runInThisContext } from 'node:vm';
import { isOutcomeUnknown } from '../../../src/model/failures';
import { plain } from '../../../testing/garbles';
import { LaggingNode } from '../../../testing/lagging-node';
import { codeOf, create, remove, useScriptedProxy, type Respond } from './scripted-proxy';

const proxy = useScriptedProxy();
const stored = () => proxy.emulator.store.phone('10.0.0.11', '55000');

const page = (status: number, headers: readonly string[] = []) =>
  plain({ status, body: '<html>Forbidden</html>' }, headers);
const isWrite = (body: string) => body.includes('phone_pass=agent55000') || body.includes('delete_phone=Y');

/** Sends a response in place of the reply to what writes. */
const instead =
  (bytes: string | Buffer): Respond =>
  (_answer, _call, body) =>
    isWrite(body) ? bytes : undefined;

const oddReplies: readonly (readonly [string, string | Buffer])[] = [
  ['a message that is not known', plain({ status: 200, body: 'ERROR: add_phone PHQNE HAS BEEN ADDED: |6666|\n' })],
  [
    'the reply to another call',
    plain({ status: 200, body: 'SUCCESS: add_phone PHONE HAS BEEN ADDED - 6666|55001|10.0.0.11|SIP|55001\n' }),
  ],
  [
    'the refusal of another call',
    plain({ status: 200, body: 'ERROR: add_phone PHONE ALREADY EXISTS ON THIS SERVER: |6666|10.0.0.11|55001\n' }),
  ],
  ['a redirect', page(302, ['location: /login'])],
  ['a firewall that inspects replies', page(403)],
  ['a gate that asks for a login', page(401, ['www-authenticate: Basic realm="x"'])],
  ['a web server that wants a certificate', plain({ status: 400, body: 'No required SSL certificate was sent' })],
  ['a limit', page(429, ['retry-after: 0'])],
  ['an error without content', plain({ status: 500, body: '' })],
];

describe.each(oddReplies)('where %s comes in place of the reply', (_what, bytes) => {
  test('to a create, the phone that was created is found', async () => {
    await create(await proxy.behind(instead(bytes)));
    expect(proxy.emulator.journal.writes).toHaveLength(1);
    expect(stored()).toBeDefined();
  });

  test('to a delete, it is found out that it was carried out', async () => {
    await create(proxy.connect());
    await remove(await proxy.behind(instead(bytes)));
    expect(proxy.emulator.journal.writes).toHaveLength(2);
    expect(stored()).toBeUndefined();
  });
});

test.each([401, 403, 429, 302])('a whole reply to this very call is believed with status %i', async (status) => {
  await create(await proxy.behind((answer, _call, body) => (isWrite(body) ? plain({ ...answer, status }) : undefined)));
  // Without the one reply, the lookup would be followed by one of the login.
  expect(proxy.emulator.journal.entries.map((entry) => entry.function)).toEqual(['add_phone', 'update_phone']);
});

test('where the lookup fails too, the failure names the phone that may have been created', async () => {
  const to = await proxy.behind(() => plain({ status: 404, body: 'no' }));
  const failure = await codeOf(create(to));
  expect(failure).toContain('unexpected-response: ');
  expect(failure).toContain('Whether the phone 10.0.0.11/55000 was created is not known');
  expect(stored()).toBeDefined();
});

test('an interruption after the create was sent does not say that nothing was done', async () => {
  const to = await proxy.behind((_answer, _call, body) => {
    if (!isWrite(body)) return undefined;
    to.stop();
    return plain({ status: 500, body: '' });
  });
  const error: unknown = await create(to).catch((reason: unknown) => reason);
  expect(isOutcomeUnknown(error)).toBe(true);
  expect(String(error)).toContain('Whether the phone 10.0.0.11/55000 was created is not known');
});

test('where the reply to the second attempt is lost as well, it is looked up again', async () => {
  let sent = 0;
  const to = await proxy.serve((body, socket) => {
    if (isWrite(body)) sent += 1;
    // The first attempt never arrives.
    if (isWrite(body) && sent === 1) {
      socket.resetAndDestroy();
      return;
    }
    void fetch(proxy.emulator.url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }).then(async (response) => {
      if (isWrite(body)) socket.resetAndDestroy();
      else socket.write(plain({ status: 200, body: await response.text() }));
    });
  });
  await create(to);
  expect(sent).toBe(2);
  expect(proxy.emulator.journal.writes).toHaveLength(1);
});

test('where a node lags, and the phone exists at the second attempt, its login is waited for', async () => {
  const node = new LaggingNode(() => 400);
  const to = await proxy.behind((answer, call, body) => {
    if (isWrite(body) && call === 1) node.note('55000', answer.body);
    if (isWrite(body) && call === 1) return 'SSH-2.0-x\r\n';
    const shown = isWrite(body) ? undefined : node.answer('55000', new Map(new URLSearchParams(body)));
    return shown === undefined ? undefined : plain({ status: 200, body: shown });
  });
  await create(to);
  expect(proxy.emulator.journal.entries.filter(({ changed }) => changed)).toHaveLength(1);
});

test('an unknown message that repeats a secret of another call is masked', async () => {
  const body = 'ERROR: update_phone WHAT IS agent55000: |6666|\n';
  const to = await proxy.behind((_answer, call) => (call === 3 ? plain({ status: 200, body }) : undefined));
  await create(to);
  const failure = await codeOf(
    to.send({ function: 'update_phone', parameters: {} }).then((result) => {
      throw result.toError();
    }),
  );
  expect(failure).toContain('WHAT IS (sensitive)');
});

test('many calls that wait for another attempt print no warning of Node.js', async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error) => void warnings.push(name);
  // Jest gives tests a copy of it, which gets no warnings.
  const realProcess = runInThisContext('process') as NodeJS.Process;
  realProcess.on('warning', note);
  const to = await proxy.serve((_body, socket) => void socket.write(page(503, ['retry-after: 1'])), {
    max_concurrency: 32,
  });
  const sending = Array.from({ length: 20 }, () => codeOf(to.send({ function: 'update_phone', parameters: {} })));
  setTimeout(() => to.stop(), 300);
  await Promise.all(sending);
  realProcess.off('warning', note);
  expect(warnings).toEqual([]);
});
