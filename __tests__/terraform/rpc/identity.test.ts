/** Identities of resources in every RPC that carries them, as engines since Terraform 1.12 send and expect them. */
import { unknown, type Provider, type Resource, type Value } from '../../../src/terraform';
import { decodeValue, encodeValue } from '../../../src/terraform/wire/dynamic-value';
import type { Message } from '../../../src/terraform/wire/tfplugin6';
import { dynamicValue, exchangeWith } from './exchange';

const schema = {
  version: 0,
  attributes: {
    id: { type: 'string', computed: true },
    place: { type: 'string', required: true, description: 'Where it is.' },
    number: { type: 'number', required: true },
  },
} as const satisfies Resource['schema'];

const plain: Resource = {
  schema,
  plan: ({ config }) => ({ planned: config }),
  create: ({ planned }) => ({ state: { ...planned, id: 'made' } }),
  read: ({ state }) => ({ state: state.place === 'gone' ? null : { ...state, place: 'there' } }),
  update: ({ planned }) => ({ state: planned }),
  delete: () => ({}),
  import: (id) => ({ state: { id, place: id.split('#')[0] ?? '', number: Number(id.split('#')[1]) } }),
};
const text = (value: Value | undefined) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const thing: Resource = {
  ...plain,
  identity: {
    version: 3,
    attributes: ['place', 'number'],
    importId: ({ place, number }) => `${text(place)}#${text(number)}`,
  },
};

const provider: Provider = {
  address: 'phonestate/small',
  schema: { version: 0, attributes: {} },
  resources: { small_thing: thing, small_plain: plain },
  configure: () => [],
};
const send = exchangeWith(provider);
const type = ['object', { place: 'string', number: 'number' }] as const;
const data = (place: string, number: number) => ({
  identity_data: { msgpack: encodeValue(type, { place, number }) },
});
const read = (identity: Message<'ResourceIdentityData'> | undefined) =>
  identity && decodeValue(type, identity.identity_data?.msgpack);
const object = (values: Parameters<typeof dynamicValue>[1]) => dynamicValue(schema, values && { id: null, ...values });
const here = { place: 'here', number: 7 };
const named = { type_name: 'small_thing' };

test('the schema has the types and descriptions of the attributes, all of them needed to import', async () => {
  const { identity_schemas: schemas } = await send('GetResourceIdentitySchemas', {});
  expect(Object.keys(schemas ?? {})).toEqual(['small_thing']);
  expect(schemas?.small_thing).toMatchObject({
    version: 3,
    identity_attributes: [
      { name: 'place', required_for_import: true, description: 'Where it is.' },
      { name: 'number', required_for_import: true },
    ],
  });
  expect(schemas?.small_thing?.identity_attributes?.map((each) => String(each.type))).toEqual(['"string"', '"number"']);
});

test('is that of the object which is read, planned, created and updated', async () => {
  const state = object(here);
  expect(read((await send('ReadResource', { ...named, current_state: state })).new_identity)).toEqual({
    place: 'there',
    number: 7,
  });
  const change = { ...named, config: state, planned_state: state };
  const planned = await send('PlanResourceChange', { ...change, proposed_new_state: state, prior_state: object(null) });
  expect(read(planned.planned_identity)).toEqual(here);
  const created = await send('ApplyResourceChange', { ...change, prior_state: object(null) });
  expect(read(created.new_identity)).toEqual(here);
  const updated = await send('ApplyResourceChange', { ...change, prior_state: object({ place: 'a', number: 1 }) });
  expect(read(updated.new_identity)).toEqual(here);
});

test('is not sent of an object that does not exist, or whose identity is not known yet', async () => {
  const removed = await send('ReadResource', { ...named, current_state: object({ place: 'gone', number: 1 }) });
  expect(removed.new_identity).toBeUndefined();
  const config = object({ place: unknown, number: 1 });
  const planned = await send('PlanResourceChange', { ...named, config, proposed_new_state: config });
  expect(planned.planned_identity).toBeUndefined();
  const deleted = await send('ApplyResourceChange', {
    ...named,
    prior_state: object(here),
    planned_state: object(null),
  });
  expect(deleted.new_identity).toBeUndefined();
});

test('of a plan without changes it is the one that was sent', async () => {
  const state = object(here);
  const request = { ...named, config: state, prior_state: state, proposed_new_state: state };
  expect(read((await send('PlanResourceChange', request)).planned_identity)).toBeUndefined();
  const planned = await send('PlanResourceChange', { ...request, prior_identity: data('here', 7) });
  expect(read(planned.planned_identity)).toEqual(here);
});

test('imports as an id does, and the imported object has it', async () => {
  const byIdentity = await send('ImportResourceState', { ...named, identity: data('here', 7) });
  const byId = await send('ImportResourceState', { ...named, id: 'here#7' });
  expect(byIdentity).toEqual(byId);
  expect(read(byIdentity.imported_resources?.[0]?.identity)).toEqual(here);
});

test('in a state file is read, in whichever form its numbers are, and what is no identity is refused', async () => {
  const upgrade = (json: string) =>
    send('UpgradeResourceIdentity', { ...named, version: 3, raw_identity: { json: Buffer.from(json) } });
  expect(read((await upgrade('{"place":"here","number":"7","more":1}')).upgraded_identity)).toEqual(here);
  expect((await upgrade('{"place":["here"],"number":7}')).diagnostics?.[0]?.detail).toContain('in place');
});

test('a resource without one sends none', async () => {
  const state = object(here);
  const { new_identity: identity } = await send('ReadResource', { type_name: 'small_plain', current_state: state });
  expect(identity).toBeUndefined();
  const imported = await send('ImportResourceState', { type_name: 'small_plain', id: 'here#7' });
  expect(imported.imported_resources?.[0]?.identity).toBeUndefined();
});
