/**
 * The provider `hashicorp/null` for tests that run without a registry: only `null_resource`, which exists in state alone.
 * What is tested with it is the order in which the engine creates the resources around it.
 */
import { serve } from '../../src/terraform/plugin/serve';
import type { Provider, Resource } from '../../src/terraform/provider';
import { createDispatcher } from '../../src/terraform/rpc/dispatch';
import { unknown } from '../../src/terraform/value';

const nullResource: Resource = {
  schema: {
    version: 0,
    attributes: { id: { type: 'string', computed: true }, triggers: { type: ['map', 'string'], optional: true } },
  },
  plan: ({ config, prior }) => ({ planned: config && { ...config, id: prior?.id ?? unknown } }),
  create: ({ planned }) => ({ state: { ...planned, id: '1' } }),
  read: ({ state }) => ({ state }),
  update: ({ planned }) => ({ state: planned }),
  delete: () => ({}),
};

const provider: Provider = {
  address: 'hashicorp/null',
  schema: { version: 0, attributes: {} },
  resources: { null_resource: nullResource },
  configure: () => [],
};

void serve({ address: provider.address, load: () => Promise.resolve(createDispatcher(provider)) });
