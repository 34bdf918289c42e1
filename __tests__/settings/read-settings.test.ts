import { inspect } from 'node:util';
import { PhonestateError } from '../../src/model/failures';
import { providerSettings, settingRows } from '../../src/settings/provider-settings';
import { systemOf } from '../../src/settings/system';
import { readSettings, requireSettings, type GivenSettings } from '../../src/settings/read-settings';

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
  [{ ca_certificate: 'ca.pem' }, 'ca_certificate', 'file("ca.pem")'],
  [{ verify_writes: 'yes' }, 'verify_writes', 'true or false'],
  [{ moved_servers: '10.0.0.21' }, 'moved_servers', 'a map of strings'],
  [{ moved_servers: '["10.0.0.21"]' }, 'moved_servers', 'a map of strings'],
  [{ moved_servers: { '10.0.0.11': '' } }, 'moved_servers', 'old address'],
  [{ moved_servers: { East: 'west', WEST: 'north' } }, 'moved_servers', 'one move after the other'],
  [{ delete_permission_check: 'none' }, 'delete_permission_check', 'auto, canary, warn, deny'],
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
