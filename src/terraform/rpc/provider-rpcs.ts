/** The calls that need no value: what the provider has, what it has not, and the order to stop. */
import type { Handlers } from './dispatch';
import { diagnosticMessages } from '../wire/diagnostic-message';
import type { Provider } from '../provider';
import { schemaMessage } from '../wire/schema-message';

const capabilities = { plan_destroy: true, get_provider_schema_optional: true } as const;

type SchemaCall =
  | 'GetMetadata'
  | 'GetProviderSchema'
  | 'GetResourceIdentitySchemas'
  | 'UpgradeResourceIdentity'
  | 'MoveResourceState'
  | 'GetFunctions'
  | 'CallFunction'
  | 'ValidateEphemeralResourceConfig'
  | 'OpenEphemeralResource'
  | 'RenewEphemeralResource'
  | 'CloseEphemeralResource'
  | 'StopProvider';

export function schemaCalls(provider: Provider): Handlers<SchemaCall> {
  const { resources, dataSources = {} } = provider;
  const none = (what: string) => ({
    diagnostics: diagnosticMessages([
      { severity: 'error', summary: `No ${what}`, detail: `The provider ${provider.address} has no ${what}.` },
    ]),
  });

  return {
    GetMetadata: () => ({
      server_capabilities: capabilities,
      resources: Object.keys(resources).map((type_name) => ({ type_name })),
      data_sources: Object.keys(dataSources).map((type_name) => ({ type_name })),
    }),

    GetProviderSchema: () => ({
      provider: schemaMessage(provider.schema),
      resource_schemas: mapValues(resources, ({ schema }) => schemaMessage(schema)),
      data_source_schemas: mapValues(dataSources, ({ schema }) => schemaMessage(schema)),
      server_capabilities: capabilities,
    }),

    GetResourceIdentitySchemas: () => ({}),
    UpgradeResourceIdentity: () => none('resource identity'),
    MoveResourceState: ({ source_type_name, target_type_name }) =>
      none(
        `way to turn ${source_type_name} into ${target_type_name}: remove the moved block and import the object instead`,
      ),
    GetFunctions: () => ({}),
    CallFunction: ({ name }) => ({ error: { text: `The provider ${provider.address} has no function ${name}.` } }),
    ValidateEphemeralResourceConfig: () => none('ephemeral resource'),
    OpenEphemeralResource: () => none('ephemeral resource'),
    RenewEphemeralResource: () => none('ephemeral resource'),
    CloseEphemeralResource: () => none('ephemeral resource'),

    StopProvider: () => {
      provider.stop?.();
      return {};
    },
  };
}

function mapValues<A, B>(source: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(source).map(([name, value]) => [name, change(value)]));
}
