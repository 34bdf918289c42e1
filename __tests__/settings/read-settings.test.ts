import { inspect } from 'node:util';
import { PhonestateError } from '../../src/model/failures';
import { providerSettings, settingRows } from '../../src/settings/provider-settings';
import { systemOf } from '../../src/settings/system';
import { readSettings, requireSettings, settingProblem, type GivenSettings } from '../../src/settings/read-settings';
import { settingsFailures } from '../../src/settings/settings-of-reading';

const url = 'https://vicidial.example.com/vicidial/non_agent_api.php';
const login = { url, user: '6666', password: 'apiSecret' };

const failureOf = (given: GivenSettings, environment: NodeJS.ProcessEnv = {}) => {
  try {
    requireSettings(readSettings(given, environment));
  } catch (error) {
    if (error instanceof PhonestateError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
};

test('a setting that is not given has its default, and the password is a secret', () => {
  const settings = requireSettings(readSettings(login, {}));
  expect(settings).toMatchObject({ call_source: 'terraform', request_timeout_seconds: 30, max_concurrency: 8 });
  expect(settings).toMatchObject({ verify_writes: true, delete_permission_check: 'auto' });
  expect(`${JSON.stringify(settings)}${inspect(settings)}`).not.toContain('apiSecret');
});

test('a setting that is not given is read from its environment variable, which does not replace a given one', () => {
  const environment = { VICIDIAL_URL: url, VICIDIAL_USER: 'planner', VICIDIAL_REQUEST_TIMEOUT_SECONDS: '12' };
  const { values } = readSettings({ user: 'writer' }, environment);
  expect(values).toMatchObject({ url, user: 'writer', request_timeout_seconds: 12 });
});

test('an empty variable counts as not set', () => {
  expect(readSettings({ url, password: 'x' }, { VICIDIAL_USER: '' }).missing).toEqual(['user']);
});

test('the environment does not replace a setting whose value is not known yet', () => {
  const reading = readSettings({ user: '6666', password: 'x' }, { VICIDIAL_URL: url }, ['url']);
  expect(reading).toMatchObject({ missing: [], unknown: ['url'] });
  expect(reading.values.url).toBeUndefined();
});

test.each([
  ['1', true],
  ['T', true],
  ['TRUE', true],
  ['true', true],
  ['0', false],
  ['f', false],
  ['False', false],
])('a boolean variable may be %j', (word, expected) => {
  expect(readSettings(login, { VICIDIAL_ADOPT_EXISTING: word }).values.adopt_existing).toBe(expected);
});

test.each<[GivenSettings, string, string]>([
  [{ url: 'vicidial.example.com' }, 'url', 'https://'],
  [{ url: 'ftp://vicidial.example.com/' }, 'url', 'https://'],
  [{ url: 'https://6666:apiSecret@vicidial.example.com/' }, 'url', 'the arguments user and password'],
  // VICIdial's own examples are written so, and the query wins over the body: every call would delete the phone.
  [{ url: `${url}?function=update_phone&extension=55000&delete_phone=Y` }, 'url', 'must not have a query'],
  [{ url: `${url}?user=6666&pass=apiSecret` }, 'url', 'the arguments user and password'],
  [{ url: `${url}?` }, 'url', 'must not have a query'],
  [{ url: `${url}#top` }, 'url', 'fragment'],
  [{ system_name: 'my system' }, 'system_name', 'without spaces'],
  [{ user: 'api user' }, 'user', 'letters, digits'],
  [{ password: 'p@ss word' }, 'password', 'letters, digits'],
  [{ call_source: 'x' }, 'call_source', '2 to 20'],
  [{ request_timeout_seconds: 0 }, 'request_timeout_seconds', '1 to 600'],
  [{ max_concurrency: 2.5 }, 'max_concurrency', '1 to 64'],
  [{ max_requests_per_second: 'many' }, 'max_requests_per_second', '1 to 1000'],
  [{ max_concurrency: '0x10' }, 'max_concurrency', '1 to 64'],
  [{ max_concurrency: ' ' }, 'max_concurrency', '1 to 64'],
  [{ ca_certificate: 'ca.pem' }, 'ca_certificate', 'file("ca.pem")'],
  [{ verify_writes: 'yes' }, 'verify_writes', 'true or false'],
  [{ moved_servers: '10.0.0.21' }, 'moved_servers', 'a map of strings'],
  [{ moved_servers: '["10.0.0.21"]' }, 'moved_servers', 'a map of strings'],
  [{ moved_servers: { '10.0.0.11': '' } }, 'moved_servers', 'old address'],
  [{ moved_servers: { East: 'west', WEST: 'north' } }, 'moved_servers', 'one move after the other'],
  [{ delete_permission_check: 'none' }, 'delete_permission_check', 'auto, canary, warn, deny'],
  [{ read_from: 'ADMIN' }, 'read_from', 'auto, api, admin, database'],
])('%j is refused, with the argument and what it must be', (change, field, hint) => {
  const error = failureOf({ ...login, ...change });
  expect(error.failure).toMatchObject({ code: 'provider-argument', field });
  expect(error.failure.what).toContain(hint);
  expect(error.message).not.toMatch(/apiSecret|p@ss/u);
});

test('a map is given as one, or as a JSON object', () => {
  const map = { '10.0.0.11': '10.0.0.21' };
  for (const moved_servers of [map, JSON.stringify(map)]) {
    expect(readSettings({ moved_servers }, {}).values.moved_servers).toEqual(map);
  }
});

describe('user and password of a system with use_non_latin', () => {
  const words = { user: 'jörg', password: 'žluť' };

  test.each<[string, GivenSettings, NodeJS.ProcessEnv, readonly 'non_latin'[]]>([
    ['the provider block', { non_latin: true }, {}, []],
    ['the environment', {}, { VICIDIAL_NON_LATIN: 'T' }, []],
    ['a value that is known only in apply', {}, {}, ['non_latin']],
  ])('may have letters of any script where %s says so', (_where, given, environment, unknown) => {
    const { values, invalid } = readSettings({ url, ...words, ...given }, environment, unknown);
    expect(invalid).toEqual([]);
    expect(values.password?.open()).toBe(words.password);
  });

  test('are refused without it, with what to set', () => {
    for (const given of [{}, { non_latin: false }]) {
      const { invalid } = readSettings({ url, ...words, ...given }, {});
      expect(invalid.map(({ field }) => field)).toEqual(['user', 'password']);
      for (const { what } of invalid)
        expect(what).toMatch(/only letters, digits.*non_latin = true.*VICIDIAL_NON_LATIN/u);
    }
  });

  test('may have no other characters', () => {
    const [failure] = readSettings({ ...login, password: 'žluť!', non_latin: true }, {}).invalid;
    expect(failure?.what).toMatch(/only letters, digits/u);
    expect(failure?.what).not.toMatch(/VICIDIAL_NON_LATIN|žluť/u);
  });

  test('are not refused in a construct, where the environment may say so in the run', () => {
    expect(settingProblem(providerSettings.user, 'jörg')).toBeUndefined();
  });
});

describe('characters that are not seen', () => {
  const valid: Readonly<Partial<Record<string, string>>> = {
    url,
    admin_url: url,
    database_url: 'mysql://reader@db.example.com/asterisk',
    read_from: 'admin',
  };
  const texts = settingRows.filter(([name, { type }]) => type === 'string' && !name.endsWith('certificate'));

  test.each(texts)('a line break at the end of %s is named', (name, row) => {
    for (const end of ['\n', '\r\n']) {
      const given = { ...login, [name]: `${valid[name] ?? row.choices?.[0] ?? 'plainWord'}${end}` };
      const [failure, ...others] = readSettings(given, {}).invalid;
      expect(others).toEqual([]);
      expect(failure).toMatchObject({ code: 'provider-argument', field: name });
      expect(failure?.what).toMatch(/ends with a (?:line break|carriage return).*trimspace/u);
    }
  });

  test('a certificate ends with a line break', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    expect(settingProblem(providerSettings.database_ca_certificate, pem) ?? '').not.toContain('line break');
  });

  test.each<[GivenSettings, string]>([
    [{ url: `${url}\u200b` }, 'zero width space (U+200B)'],
    [{ url: ` ${url}` }, 'without spaces'],
    [{ url: url.replace('/vicidial', '\t/vicidial') }, 'tab (U+0009)'],
    [{ admin_url: `\ufeff${url}` }, 'byte order mark (U+FEFF)'],
    [{ database_url: 'mysql://reader@db.example.com/asterisk\u00a0' }, 'no-break space (U+00A0)'],
    [{ user: '6666\u200d' }, 'zero width joiner (U+200D)'],
    [{ password: 'apiSecret\u0001' }, 'U+0001'],
    [{ system_name: 'east\u2060' }, 'word joiner (U+2060)'],
    [{ verify_writes: 'true\n' }, 'ends with a line break'],
    [{ moved_servers: { '10.0.0.11': '10.0.0.21\n' } }, '10.0.0.11 must not end with a line break'],
    [{ max_concurrency: '8\u00a0' }, 'no-break space (U+00A0)'],
  ])('%j is refused, and what is not seen is named', (change, name) => {
    const { failure } = failureOf({ ...login, ...change });
    expect(failure.what).toContain(name);
    expect(failure.what).not.toContain('apiSecret');
  });
});

test('a value of the environment is named by its variable', () => {
  const [failure] = readSettings(login, { VICIDIAL_VERIFY_WRITES: 'yes' }).invalid;
  expect(failure?.what).toBe(
    'verify_writes is not valid. It must be true or false (1 or 0). It is read from the environment variable VICIDIAL_VERIFY_WRITES.',
  );
});

test('all that is invalid is reported together with all that is missing', () => {
  const reading = readSettings({ user: 'api user', read_from: 'database' }, { VICIDIAL_VERIFY_WRITES: 'yes' });
  expect(settingsFailures(reading).map(({ what }) => what)).toEqual([
    expect.stringContaining('user is not valid'),
    expect.stringContaining('VICIDIAL_VERIFY_WRITES'),
    'url, database_url are not set, and neither are the environment variables VICIDIAL_URL, VICIDIAL_DATABASE_URL. read_from is "database".',
  ]);
});

test('an invalid database_url is not missing, and a password is not needed with it', () => {
  const reading = readSettings({ url, user: '6666', read_from: 'database', database_url: 'db.example.com' }, {});
  expect(settingsFailures(reading).map(({ field }) => field)).toEqual(['database_url']);
});

test('all missing settings are in one failure, with their environment variables', () => {
  const { failure } = failureOf({ url });
  expect(failure.what).toBe(
    'user, password are not set, and neither are the environment variables VICIDIAL_USER, VICIDIAL_PASSWORD.',
  );
  expect(failureOf({ url, user: '6666' }).failure.field).toBe('password');
});

describe('the settings table', () => {
  // What Terraform 1.11 reserves in provider blocks: attributes and block types of its provider block schema.
  const reserved = ['alias', 'version', 'count', 'depends_on', 'for_each', 'source', 'lifecycle', 'locals', '_'];

  test('has no name that Terraform reserves in provider blocks', () => {
    expect(Object.keys(providerSettings).filter((name) => reserved.includes(name))).toEqual([]);
  });

  test('names the environment variable of each setting after it', () => {
    expect(settingRows.map(([, { environment }]) => environment)).toEqual(
      settingRows.map(([name]) => `VICIDIAL_${name.toUpperCase()}`),
    );
  });
});

describe('the system of settings', () => {
  test.each([
    [
      { url: 'https://vicidial.example.com/vicidial/non_agent_api.php' },
      'vicidial.example.com/vicidial/non_agent_api.php',
    ],
    [{ url: 'http://VICIDIAL.example.com:8080/api' }, 'vicidial.example.com:8080/api'],
    [{ url: 'https://vicidial.example.com/api', system_name: 'production' }, 'production'],
    [{}, undefined],
  ])('%j is %s', (settings, system) => {
    expect(systemOf(settings)).toBe(system);
  });
});
