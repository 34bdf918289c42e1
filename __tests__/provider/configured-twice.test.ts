/** A provider that is configured a second time, as where one program serves several provider blocks. */
import { vicidialProvider } from '../../src/provider/provider';
import type { ObjectValue } from '../../src/terraform/value';

const run = { terraformVersion: '1.11.4' };
const variables = { VICIDIAL_USER: 'planner', VICIDIAL_READ_FROM: 'api' };

function provider() {
  const made = vicidialProvider({ ...variables, VICIDIAL_URL: 'https://first.example.com/api.php' });
  const nothing = unset(made.schema.attributes);
  return { configure: (block: ObjectValue) => made.configure({ ...nothing, ...block }, run), made };
}

const unset = (attributes: object): ObjectValue =>
  Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
const block = { password: 'first-secret', system_name: 'first' };

test('with the same settings it goes on', async () => {
  const { configure } = provider();
  expect(await configure(block)).toEqual([]);
  expect(await configure(block)).toEqual([]);
  // The block says what the environment says.
  expect(await configure({ ...block, user: 'planner' })).toEqual([]);
});

test.each([
  ['url', { ...block, url: 'https://second.example.com/api.php' }],
  ['a password', { ...block, password: 'second-secret' }],
  ['one setting less', { password: 'first-secret' }],
])('with other settings (%s) it is an error, and keeps those that it has', async (_what, other) => {
  const { configure, made } = provider();
  await configure(block);
  const diagnostics = await configure(other);
  expect(diagnostics).toMatchObject([
    { severity: 'error', detail: expect.stringContaining('provider-in-use') as string },
  ]);
  expect(JSON.stringify(diagnostics)).not.toMatch(/first-secret|second-secret/u);
  // The provider block of another configuration is validated too: that changes nothing either.
  await made.validate?.({ ...unset(made.schema.attributes), ...other });
  expect(await configure(block)).toEqual([]);
});
