import { inspect } from 'node:util';
import { readSettings, type GivenSettings } from '../../src/settings/read-settings';
import { accessFailures, accessWarnings } from '../../src/settings/settings-of-access';
import { settingsFailures } from '../../src/settings/settings-of-reading';
import { createCertificate } from '../../src/terraform/plugin/certificate';

const login = { url: 'https://vicidial.example.com/api.php', user: '6666', password: 'apiSecret' };
const problems = (given: GivenSettings, environment: NodeJS.ProcessEnv = {}) =>
  readSettings({ ...login, ...given }, environment).invalid.map(({ what }) => what);

describe('headers', () => {
  test('are secrets', () => {
    const { values, invalid } = readSettings(login, { VICIDIAL_HEADERS: '{"X-Token": "t0ken", "X-Id": "a:b"}' });
    expect(invalid).toEqual([]);
    const opened = Object.entries(values.headers ?? {}).map(([name, value]) => [name, value.open()]);
    expect(opened).toEqual([
      ['X-Token', 't0ken'],
      ['X-Id', 'a:b'],
    ]);
    expect(`${JSON.stringify(values)}${inspect(values, { depth: 9 })}`).not.toContain('t0ken');
  });

  test.each<[string, GivenSettings['headers'], string]>([
    ['are no JSON object', 'X-Token: t0ken', 'a JSON object, such as'],
    ['are cut off', '{"X-Token": "t0ken"', 'a JSON object, such as'],
    ['hold a number', '{"X-Token": 1}', 'a JSON object, such as'],
    ['have a name twice in other letters', { 'X-Token': 't0ken', 'x-token': 't0ken' }, 'twice'],
    ['have a name with a space', { 'X Token': 't0ken' }, '"X Token" is not the name of a header'],
    ['have a line end', { 'X-Token': 't0ken\n' }, 'X-Token must not end with a line break'],
    ['have a second header in a value', { 'X-Token': 't0ken\r\nX: y' }, 'The value of X-Token must be'],
    ['have an empty value', { 'X-Token': '' }, 'The value of X-Token must be'],
    ['replace what the client sets', { 'Content-Length': '9' }, 'Content-Length cannot be set'],
    ['replace the host', { host: 'other.example.com' }, 'host cannot be set'],
  ])('that %s are refused, and not shown', (_what, headers, problem) => {
    const [found, ...others] = problems(typeof headers === 'string' ? {} : { headers }, {
      ...(typeof headers === 'string' ? { VICIDIAL_HEADERS: headers } : {}),
    });
    expect(found).toMatch(/^headers is not valid\./u);
    expect(found).toContain(problem);
    expect(found).not.toContain('t0ken');
    expect(others).toEqual([]);
  });
});

test.each<[GivenSettings, string]>([
  [{ http_user: 'a:b' }, 'http_user is not valid. It must not have a colon'],
  [{ http_password: 'word\n' }, 'http_password is not valid. It must not have a line end'],
  [{ tls_server_name: 'https://x/' }, 'tls_server_name is not valid. It must be the name of a host'],
  [{ tls_minimum_version: '1' }, 'tls_minimum_version is not valid. It must be one of 1.0, 1.1, 1.2, 1.3.'],
  [{ insecure_skip_verify: 'maybe' }, 'insecure_skip_verify is not valid. It must be true or false'],
])('%j is refused', (given, problem) => {
  expect(problems(given)).toEqual([expect.stringContaining(problem)]);
});

describe('arguments that belong together', () => {
  const found = (given: GivenSettings, unknown: readonly ('http_password' | 'client_key')[] = []) =>
    settingsFailures(readSettings({ ...login, ...given }, {}, unknown)).map(({ field, what }) => [field, what]);

  test('are wanted together, unless the other is not known yet', async () => {
    const { certificate, privateKey } = await createCertificate();
    expect(found({ http_user: 'gate' })).toEqual([['http_password', 'http_user is set, and http_password is not.']]);
    expect(found({ http_password: 'word' })).toEqual([['http_user', 'http_password is set, and http_user is not.']]);
    expect(found({ client_certificate: certificate })).toHaveLength(1);
    expect(found({ client_key: privateKey })).toHaveLength(1);
    expect(found({ http_user: 'gate' }, ['http_password'])).toEqual([]);
    expect(found({ client_certificate: certificate, client_key: privateKey })).toEqual([]);
  });

  test('must fit each other', async () => {
    const [one, other] = await Promise.all([createCertificate(), createCertificate()]);
    const pair = { client_certificate: one.certificate, client_key: other.privateKey };
    expect(found(pair)).toEqual([['client_key', expect.stringContaining('is not the private key of')]]);
    const twice = { http_user: 'gate', http_password: 'word', headers: { authorization: 'Bearer t0ken' } };
    expect(found(twice)).toEqual([
      ['headers', expect.stringContaining('which http_user and http_password set as well')],
    ]);
    expect(accessFailures(readSettings(login, {}))).toEqual([]);
  });
});

describe('the warnings of a run', () => {
  const warned = (given: GivenSettings) =>
    accessWarnings(readSettings({ ...login, ...given }, {}).values).map(({ code, what }) => `${code}: ${what}`);

  test.each<[GivenSettings, readonly string[]]>([
    [{}, []],
    [{ url: 'http://localhost:8080/api.php' }, []],
    [{ url: 'http://127.0.0.9/api.php' }, []],
    [{ url: 'http://[::1]:8080/api.php' }, []],
    [{ url: 'http://10.0.0.5/api.php' }, ['password-in-clear: The address is http://10.0.0.5/api.php.']],
    [{ admin_url: 'http://vicidial/admin.php' }, ['password-in-clear: The address is http://vicidial/admin.php.']],
    [{ insecure_skip_verify: true }, ['certificate-not-verified: insecure_skip_verify is true.']],
    [{ insecure_skip_verify: true, url: 'http://localhost/api.php' }, []],
  ])('%j', (given, expected) => {
    expect(warned(given)).toEqual(expected);
  });
});
