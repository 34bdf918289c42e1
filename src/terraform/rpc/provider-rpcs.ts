/** The RPCs about the provider as a whole: its schema, its configuration, the order to stop, and what it does not have. */
import { PluginError, type PluginFailureCode } from '../failures';
import type { Provider } from '../provider';
import { diagnosticMessages } from '../wire/diagnostic-message';
import { functionMessage, identityMessage, schemaMessage } from '../wire/schema-message';
import type { Request, Response } from '../wire/tfplugin6';
import { failureDiagnostic, withDiagnostics } from './failure-diagnostics';
import type { Handlers } from './handlers';

/**
 * `plan_destroy` makes Terraform ask before it destroys. `get_provider_schema_optional` lets it keep the schema of the
 * first process for all others (plugin-protocol.md, section 3).
 */
const capabilities = { plan_destroy: true, get_provider_schema_optional: true } as const;

type SchemaRpc = 'GetMetadata' | 'GetProviderSchema' | 'GetResourceIdentitySchemas' | 'GetFunctions';
type ConfigurationRpc = 'ValidateProviderConfig' | 'ConfigureProvider' | 'StopProvider';
type UnsupportedRpc =
  | 'MoveResourceState'
  | 'ValidateEphemeralResourceConfig'
  | 'OpenEphemeralResource'
  | 'RenewEphemeralResource'
  | 'CloseEphemeralResource';

/** The handlers that a process needs before it has to do with any object. */
export function providerRpcs(provider: Provider): Handlers<SchemaRpc | ConfigurationRpc | UnsupportedRpc> {
  return { ...schemaRpcs(provider), ...configurationRpcs(provider), ...unsupportedRpcs(provider) };
}

function schemaRpcs({
  schema,
  resources,
  dataSources = {},
  functions = {},
  actions = {},
}: Provider): Handlers<SchemaRpc> {
  const lists = definedValues(resources, ({ list }) => list?.schema);
  const named = (source: object) => Object.keys(source).map((type_name) => ({ type_name }));
  return {
    GetMetadata: () => ({
      server_capabilities: capabilities,
      resources: named(resources),
      data_sources: named(dataSources),
      functions: Object.keys(functions).map((name) => ({ name })),
      list_resources: named(lists),
      actions: named(actions),
    }),
    GetProviderSchema: () => ({
      provider: schemaMessage(schema),
      resource_schemas: mapValues(resources, (resource) => schemaMessage(resource.schema)),
      data_source_schemas: mapValues(dataSources, (source) => schemaMessage(source.schema)),
      functions: mapValues(functions, functionMessage),
      list_resource_schemas: mapValues(lists, schemaMessage),
      action_schemas: mapValues(actions, (action) => ({ schema: schemaMessage(action.schema) })),
      server_capabilities: capabilities,
    }),
    GetResourceIdentitySchemas: () => ({ identity_schemas: definedValues(resources, identityMessage) }),
    GetFunctions: () => ({ functions: mapValues(functions, functionMessage) }),
  };
}

function configurationRpcs(provider: Provider): Handlers<ConfigurationRpc> {
  return {
    ValidateProviderConfig: (request) =>
      withDiagnostics(provider, () => validateProvider(provider, request), provider.schema),
    ConfigureProvider: (request) => withDiagnostics(provider, () => configure(provider, request), provider.schema),
    StopProvider: () => {
      provider.stop?.();
      return {};
    },
  };
}

async function validateProvider(
  provider: Provider,
  { config }: Request<'ValidateProviderConfig'>,
): Promise<Response<'ValidateProviderConfig'>> {
  const decodeConfig = await loadDecodeConfig();
  return { diagnostics: diagnosticMessages(await provider.validate?.(decodeConfig(provider.schema, config))) };
}

async function configure(
  provider: Provider,
  { config, terraform_version: terraformVersion = '' }: Request<'ConfigureProvider'>,
): Promise<Response<'ConfigureProvider'>> {
  const decodeConfig = await loadDecodeConfig();
  const diagnostics = await provider.configure(decodeConfig(provider.schema, config), { terraformVersion });
  return { diagnostics: diagnosticMessages(diagnostics) };
}

/** A process that is only asked for the schema never reads a value: it does not load what does. */
async function loadDecodeConfig() {
  return (await import('./object-codec')).decodeConfig;
}

function unsupportedRpcs({ address }: Provider): Handlers<UnsupportedRpc> {
  const refuse = (code: PluginFailureCode, what: string) => ({
    diagnostics: diagnosticMessages([failureDiagnostic(new PluginError(code, what))]),
  });
  const refuseEphemeral = ({ type_name = '' }) =>
    refuse('ephemeral-resource-unsupported', `The provider ${address} has no ephemeral resource ${type_name}.`);
  return {
    MoveResourceState: ({ source_type_name = '', target_type_name = '' }) =>
      refuse('move-unsupported', `The provider ${address} cannot move ${source_type_name} to ${target_type_name}.`),
    ValidateEphemeralResourceConfig: refuseEphemeral,
    OpenEphemeralResource: refuseEphemeral,
    RenewEphemeralResource: refuseEphemeral,
    CloseEphemeralResource: refuseEphemeral,
  };
}

function mapValues<A, B>(source: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(source).map(([name, value]) => [name, change(value)]));
}

/** The results that are not undefined. */
function definedValues<A, B>(source: Readonly<Record<string, A>>, change: (value: A) => B | undefined) {
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]): [string, B][] => {
      const changed = change(value);
      return changed === undefined ? [] : [[name, changed]];
    }),
  );
}
