import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { FaultRule } from '../../../src/emulator/faults';
import { PhonestateError } from '../../../src/model/failures';
import { phoneType } from '../../../src/model/phone-fields';
import { readSettings, requireSettings } from '../../../src/settings/read-settings';
import { AdminAccessError } from '../../../src/vicidial/admin/access';
import { AdminReader } from '../../../src/vicidial/admin/admin-reader';
import { Session } from '../../../src/vicidial/session';
import { singleAttempt } from '../../../testing/client';
import { EmulatedSystem, phoneRef } from './emulated-system';

const system = new EmulatedSystem();
let server: Server | undefined;
let served = 0;

afterEach(async () => {
  await system.close();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  served = 0;
});

async function failureOf(work: Promise<unknown>): Promise<PhonestateError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PhonestateError)) throw new Error(`no failure but ${inspect(error)}`);
  return error;
}

/** What a caller can distinguish: the code, and whether the user does not get in. */
const summaryOf = (error: PhonestateError) => [error.failure.code, error instanceof AdminAccessError];
const update = { function: 'update_phone', parameters: {} } as const;

describe('users who do not get in', () => {
  test.each<[string, Parameters<EmulatedSystem['startWithUser']>[0], RegExp, string?]>([
    ['api_only_user', { api_only_user: true }, /api_only_user/u],
    ['a level below 8', { level: 7 }, /level/u],
    ['reports only', { level: 7, view_reports: true }, /reports/u],
    ['another address', { blocked_page_address: true }, /address/u, 'login-address'],
    ['a second factor', { second_factor: true }, /second factor/u, 'login-second-factor'],
    ['a redirect', { admin_redirect: 'http://elsewhere.example/start?token=apiSecret' }, /elsewhere\.example/u],
    ['no permission', { ast_admin_access: false, modify_phones: false }, /"AST Admin Access" nor "Modify Phones"/u],
    ['no permission, translated', { ast_admin_access: false, modify_phones: false, language: 'Deutsch' }, /Modify/u],
  ])('%s is no broken page, and the API goes on', async (_name, user, what, code = 'admin-pages-unreadable') => {
    await system.startWithUser(user);
    const { client, reader } = system.connect();
    const error = await failureOf(reader.open());
    expect(error).toBeInstanceOf(AdminAccessError);
    expect(error.failure.what).toMatch(what);
    expect(error.failure.code).toBe(code);
    expect(error.failure.what).not.toContain('apiSecret');
    expect(await failureOf(reader.read(phoneRef('55000')))).toBe(error);
    expect(system.pages).toHaveLength(1);
    if (!('second_factor' in user)) expect((await client.send(update)).code).toBeDefined();
  });

  test('an installation that was never finished shows its licence', async () => {
    await system.start({ first_login_trigger: true });
    const error = await failureOf(system.connect().reader.open());
    expect(summaryOf(error)).toEqual(['admin-pages-unreadable', true]);
    expect(error.failure.what).toContain('licence');
  });
});

describe('a refused login', () => {
  test('a wrong password is sent once, whether pages or calls go first', async () => {
    await system.start();
    const wrong = { password: 'wrongSecret' };
    const pages = system.connect(wrong);
    const codes = await Promise.all([
      ...Array.from({ length: 20 }, (_, index) => failureOf(pages.reader.read(phoneRef(`5500${index}`)))),
      failureOf(pages.client.send(update)),
    ]);
    expect(new Set(codes.map(({ failure }) => failure.code))).toEqual(new Set(['login-incorrect']));
    const calls = system.connect(wrong);
    const first = await failureOf(calls.client.send(update));
    expect(await failureOf(calls.reader.open())).toBe(first);
    expect(system.emulator.api.authentication.counters.get('6666')).toMatchObject({ attempts: 2, failed: 2 });
    expect(inspect([codes, system.logged], { depth: 9 })).not.toContain('wrongSecret');
  });

  test('a locked user has a failure of its own', async () => {
    await system.start();
    // A user without a successful login is locked later.
    await system.connect().reader.open();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await failureOf(system.connect({ password: 'wrong' }).reader.open());
    }
    expect(summaryOf(await failureOf(system.connect().reader.open()))).toEqual(['login-locked', false]);
  });
});

