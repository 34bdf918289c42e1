/** Replies that no VICIdial gives, from a server that is scripted for each test. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { PhonestateError } from '../../../src/model/failures';
import { Secret } from '../../../src/model/secret';
import { VicidialClient } from '../../../src/vicidial/api/client';
import { parseClientOptions } from '../../../src/vicidial/client-options';
import { write } from '../../../src/vicidial/api/execute';

let server: Server | undefined;
let client: VicidialClient | undefined;
const logged: unknown[] = [];

async function against(answer: RequestListener, options: Record<string, unknown> = {}): Promise<VicidialClient> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/vicidial/non_agent_api.php`;
  const log = { debug: (...said: unknown[]) => logged.push(said), warn: (...said: unknown[]) => logged.push(said) };
  client = new VicidialClient(
    parseClientOptions({
      url,
      user: '6666',
      password: 'apiSecret',
      requestTimeoutSeconds: 1,
      retry: { attempts: 1, firstPauseMs: 1, limitMs: 1000 },
      log,
      ...options,
    }),
  );
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
const sendAdd = (to: VicidialClient) =>
  write(to, {
    function: 'add_phone',
    fields: { extension: '55000', server_ip: '10.0.0.11', phone_pass: new Secret('agentSecret') },
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
    'a message that nobody knows',
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
  let calls = 0;
  const to = await against((_request, response) => {
    calls += 1;
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  await failureOf(sendAdd(to));
  expect(calls).toBe(1);
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
])('a server that %s is given up after the time limit', async (_name, answer) => {
  const started = Date.now();
  const error = await failureOf(sendAdd(await against(answer)));
  expect(error.failure.code).toBe('request-timeout');
  expect(Date.now() - started).toBeLessThan(5_000);
});

test('a connection that breaks in the middle of a reply is told', async () => {
  const to = await against((_request, response) => {
    response.writeHead(200, { 'content-length': '80' }).write('SUCCESS: add_phone PHONE');
    setTimeout(() => response.destroy(), 20);
  });
  expect((await failureOf(sendAdd(to))).failure.code).toBe('connection-lost');
});

test('no more calls are under way than max_concurrency, and all get their turn', async () => {
  let open = 0;
  let most = 0;
  const to = await against(
    (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.end('ERROR: update_phone YOU MUST USE ALL REQUIRED FIELDS: |6666||');
      }, 10);
    },
    { maxConcurrency: 3 },
  );
  expect(await Promise.all(Array.from({ length: 20 }, () => to.call('update_phone')))).toHaveLength(20);
  expect(most).toBe(3);
});

test('what cannot be reached is told by its reason', async () => {
  const nobody = (url: string) =>
    new VicidialClient(
      parseClientOptions({
        url,
        user: '6666',
        password: 'apiSecret',
        requestTimeoutSeconds: 5,
        retry: { attempts: 1, firstPauseMs: 1, limitMs: 1000 },
      }),
    );
  expect((await failureOf(sendAdd(nobody('http://127.0.0.1:1/x')))).failure).toMatchObject({
    code: 'server-unreachable',
    detail: expect.stringContaining('refuses connections') as string,
  });
  expect((await failureOf(sendAdd(nobody('http://no-such-name.invalid/x')))).failure.code).toBe('server-unreachable');
});
