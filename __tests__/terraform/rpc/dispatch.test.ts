import type { Provider, Resource } from '../../../src/terraform';

let mockLoads = 0;
jest.mock('../../../src/terraform/wire/dynamic-value', () => {
  mockLoads += 1;
  return jest.requireActual<object>('../../../src/terraform/wire/dynamic-value');
});

const resource: Resource = {
  schema: { version: 2, attributes: { id: { type: 'string', computed: true } } },
  plan: ({ proposed }) => ({ planned: proposed }),
  create: ({ planned }) => ({ state: planned }),
  read: ({ state }) => ({ state }),
  update: ({ planned }) => ({ state: planned }),
  delete: () => ({}),
};
const configured: string[] = [];
const provider: Provider = {
  address: 'phonestate/small',
  schema: { version: 0, attributes: { url: { type: 'string', optional: true } } },
  resources: { small_thing: resource },
  dataSources: { small_fact: { schema: resource.schema, read: (config) => ({ state: config }) } },
  configure: (_config, { terraformVersion }) => {
    configured.push(terraformVersion);
    return [];
  },
};

test('a process that is only asked for the schema does not load what reads values', async () => {
  // The module registry is that of this file: nothing here has read a value before.
  const { createDispatcher } = await import('../../../src/terraform/rpc/dispatch');
  const { decodeMessage } = await import('../../../src/terraform/wire/protobuf');
  const { messages } = await import('../../../src/terraform/wire/tfplugin6');
  const dispatch = createDispatcher(provider);
  const bytes = await dispatch('GetProviderSchema', new Uint8Array());
  expect(mockLoads).toBe(0);
  expect(decodeMessage(messages, 'GetProviderSchema.Response', bytes)).toMatchObject({
    provider: { block: { attributes: [{ name: 'url', optional: true }] } },
    resource_schemas: { small_thing: { version: 2 } },
    data_source_schemas: { small_fact: { version: 2 } },
    server_capabilities: { plan_destroy: true, get_provider_schema_optional: true },
  });
  await dispatch('ConfigureProvider', Buffer.from('0a05312e392e30', 'hex'));
  expect(mockLoads).toBe(1);
  expect(configured).toEqual(['1.9.0']);
});
