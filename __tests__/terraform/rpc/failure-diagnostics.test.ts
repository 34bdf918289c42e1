/** Every failure of the plugin layer, as the engine receives it. */
import type { Provider, Resource } from '../../../src/terraform';
import { pluginFailures } from '../../../src/terraform/failures';
import { dynamicValue, exchangeWith } from './exchange';

const schema = {
  version: 0,
  attributes: { id: { type: 'string', computed: true }, code: { type: 'string', optional: true, writeOnly: true } },
} as const satisfies Resource['schema'];

class KnownError extends Error {}

const provider: Provider = {
  address: 'phonestate/small',
  schema: { version: 0, attributes: {} },
  resources: {
    small_thing: {
      schema,
      plan: () => {
        throw new Error('wheel came off');
      },
      create: ({ planned }) => ({ state: planned }),
      read: () => {
        throw new KnownError('line one');
      },
      update: ({ planned }) => ({ state: planned }),
      delete: () => ({}),
    },
  },
  configure: () => [],
  describeError: (error) =>
    error instanceof KnownError ? [{ severity: 'error', summary: 'Known', detail: error.message }] : undefined,
};
const exchange = exchangeWith(provider);
const thing = { type_name: 'small_thing' };
const object = dynamicValue(schema, { id: 'a', code: 'secret' });
const stateOf = (json: string) => ({ raw_state: { json: Buffer.from(json) } });

const failing = {
  'provider-bug': () => exchange('PlanResourceChange', { ...thing, proposed_new_state: object }),
  'stored-state-invalid': () => exchange('UpgradeResourceState', { ...thing, ...stateOf('{"id":["secret"]}') }),
  'resource-type-unknown': () => exchange('ReadResource', { type_name: 'small_other' }),
  'data-source-unknown': () => exchange('ReadDataSource', { type_name: 'small_other' }),
  'import-unsupported': () => exchange('ImportResourceState', { ...thing, id: 'a' }),
  'move-unsupported': () => exchange('MoveResourceState', { source_type_name: 'a', target_type_name: 'b' }),
  'write-only-unsupported': () => exchange('ValidateResourceConfig', { ...thing, config: object }),
  'identity-unsupported': () => exchange('UpgradeResourceIdentity', thing),
  'list-unsupported': () => exchange('ValidateListResourceConfig', thing),
  'action-unknown': () => exchange('PlanAction', { action_type: 'small_action' }),
  'ephemeral-resource-unsupported': () => exchange('OpenEphemeralResource', { type_name: 'small_other' }),
} as const;

test.each(Object.entries(failing))(
  '%s is one error with what happened, why, what to do and its code',
  async (code, send) => {
    const { diagnostics = [] } = await send();
    const { summary, cause, remedy } = pluginFailures[code as keyof typeof failing];
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ severity: 1, summary });
    const [what, ...rest] = (diagnostics[0]?.detail ?? '').split('\n\n');
    expect(what).toMatch(/small|\ba to b\b|This version/u);
    expect(rest).toEqual([cause, remedy, `Code: ${code}`]);
    expect(diagnostics[0]?.detail).not.toContain('secret');
  },
);

test('a function that does not exist is an error with a text', async () => {
  const { error } = await exchange('CallFunction', { name: 'sum' });
  expect(error?.text).toContain('The provider phonestate/small has no function sum.');
  expect(error?.text).toContain('Code: function-unknown');
});

test('every failure of the table can happen', () => {
  expect([...Object.keys(failing), 'function-unknown'].sort()).toEqual(Object.keys(pluginFailures).sort());
});

test('state that is not JSON is an error that does not quote it', async () => {
  const { diagnostics } = await exchange('UpgradeResourceState', { ...thing, ...stateOf('{"id": secret') });
  expect(diagnostics?.[0]?.detail).toContain('Code: stored-state-invalid');
  expect(diagnostics?.[0]?.detail).not.toContain('secret');
});

test('write-only arguments are accepted from an engine that supports them; the error names the argument and points at no line', async () => {
  const request = { ...thing, config: object };
  const capable = { ...request, client_capabilities: { write_only_attributes_allowed: true } };
  expect((await exchange('ValidateResourceConfig', capable)).diagnostics).toBeUndefined();
  const { diagnostics } = await exchange('ValidateResourceConfig', request);
  // Terraform would show the line, with the value.
  expect(diagnostics?.[0]?.attribute).toBeUndefined();
  expect(diagnostics?.[0]?.detail).toContain('and code is one.');
});

test('an error that the provider describes has its text, and no other is taken for a bug of the user', async () => {
  const { diagnostics } = await exchange('ReadResource', { ...thing, current_state: object });
  expect(diagnostics).toEqual([{ severity: 1, summary: 'Known', detail: 'line one' }]);
  expect((await failing['provider-bug']()).diagnostics?.[0]?.detail).toContain('wheel came off');
});

test('what a data source throws is described with the schema of the data source', async () => {
  const source = {
    schema: { version: 0, attributes: { key: { type: 'string', required: true } } },
    read: () => {
      throw new KnownError('not found');
    },
  } as const;
  const described = exchangeWith({
    ...provider,
    dataSources: { small_data: source },
    describeError: (_error, block) => [{ severity: 'error', summary: Object.keys(block?.attributes ?? {}).join() }],
  });
  const { diagnostics = [] } = await described('ReadDataSource', {
    type_name: 'small_data',
    config: dynamicValue(source.schema, { key: 'a' }),
  });
  expect(diagnostics[0]?.summary).toBe('key');
});