describe('pages that are broken', () => {
  test.each<[string, FaultRule, unknown[]]>([
    ['cut before the form', { kind: 'cut-page', share: 0.5 }, ['admin-pages-unreadable', false]],
    ['cut in the form', { kind: 'cut-page', share: 0.9 }, ['admin-pages-unreadable', false]],
    ['of another application', { kind: 'other-application' }, ['admin-pages-unreadable', true]],
    ['of a server that fails', { kind: 'error-before' }, ['server-failed', false]],
    ['without content', { kind: 'empty' }, ['server-failed', false]],
    ['of a busy proxy', { kind: 'busy' }, ['server-busy', false]],
    ['broken off', { kind: 'half-reply' }, ['connection-lost', false]],
  ])('a page %s is a failure', async (_name, rule, expected) => {
    await system.start({}, { faults: { rules: [{ ...rule, page: true }] } });
    expect(summaryOf(await failureOf(system.connect().reader.open()))).toEqual(expected);
  });

  test('a page that fails for a moment is asked for again', async () => {
    await system.start({}, { faults: { rules: [{ kind: 'bad-gateway', page: true, times: 2 }] } });
    const { reader } = system.connect({}, { maxAttempts: 3, initialDelayMs: 1, maxElapsedMs: 10_000 });
    await reader.open();
    expect(reader.pagesRead).toBe(1);
  });

  test('a reading that failed is no reading: the next one asks again', async () => {
    await system.start({}, { faults: { rules: [{ kind: 'cut-page', page: true, skip: 1, times: 1 }] } });
    const { reader } = system.connect();
    await reader.open();
    expect(summaryOf(await failureOf(reader.read(phoneRef('55000'))))).toEqual(['admin-pages-unreadable', false]);
    expect(await reader.read(phoneRef('55000'))).toEqual({ status: 'not-found' });
  });

  test.each([0.6, 0.8, 0.9, 0.95])('a list that is cut off after %p of it is no list', async (share) => {
    const phones = Array.from({ length: 200 }, (_, index) => ({ extension: `55${index}`, server_ip: '10.0.0.11' }));
    const rule = { kind: 'cut-page', page: true, function: '10000000000', share } as const;
    await system.start({ phones }, { faults: { rules: [rule] } });
    const error = await failureOf(system.connect().reader.list(phoneType));
    expect(summaryOf(error)).toEqual(['admin-pages-unreadable', false]);
  });
});

/** A reader of a server that answers every request the same. */
async function against(respond: (response: ServerResponse) => void, path = '/vicidial/'): Promise<AdminReader> {
  const listening = createServer((_request, response) => {
    served += 1;
    respond(response);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}${path}non_agent_api.php`;
  const settings = requireSettings(readSettings({ url, user: '6666', password: 'apiSecret' }, {}));
  return new AdminReader(settings, new Session(settings, { retryPolicy: singleAttempt }));
}

const formOf = (key: string) =>
  `<form><input type=hidden name=ADD value=41111111111>${key}<input type=submit></form></html>`;

describe('answers that no VICIdial gives', () => {
  test.each<[string, number, string, unknown[]]>([
    ['a gate of the web server', 401, '<html>Authorization Required</html>', ['admin-pages-unreadable', true]],
    ['a forbidden page', 403, '<html>Forbidden</html>', ['admin-pages-unreadable', true]],
    ['no page', 404, '<html>Not Found</html>', ['admin-pages-unreadable', true]],
    ['a strange status', 418, '<html></html>', ['admin-pages-unreadable', false]],
    [
      'a page about another phone',
      200,
      formOf('<input type=hidden name=old_extension value=1><input type=hidden name=old_server_ip value=2>'),
      ['admin-pages-unreadable', false],
    ],
    ['a form without a key', 200, formOf(''), ['admin-pages-unreadable', false]],
    [
      'a login with the password in it',
      401,
      'Login incorrect, please try again: |6666|apiSecret|BAD|',
      ['login-incorrect', false],
    ],
    ['the same in another language', 401, 'Falsch: |6666|apiSecret|BAD|\n', ['login-incorrect', false]],
  ])('%s is a failure that shows no secret', async (_name, status, body, expected) => {
    const reader = await against((response) => response.writeHead(status).end(body));
    const error = await failureOf(reader.read(phoneRef('55000')));
    expect(summaryOf(error)).toEqual(expected);
    expect(`${inspect(error, { depth: 9, showHidden: true })}${error.failure.detail}`).not.toContain('apiSecret');
    await reader.close();
  });

  test('an empty list of another application is no empty list', async () => {
    const first = formOf(
      '<input type=hidden name=old_extension value=""><input type=hidden name=old_server_ip value="">',
    );
    const reader = await against((response) => response.end(served === 1 ? first : '<html>Welcome</html>'));
    expect(summaryOf(await failureOf(reader.list(phoneType)))).toEqual(['admin-pages-unreadable', true]);
    await reader.close();
  });
});
