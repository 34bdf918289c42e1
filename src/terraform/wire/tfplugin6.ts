/** The messages of plugin protocol 6 that Terraform 1.11 and the provider exchange, by field number. */
import type { MessageSpec } from './protobuf';

const string = <N extends number>(number: N) => ({ number, type: 'string' }) as const;
const bytes = <N extends number>(number: N) => ({ number, type: 'bytes' }) as const;
const int64 = <N extends number>(number: N) => ({ number, type: 'int64' }) as const;
const bool = <N extends number>(number: N) => ({ number, type: 'bool' }) as const;
const one = <M extends MessageSpec>(number: number, message: M) => ({ number, type: () => message }) as const;
const list = <M extends MessageSpec>(number: number, message: M) =>
  ({ number, type: () => message, many: 'list' }) as const;
const map = <M extends MessageSpec>(number: number, message: M) =>
  ({ number, type: () => message, many: 'map' }) as const;

const empty = {} as const satisfies MessageSpec;

const dynamicValue = { msgpack: bytes(1), json: bytes(2) } as const;
const pathStep = { attribute_name: string(1), element_key_string: string(2), element_key_int: int64(3) } as const;
const attributePath = { steps: list(1, pathStep) } as const;
export const diagnostic = {
  severity: int64(1),
  summary: string(2),
  detail: string(3),
  attribute: one(4, attributePath),
} as const;
const diagnostics = (number: number) => list(number, diagnostic);
const clientCapabilities = { deferral_allowed: bool(1), write_only_attributes_allowed: bool(2) } as const;
const rawState = { json: bytes(1) } as const;

const attribute: MessageSpec = {
  name: string(1),
  type: bytes(2),
  nested_type: { number: 10, type: () => nestedType },
  description: string(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  description_kind: int64(8),
  deprecated: bool(9),
  write_only: bool(11),
  deprecation_message: string(12),
};
const nestedType: MessageSpec = { attributes: list(1, attribute), nesting: int64(3) };
const nestedBlock: MessageSpec = {
  type_name: string(1),
  block: { number: 2, type: () => block },
  nesting: int64(3),
  min_items: int64(4),
  max_items: int64(5),
};
const block: MessageSpec = {
  version: int64(1),
  attributes: list(2, attribute),
  block_types: list(3, nestedBlock),
  description: string(4),
  description_kind: int64(5),
  deprecated: bool(6),
  deprecation_message: string(7),
};
export const schema = { version: int64(1), block: one(2, block) } as const;
const serverCapabilities = {
  plan_destroy: bool(1),
  get_provider_schema_optional: bool(2),
  move_resource_state: bool(3),
} as const;
const named = { name: string(1) } as const;
const typed = { type_name: string(1) } as const;

/** Request and response of each call, under the name it has in the service `tfplugin6.Provider`. */
export const calls = {
  GetMetadata: {
    request: empty,
    response: {
      server_capabilities: one(1, serverCapabilities),
      diagnostics: diagnostics(2),
      data_sources: list(3, typed),
      resources: list(4, typed),
      functions: list(5, named),
    },
  },
  GetProviderSchema: {
    request: empty,
    response: {
      provider: one(1, schema),
      resource_schemas: map(2, schema),
      data_source_schemas: map(3, schema),
      diagnostics: diagnostics(4),
      server_capabilities: one(6, serverCapabilities),
    },
  },
  GetResourceIdentitySchemas: { request: empty, response: { diagnostics: diagnostics(2) } },
  ValidateProviderConfig: { request: { config: one(1, dynamicValue) }, response: { diagnostics: diagnostics(2) } },
  ValidateResourceConfig: {
    request: { type_name: string(1), config: one(2, dynamicValue), client_capabilities: one(3, clientCapabilities) },
    response: { diagnostics: diagnostics(1) },
  },
  ValidateDataResourceConfig: {
    request: { type_name: string(1), config: one(2, dynamicValue) },
    response: { diagnostics: diagnostics(1) },
  },
  UpgradeResourceState: {
    request: { type_name: string(1), version: int64(2), raw_state: one(3, rawState) },
    response: { upgraded_state: one(1, dynamicValue), diagnostics: diagnostics(2) },
  },
  UpgradeResourceIdentity: { request: typed, response: { diagnostics: diagnostics(2) } },
  ConfigureProvider: {
    request: { terraform_version: string(1), config: one(2, dynamicValue) },
    response: { diagnostics: diagnostics(1) },
  },
  ReadResource: {
    request: { type_name: string(1), current_state: one(2, dynamicValue), private: bytes(3) },
    response: { new_state: one(1, dynamicValue), diagnostics: diagnostics(2), private: bytes(3) },
  },
  PlanResourceChange: {
    request: {
      type_name: string(1),
      prior_state: one(2, dynamicValue),
      proposed_new_state: one(3, dynamicValue),
      config: one(4, dynamicValue),
      prior_private: bytes(5),
    },
    response: {
      planned_state: one(1, dynamicValue),
      requires_replace: list(2, attributePath),
      planned_private: bytes(3),
      diagnostics: diagnostics(4),
    },
  },
  ApplyResourceChange: {
    request: {
      type_name: string(1),
      prior_state: one(2, dynamicValue),
      planned_state: one(3, dynamicValue),
      config: one(4, dynamicValue),
      planned_private: bytes(5),
    },
    response: { new_state: one(1, dynamicValue), private: bytes(2), diagnostics: diagnostics(3) },
  },
  ImportResourceState: {
    request: { type_name: string(1), id: string(2) },
    response: {
      imported_resources: list(1, { type_name: string(1), state: one(2, dynamicValue), private: bytes(3) } as const),
      diagnostics: diagnostics(2),
    },
  },
  MoveResourceState: {
    request: { source_provider_address: string(1), source_type_name: string(2), target_type_name: string(5) },
    response: { diagnostics: diagnostics(2) },
  },
  ReadDataSource: {
    request: { type_name: string(1), config: one(2, dynamicValue) },
    response: { state: one(1, dynamicValue), diagnostics: diagnostics(2) },
  },
  GetFunctions: { request: empty, response: { diagnostics: diagnostics(2) } },
  CallFunction: { request: named, response: { error: one(2, { text: string(1) } as const) } },
  ValidateEphemeralResourceConfig: { request: typed, response: { diagnostics: diagnostics(1) } },
  OpenEphemeralResource: { request: typed, response: { diagnostics: diagnostics(1) } },
  RenewEphemeralResource: { request: typed, response: { diagnostics: diagnostics(1) } },
  CloseEphemeralResource: { request: typed, response: { diagnostics: diagnostics(1) } },
  StopProvider: { request: empty, response: { Error: string(1) } },
} as const satisfies Record<string, { readonly request: MessageSpec; readonly response: MessageSpec }>;

export type CallName = keyof typeof calls;
