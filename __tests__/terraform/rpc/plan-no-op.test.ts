import type { NoOpPlanRequest, NoOpPlanResult, Provider, Resource } from '../../../src/terraform';
import { dynamicValue, exchangeWith } from './exchange';

const schema = { version: 0, attributes: { id: { type: 'string' } } } as const satisfies Resource['schema'];
const priorPrivate = Buffer.from('stored');
const stored = dynamicValue(schema, { id: 'a' });
/** Not msgpack: decoding it fails. */
const undecodable = { msgpack: Buffer.from('c1', 'hex') };

function planWith(planNoOp?: (request: NoOpPlanRequest) => NoOpPlanResult | undefined) {
  const plan = jest.fn(() => ({ planned: { id: 'planned' } }));
  const resource = { schema, plan, ...(planNoOp ? { planNoOp } : {}) } as unknown as Resource;
  const provider: Provider = {
    address: 'phonestate/small',
    schema: { version: 0, attributes: {} },
    resources: { small_thing: resource },
    configure: () => [],
  };
  const exchange = exchangeWith(provider);
  const send = (prior: { msgpack: Uint8Array }, proposed = prior) =>
    exchange('PlanResourceChange', {
      type_name: 'small_thing',
      prior_state: prior,
      proposed_new_state: proposed,
      config: proposed,
      prior_private: priorPrivate,
    });
  return { plan, send };
}

test('equal bytes are the plan, without a call of the provider and without decoding', async () => {
  const { plan, send } = planWith();
  const response = await send(undecodable);
  expect(Buffer.from(response.planned_state?.msgpack ?? [])).toEqual(undecodable.msgpack);
  expect(Buffer.from(response.planned_private ?? [])).toEqual(priorPrivate);
  expect(response.diagnostics).toBeUndefined();
  expect(plan).not.toHaveBeenCalled();
});

test('a resource that asks for plans without changes gets the prior object and private data', async () => {
  const seen: unknown[] = [];
  const { plan, send } = planWith(({ prior, priorPrivate: bytes }) => {
    seen.push(prior(), Buffer.from(bytes).toString());
    return { private: Buffer.from('marker'), diagnostics: [{ severity: 'warning', summary: 'Seen' }] };
  });
  const response = await send(stored);
  expect(seen).toEqual([{ id: 'a' }, 'stored']);
  expect(Buffer.from(response.planned_state?.msgpack ?? [])).toEqual(Buffer.from(stored.msgpack));
  expect(Buffer.from(response.planned_private ?? []).toString()).toBe('marker');
  expect(response.diagnostics).toEqual([{ severity: 2, summary: 'Seen', detail: '' }]);
  expect(plan).not.toHaveBeenCalled();
});

test('the prior object is decoded only when it is asked for', async () => {
  const { send } = planWith(() => undefined);
  const response = await send(undecodable);
  expect(response.diagnostics).toBeUndefined();
  expect(Buffer.from(response.planned_private ?? [])).toEqual(priorPrivate);
});

test('other bytes are planned by the resource, with the private data of the state', async () => {
  const { plan, send } = planWith(() => {
    throw new Error('this plan has changes');
  });
  const response = await send(stored, dynamicValue(schema, { id: 'b' }));
  expect(plan).toHaveBeenCalledWith(expect.objectContaining({ prior: { id: 'a' }, proposed: { id: 'b' } }));
  expect(response.planned_state?.msgpack).toEqual(Buffer.from(dynamicValue(schema, { id: 'planned' }).msgpack));
});
