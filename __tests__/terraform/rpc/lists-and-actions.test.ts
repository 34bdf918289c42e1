/** What only newer engines ask for: lists, actions, functions. */
import type { ListedObject, Provider, Resource, Value } from '../../../src/terraform';
import { decodeValue, encodeValue } from '../../../src/terraform/wire/dynamic-value';
import { dynamicValue, exchangeWith, streamFrom } from './exchange';

const text = (value: Value | undefined) => (typeof value === 'string' ? value : '');
const schema = { version: 0, attributes: { id: { type: 'string', required: true } } } as const;
const listSchema = { version: 0, attributes: { prefix: { type: 'string', optional: true } } } as const;

const seen: unknown[] = [];
async function* found(): AsyncGenerator<ListedObject> {
  for (const id of ['a', 'b', 'c']) {
    await Promise.resolve();
    yield { identity: { id }, displayName: `Thing ${id}`, object: { id } };
  }
  throw new Error('wheel came off');
}

const thing = {
  schema,
  identity: { version: 0, attributes: ['id'], importId: ({ id }) => text(id) },
  list: {
    schema: listSchema,
    validate: ({ prefix }) => (prefix === 'bad' ? [{ severity: 'error', summary: 'Bad prefix' }] : []),
    list: (request) => {
      seen.push(request);
      return found();
    },
  },
} as const satisfies Pick<Resource, 'schema' | 'identity' | 'list'>;

const provider: Provider = {
  address: 'phonestate/small',
  schema: { version: 0, attributes: {} },
  // Nothing else of the resource is called.
  resources: { small_thing: thing as unknown as Resource, small_plain: { schema } as unknown as Resource },
  actions: {
    small_action: {
      schema: listSchema,
      validate: ({ prefix }) => [{ severity: 'warning', summary: `Prefix ${text(prefix)}` }],
      plan: () => [{ severity: 'error', summary: 'Not today' }],
      invoke: async ({ prefix }, report) => {
        report('first');
        await new Promise((resolve) => setImmediate(resolve));
        report('second');
        if (prefix === 'bad') throw new Error('wheel came off');
        return [{ severity: 'warning', summary: 'Done' }];
      },
    },
  },
  functions: {
    join: {
      summary: 'Joins',
      description: 'Joins two texts.',
      parameters: [
        { name: 'a', description: 'First.', type: 'string' },
        { name: 'b', description: 'Second.', type: 'string' },
      ],
      returns: 'string',
      call: (a, b) => text(a) + text(b),
    },
    halve: {
      summary: 'Halves',
      description: 'Halves an even number.',
      parameters: [{ name: 'n', description: 'Even.', type: 'number' }],
      returns: 'number',
      call: (n) => {
        if (Number(n) % 2 === 1) throw new Error('odd');
        return Number(n) / 2;
      },
    },
  },
  configure: () => [],
};
const send = exchangeWith(provider);
const stream = streamFrom(provider);
const prefix = (value: string | null) => dynamicValue(listSchema, { prefix: value });

test('the schema names them, each kind in its place', async () => {
  const all = await send('GetProviderSchema', {});
  expect(Object.keys(all.list_resource_schemas ?? {})).toEqual(['small_thing']);
  expect(Object.keys(all.action_schemas ?? {})).toEqual(['small_action']);
  expect(all.functions).toMatchObject({
    join: { summary: 'Joins', description: 'Joins two texts.', parameters: [{ name: 'a' }, { name: 'b' }] },
  });
  expect(await send('GetFunctions', {})).toEqual({ functions: all.functions });
  expect(await send('GetMetadata', {})).toMatchObject({
    functions: [{ name: 'join' }, { name: 'halve' }],
    list_resources: [{ type_name: 'small_thing' }],
    actions: [{ type_name: 'small_action' }],
  });
});

test('a list sends each object with its identity, the whole object only where it is asked for', async () => {
  const request = { type_name: 'small_thing', config: prefix('a'), limit: 2 };
  const events = await stream('ListResource', request);
  expect(seen.at(-1)).toEqual({ config: { prefix: 'a' }, includesObject: false, limit: 2 });
  expect(events.map(({ display_name: name }) => name)).toEqual(['Thing a', 'Thing b']);
  const identity = decodeValue(['object', { id: 'string' }], events[0]?.identity?.identity_data?.msgpack);
  expect(identity).toEqual({ id: 'a' });
  expect(events[0]?.resource_object).toBeUndefined();
  const [whole] = await stream('ListResource', { ...request, include_resource_object: true });
  expect(Buffer.from(whole?.resource_object?.msgpack ?? [])).toEqual(
    Buffer.from(dynamicValue(schema, { id: 'a' }).msgpack),
  );
});

test('what a list throws is its last event', async () => {
  const events = await stream('ListResource', { type_name: 'small_thing', config: prefix(null) });
  expect(events).toHaveLength(4);
  expect(events.at(-1)?.diagnostic?.[0]?.detail).toContain('wheel came off');
  const [refused] = await stream('ListResource', { type_name: 'small_plain' });
  expect(refused?.diagnostic?.[0]?.detail).toContain('does not list small_plain');
});

test('the configuration of a list is validated', async () => {
  const { diagnostics } = await send('ValidateListResourceConfig', { type_name: 'small_thing', config: prefix('bad') });
  expect(diagnostics).toMatchObject([{ severity: 1, summary: 'Bad prefix' }]);
});

test('an action is validated and planned, and shows its progress as it comes', async () => {
  const request = { action_type: 'small_action', config: prefix('a') };
  expect((await send('ValidateActionConfig', request)).diagnostics).toMatchObject([{ summary: 'Prefix a' }]);
  expect((await send('PlanAction', request)).diagnostics).toMatchObject([{ severity: 1, summary: 'Not today' }]);
  expect(await stream('InvokeAction', request)).toMatchObject([
    { progress: { message: 'first' } },
    { progress: { message: 'second' } },
    { completed: { diagnostics: [{ severity: 2, summary: 'Done' }] } },
  ]);
  const failed = await stream('InvokeAction', { ...request, config: prefix('bad') });
  expect(failed.at(-1)?.completed?.diagnostics?.[0]?.detail).toContain('wheel came off');
  const [unknown] = await stream('InvokeAction', { action_type: 'small_other' });
  expect(unknown?.completed?.diagnostics?.[0]?.detail).toContain('has no action small_other');
});

test('a function has its arguments, and an error that points at the only one', async () => {
  const given = (value: string) => ({ msgpack: encodeValue('string', value) });
  const { result } = await send('CallFunction', { name: 'join', arguments: [given('a'), given('b')] });
  expect(decodeValue('string', result?.msgpack)).toBe('ab');
  const { error } = await send('CallFunction', { name: 'halve', arguments: [{ msgpack: encodeValue('number', 3) }] });
  expect(error).toMatchObject({ function_argument: 0, text: expect.stringContaining('odd') as string });
});
