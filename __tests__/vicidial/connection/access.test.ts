/** What stands between this machine and VICIdial: what each of it says in a plan and in doctor, and what lets a run through. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { properties } from '../../../src/model/failures';
import { readSettings, type GivenSettings } from '../../../src/settings/read-settings';
import { VicidialClient } from '../../../src/vicidial/api/client';
import type { Check } from '../../../src/vicidial/doctor/check';
import { runChecks } from '../../../src/vicidial/doctor/doctor';
import { vicidialProvider } from '../../../src/provider/provider';
import type { ObjectValue } from '../../../src/terraform/value';
import { singleAttempt } from '../../../testing/client';
import { PlanWalk } from '../../provider/plan-walk';
import { details, phone } from '../../provider/server';
import { useTemporaryFolder } from '../../temporary-folder';
import { accessCases, type Barrier } from './access-cases';
import { useNetwork } from './gates';

const network = useNetwork();
const temporary = useTemporaryFolder('file');
const login = { user: '6666', password: 'admin1234', read_from: 'api', request_timeout_seconds: 5 };

/** Variables of the machine that runs the tests must not count. */
const machine = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'];
const before = { ...process.env };
beforeEach(() => {
  for (const name of machine) for (const each of [name, name.toLowerCase()]) delete process.env[each];
});
afterEach(() => {
  for (const name of machine) delete process.env[name];
  Object.assign(process.env, before);
});

/** What doctor checks first: whether the server answers. */
async function checkServer(given: GivenSettings, variables: Barrier['variables'] = {}): Promise<Check | undefined> {
  Object.assign(process.env, variables);
  const checks = await runChecks(
    readSettings({ ...login, ...given }, variables),
    (settings) => new VicidialClient(settings, { retryPolicy: singleAttempt }),
  );
  return checks.find(({ name }) => name === 'server') ?? checks[0];
}

/** What a plan of a new phone says. */
async function plan(url: string, variables: Barrier['variables'] = {}) {
  const walk = await PlanWalk.start(network.emulator, { url }, variables);
  return walk.plan('vicidial_phone', phone('55000')).finally(() => walk.end());
}

describe.each(accessCases.map((each) => [each.row, each] as const))('%s', (_row, { code, what, make }) => {
  test(`is ${code}, and passed with the argument of its row`, async () => {
    const { url, variables = {}, argument } = await make(network, temporary.path);
    const check = await checkServer({ url }, variables);
    expect(check).toMatchObject({ name: 'server', status: 'failed', failure: { code } });
    expect(check?.failure?.detail).toMatch(what);
    if (!properties({ code }).transient) {
      const outcome = await plan(url, variables);
      expect(outcome.codes).toEqual([code]);
      expect(details(outcome)).toMatch(what);
    }
    expect(network.emulator.journal.entries).toEqual([]);
    if (!argument) return;
    const passed = await checkServer({ url, ...argument.settings }, { ...variables, ...argument.variables });
    expect(passed).toMatchObject({ name: 'server', status: 'ok' });
  });
});

test('the table in the docs has these rows, each with its code', () => {
  const guide = readFileSync(join(__dirname, '../../../docs/guides/networks.md'), 'utf8');
  const rows = [...guide.matchAll(/^\| (?!---|what )(.*?) \| .*? \| `([a-z-]+)`/gmu)].map(([, row, code]) => [
    row,
    code,
  ]);
  const warnings = rows.filter(([, code]) => code === 'password-in-clear' || code === 'certificate-not-verified');
  expect(rows).toEqual([...accessCases.map(({ row, code }) => [row, code]), ...warnings]);
  expect(warnings).toHaveLength(2);
});

test.each<[string, GivenSettings, string]>([
  ['`http://` to another machine', { url: 'http://vicidial.invalid/api.php' }, 'password-in-clear'],
  [
    'insecure_skip_verify',
    { url: 'https://vicidial.invalid/api.php', insecure_skip_verify: true },
    'certificate-not-verified',
  ],
])('%s is a warning of doctor and of each run, which is given once', async (_what, given, code) => {
  const checks = await runChecks(
    readSettings({ ...login, ...given, request_timeout_seconds: 1 }, {}),
    (settings) => new VicidialClient(settings, { retryPolicy: singleAttempt }),
  );
  expect(checks[0]).toMatchObject({ name: 'settings', status: 'warning', failure: { code } });
  const provider = vicidialProvider({});
  const attributes = Object.keys(provider.schema.attributes).map((name) => [name, null]);
  const config = { ...(Object.fromEntries(attributes) as Record<string, null>), ...login, ...given } as ObjectValue;
  const diagnostics = await provider.configure(config, { terraformVersion: '1.11.4' });
  expect(diagnostics.map(({ severity, detail }) => [severity, /Code: (.*)/u.exec(detail ?? '')?.[1]])).toEqual([
    ['warning', code],
  ]);
});

describe('the admin pages behind a login of the web server', () => {
  const basic = (user: string) => `Basic ${Buffer.from(user).toString('base64')}`;
  const gate = (isApi: (path: string) => boolean) =>
    network.gate(({ headers, url = '' }) =>
      !isApi(url) || headers.authorization === basic('gate:s3cret')
        ? undefined
        : {
            status: 401,
            headers: { 'www-authenticate': 'Basic realm="internal"' },
            body: '<h1>Authorization Required</h1>',
          },
    );
  const open = { http_user: 'gate', http_password: 's3cret', read_from: 'auto', user: '6666', password: 'admin1234' };

  test('are not read, and the run goes on with the API', async () => {
    const url = await gate(() => true);
    const checks = await runChecks(
      readSettings({ ...open, url }, {}),
      (settings) => new VicidialClient(settings, { retryPolicy: singleAttempt }),
    );
    const byName = Object.fromEntries(checks.map((check) => [check.name, check]));
    expect(byName['update_phone']).toMatchObject({ status: 'ok' });
    expect(byName['admin pages']).toMatchObject({ status: 'warning', failure: { code: 'admin-pages-unreadable' } });
    expect(byName['admin pages']?.failure?.what).toContain('It would be in the header');
  });

  test('are read where the login stands before the API only, without it and with the headers', async () => {
    const seen: (string | string[] | undefined)[] = [];
    const inner = await gate((path) => path.includes('non_agent_api'));
    const url = await network.gate(({ headers, url: path = '' }) => {
      if (path.includes('admin.php')) seen.push(headers['x-token'], headers.authorization);
      return undefined;
    });
    const checks = await runChecks(
      readSettings(
        { ...open, url: inner, admin_url: url.replace('non_agent_api', 'admin'), headers: { 'X-Token': 't' } },
        {},
      ),
      (settings) => new VicidialClient(settings, { retryPolicy: singleAttempt }),
    );
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(checks.find(({ name }) => name === 'admin pages')).toMatchObject({ status: 'ok' });
    expect(new Set(seen)).toEqual(new Set(['t', basic('6666:admin1234')]));
  });
});
