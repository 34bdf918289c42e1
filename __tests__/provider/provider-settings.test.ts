import { providerArguments, readArguments } from '../../src/provider/provider-settings';
import { unknown } from '../../src/terraform/value';

const unset = Object.fromEntries(Object.keys(providerArguments).map((name) => [name, null]));

test('an argument that is not set is read from the environment, numbers as numbers', () => {
  const { options } = readArguments(unset, { VICIDIAL_USER: 'planner', VICIDIAL_REQUEST_TIMEOUT_SECONDS: '12' });
  expect(options).toEqual({ user: 'planner', requestTimeoutSeconds: 12 });
});

test('an argument that is set wins over the environment', () => {
  expect(readArguments({ ...unset, user: 'writer' }, { VICIDIAL_USER: 'planner' }).options).toEqual({ user: 'writer' });
});

test('an empty variable counts as not set', () => {
  expect(readArguments(unset, { VICIDIAL_USER: '' }).options).toEqual({});
});

test('an argument that is known only in apply is pending, and the environment does not stand in for it', () => {
  expect(readArguments({ ...unset, url: unknown }, { VICIDIAL_URL: 'http://elsewhere.example' })).toMatchObject({
    options: {},
    pending: ['url'],
  });
});
