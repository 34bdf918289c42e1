/** Replies that no VICIdial gives, from a server that is scripted for each test. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { PhonestateError } from '../../../src/model/failures';
import { objectRef } from '../../../src/model/identity';
import { phoneType } from '../../../src/model/phone-fields';
import { Secret } from '../../../src/model/secret';
import type { GivenSettings } from '../../../src/settings/read-settings';
import type { VicidialClient } from '../../../src/vicidial/api/client';
import { execute } from '../../../src/vicidial/api/execute';
import { parseRetryAfter } from '../../../src/vicidial/transport';
import { connectClient, singleAttempt } from '../../../testing/client';

let server: Server | undefined;
let client: VicidialClient | undefined;
const logged: unknown[] = [];

async function against(listener: RequestListener, settings: GivenSettings = {}): Promise<VicidialClient> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/vicidial/non_agent_api.php`;
  const collect = (...parts: unknown[]) => void logged.push(parts);
  const options = { retryPolicy: singleAttempt, log: { debug: collect, warn: collect } };
  client = connectClient(url, { password: 'apiSecret', request_timeout_seconds: 1, ...settings }, options);
  return client;
}

afterEach(async () => {
  await client?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  logged.length = 0;
});

async function failureOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PhonestateError)) throw new Error(`no failure but ${inspect(error)}`);
  return error;
}
const key = { extension: '55000', server_ip: '10.0.0.11' };
const sendAdd = (to: VicidialClient) =>
  execute(to, {
    action: 'create',
    object: objectRef(phoneType, key),
    function: 'add_phone',
    parameters: { ...key, phone_pass: new Secret('agentSecret') },
  });

test.each<[string, number, Record<string, string>, string, string]>([
  ['a login page', 200, {}, '<html><title>Login</title></html>', 'unexpected-response'],
  ['another application', 200, { 'content-type': 'application/json' }, '{"error":"no"}', 'unexpected-response'],
  ['a page that is not there', 404, {}, '<html>Not Found</html>', 'unexpected-response'],
  ['a page that asks for a password', 401, {}, '<html>Authorization Required</html>', 'unexpected-response'],
  ['a failure of PHP', 500, {}, '', 'server-failed'],
  ['an empty success', 200, {}, '', 'server-failed'],
  ['a proxy that is overloaded', 503, { 'retry-after': '7' }, '<html>Try again</html>', 'server-busy'],
  ['a redirect', 302, { location: 'http://elsewhere.example/login?pass=apiSecret' }, '', 'redirected'],
  [
    'a reply in another encoding',
    200,
    { 'content-type': 'text/html; charset=utf-16le' },
    'S\0U\0C\0C\0E\0S\0S\0',
    'unexpected-response',
  ],
  ['a refusal in two lines', 200, {}, 'ERROR: Invalid Source - x\nERROR: Invalid Source: |x|', 'login-source'],
  ['half a reply', 200, {}, 'SUCCESS: add_phone PHONE HAS BE', 'unexpected-response'],
  [
    'a reply to another call',
    200,
    {},
    'SUCCESS: update_phone PHONE HAS BEEN UPDATED - 6666|55000|10.0.0.11|',
    'unrecognized-reply',
  ],
  [
    'an unknown message',
    200,
    {},
    'ERROR: add_phone WHO ARE YOU agentSecret: |6666|apiSecret|agentSecret',
    'unrecognized-reply',
  ],
  [
    'every required value echoed',
    200,
    {},
    'ERROR: add_phone YOU MUST USE ALL REQUIRED FIELDS: |6666|55000|agentSecret|apiSecret',
    'value-refused',
  ],
  ['a reply that is far too long', 200, {}, 'x'.repeat(300_000), 'unexpected-response'],
])('%s is a failure that shows no secret', async (_name, status, headers, body, code) => {
  const error = await failureOf(
    sendAdd(await against((_request, response) => response.writeHead(status, headers).end(body))),
  );
  expect(error.failure.code).toBe(code);
  expect(
    `${inspect(error, { depth: 9, showHidden: true })}${error.failure.detail}${inspect(logged, { depth: 9 })}`,
  ).not.toMatch(/apiSecret|agentSecret/u);
});

test('a redirect is not followed: the password goes nowhere else', async () => {
  const paths: (string | undefined)[] = [];
  const to = await against(({ url }, response) => {
    paths.push(url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  await failureOf(sendAdd(to));
  // The second one is the lookup.
  expect(paths).toEqual(['/vicidial/non_agent_api.php', '/vicidial/non_agent_api.php']);
});

test.each<[string, RequestListener]>([
  ['never answers', () => {}],
  ['never ends', (_request, response) => void response.writeHead(200).write('SUCCESS: add_phone ')],
  [
    'drips',
    (_request, response) => {
      const drip = setInterval(() => response.write('S'), 50);
      response.on('close', () => clearInterval(drip));
    },
  ],
])('a server that %s is given up after the time limit', async (_name, listener) => {
  const started = Date.now();
  const error = await failureOf(sendAdd(await against(listener)));
  expect(error.failure.code).toBe('request-timeout');
  expect(Date.now() - started).toBeLessThan(5_000);
});

test('a connection that breaks in the middle of a reply is a failure of its own', async () => {
  const to = await against((_request, response) => {
    response.writeHead(200, { 'content-length': '80' }).write('SUCCESS: add_phone PHONE');
    setTimeout(() => response.destroy(), 20);
  });
  expect((await failureOf(sendAdd(to))).failure.code).toBe('connection-lost');
});

test('no more calls are in progress than max_concurrency, and all are made', async () => {
  let open = 0;
  let max = 0;
  const to = await against(
    (_request, response) => {
      open += 1;
      max = Math.max(max, open);
      setTimeout(() => {
        open -= 1;
        response.end('ERROR: update_phone YOU MUST USE ALL REQUIRED FIELDS: |6666||');
      }, 10);
    },
    { max_concurrency: 3 },
  );
  const call = () => to.send({ function: 'update_phone', parameters: {} });
  expect(await Promise.all(Array.from({ length: 20 }, call))).toHaveLength(20);
  expect(max).toBe(3);
});

test('a server that cannot be reached is a failure with the reason', async () => {
  const unreachable = (url: string) =>
    connectClient(url, { request_timeout_seconds: 5 }, { retryPolicy: singleAttempt });
  expect((await failureOf(sendAdd(unreachable('http://127.0.0.1:1/x')))).failure).toMatchObject({
    code: 'server-unreachable',
    detail: expect.stringContaining('refuses connections') as string,
  });
  const unknownName = await failureOf(sendAdd(unreachable('http://no-such-name.invalid/x')));
  expect(unknownName.failure.code).toBe('server-unreachable');
});

test.each([
  ['7', 7],
  ['Thu, 26 Nov 2026 12:00:30 GMT', 30],
  ['Thu, 26 Nov 2026 11:59:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
])('Retry-After %j is %p seconds', (header, seconds) => {
  expect(parseRetryAfter(header, Date.parse('2026-11-26T12:00:00Z'))).toBe(seconds);
});
