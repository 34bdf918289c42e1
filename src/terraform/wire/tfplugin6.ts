/**
 * Plugin protocol 6.11: every message of the package `tfplugin6` but those of state stores, with its field numbers
 * (plugin-protocol.md, section 7, against which a test compares this file). Names are those of the protocol; an engine
 * that speaks an older minor version does not send the newer fields.
 */
import type { MessageOf, MessageTable } from './protobuf';
import type { RpcName, StreamedRpc, UnaryRpc } from './rpc-names';

const string = (number: number) => ({ number, type: 'string' }) as const;
const bytes = (number: number) => ({ number, type: 'bytes' }) as const;
const bool = (number: number) => ({ number, type: 'bool' }) as const;
const int64 = (number: number) => ({ number, type: 'int64' }) as const;
/** A field whose type is a message or an enum. */
const field = <Type extends string>(number: number, type: Type) => ({ number, type }) as const;
const repeated = <Type extends string>(number: number, type: Type) => ({ number, type, many: 'list' }) as const;
/** A map with string keys; `type` is that of its values. */
const map = <Type extends string>(number: number, type: Type) => ({ number, type, many: 'map' }) as const;
const optional = <Type extends string>(number: number, type: Type) => ({ number, type, optional: true }) as const;
const oneOf = <Type extends string>(group: string, number: number, type: Type) =>
  ({ number, type, oneOf: group }) as const;

export const messages = {
  DynamicValue: { msgpack: bytes(1), json: bytes(2) },
  Diagnostic: {
    severity: field(1, 'Diagnostic.Severity'),
    summary: string(2),
    detail: string(3),
    attribute: field(4, 'AttributePath'),
  },
  FunctionError: { text: string(1), function_argument: optional(2, 'int64') },
  AttributePath: { steps: repeated(1, 'AttributePath.Step') },
  'AttributePath.Step': {
    attribute_name: oneOf('selector', 1, 'string'),
    element_key_string: oneOf('selector', 2, 'string'),
    element_key_int: oneOf('selector', 3, 'int64'),
  },
  'StopProvider.Request': {},
  'StopProvider.Response': { Error: string(1) },
  RawState: { json: bytes(1), flatmap: map(2, 'string') },
  Schema: { version: int64(1), block: field(2, 'Schema.Block') },
  'Schema.Block': {
    version: int64(1),
    attributes: repeated(2, 'Schema.Attribute'),
    block_types: repeated(3, 'Schema.NestedBlock'),
    description: string(4),
    description_kind: field(5, 'StringKind'),
    deprecated: bool(6),
    deprecation_message: string(7),
  },
  'Schema.Attribute': {
    name: string(1),
    type: bytes(2),
    nested_type: field(10, 'Schema.Object'),
    description: string(3),
    required: bool(4),
    optional: bool(5),
    computed: bool(6),
    sensitive: bool(7),
    description_kind: field(8, 'StringKind'),
    deprecated: bool(9),
    write_only: bool(11),
    deprecation_message: string(12),
  },
  'Schema.NestedBlock': {
    type_name: string(1),
    block: field(2, 'Schema.Block'),
    nesting: field(3, 'Schema.NestedBlock.NestingMode'),
    min_items: int64(4),
    max_items: int64(5),
  },
  'Schema.Object': {
    attributes: repeated(1, 'Schema.Attribute'),
    nesting: field(3, 'Schema.Object.NestingMode'),
    min_items: int64(4),
    max_items: int64(5),
  },
  ResourceIdentitySchema: {
    version: int64(1),
    identity_attributes: repeated(2, 'ResourceIdentitySchema.IdentityAttribute'),
  },
  'ResourceIdentitySchema.IdentityAttribute': {
    name: string(1),
    type: bytes(2),
    required_for_import: bool(3),
    optional_for_import: bool(4),
    description: string(5),
  },
  ResourceIdentityData: { identity_data: field(1, 'DynamicValue') },
  Function: {
    parameters: repeated(1, 'Function.Parameter'),
    variadic_parameter: field(2, 'Function.Parameter'),
    return: field(3, 'Function.Return'),
    summary: string(4),
    description: string(5),
    description_kind: field(6, 'StringKind'),
    deprecation_message: string(7),
  },
  'Function.Parameter': {
    name: string(1),
    type: bytes(2),
    allow_null_value: bool(3),
    allow_unknown_values: bool(4),
    description: string(5),
    description_kind: field(6, 'StringKind'),
  },
  'Function.Return': { type: bytes(1) },
  ActionSchema: { schema: field(1, 'Schema') },
  ServerCapabilities: {
    plan_destroy: bool(1),
    get_provider_schema_optional: bool(2),
    move_resource_state: bool(3),
    generate_resource_config: bool(4),
  },
  ClientCapabilities: { deferral_allowed: bool(1), write_only_attributes_allowed: bool(2) },
  Deferred: { reason: field(1, 'Deferred.Reason') },
  'GetMetadata.Request': {},
  'GetMetadata.Response': {
    server_capabilities: field(1, 'ServerCapabilities'),
    diagnostics: repeated(2, 'Diagnostic'),
    data_sources: repeated(3, 'GetMetadata.DataSourceMetadata'),
    resources: repeated(4, 'GetMetadata.ResourceMetadata'),
    functions: repeated(5, 'GetMetadata.FunctionMetadata'),
    ephemeral_resources: repeated(6, 'GetMetadata.EphemeralResourceMetadata'),
    list_resources: repeated(7, 'GetMetadata.ListResourceMetadata'),
    actions: repeated(9, 'GetMetadata.ActionMetadata'),
  },
  'GetMetadata.FunctionMetadata': { name: string(1) },
  'GetMetadata.DataSourceMetadata': { type_name: string(1) },
  'GetMetadata.ResourceMetadata': { type_name: string(1) },
  'GetMetadata.EphemeralResourceMetadata': { type_name: string(1) },
  'GetMetadata.ListResourceMetadata': { type_name: string(1) },
  'GetMetadata.ActionMetadata': { type_name: string(1) },
  'GetProviderSchema.Request': {},
  'GetProviderSchema.Response': {
    provider: field(1, 'Schema'),
    resource_schemas: map(2, 'Schema'),
    data_source_schemas: map(3, 'Schema'),
    diagnostics: repeated(4, 'Diagnostic'),
    provider_meta: field(5, 'Schema'),
    server_capabilities: field(6, 'ServerCapabilities'),
    functions: map(7, 'Function'),
    ephemeral_resource_schemas: map(8, 'Schema'),
    list_resource_schemas: map(9, 'Schema'),
    state_store_schemas: map(10, 'Schema'),
    action_schemas: map(11, 'ActionSchema'),
  },
  'ValidateProviderConfig.Request': { config: field(1, 'DynamicValue') },
  'ValidateProviderConfig.Response': { diagnostics: repeated(2, 'Diagnostic') },
  'UpgradeResourceState.Request': { type_name: string(1), version: int64(2), raw_state: field(3, 'RawState') },
  'UpgradeResourceState.Response': { upgraded_state: field(1, 'DynamicValue'), diagnostics: repeated(2, 'Diagnostic') },
  'ValidateResourceConfig.Request': {
    type_name: string(1),
    config: field(2, 'DynamicValue'),
    client_capabilities: field(3, 'ClientCapabilities'),
  },
  'ValidateResourceConfig.Response': { diagnostics: repeated(1, 'Diagnostic') },
  'ValidateDataResourceConfig.Request': { type_name: string(1), config: field(2, 'DynamicValue') },
  'ValidateDataResourceConfig.Response': { diagnostics: repeated(1, 'Diagnostic') },
  'ConfigureProvider.Request': {
    terraform_version: string(1),
    config: field(2, 'DynamicValue'),
    client_capabilities: field(3, 'ClientCapabilities'),
  },
  'ConfigureProvider.Response': { diagnostics: repeated(1, 'Diagnostic') },
  'ReadResource.Request': {
    type_name: string(1),
    current_state: field(2, 'DynamicValue'),
    private: bytes(3),
    provider_meta: field(4, 'DynamicValue'),
    client_capabilities: field(5, 'ClientCapabilities'),
    current_identity: field(6, 'ResourceIdentityData'),
  },
  'ReadResource.Response': {
    new_state: field(1, 'DynamicValue'),
    diagnostics: repeated(2, 'Diagnostic'),
    private: bytes(3),
    deferred: field(4, 'Deferred'),
    new_identity: field(5, 'ResourceIdentityData'),
  },
  'PlanResourceChange.Request': {
    type_name: string(1),
    prior_state: field(2, 'DynamicValue'),
    proposed_new_state: field(3, 'DynamicValue'),
    config: field(4, 'DynamicValue'),
    prior_private: bytes(5),
    provider_meta: field(6, 'DynamicValue'),
    client_capabilities: field(7, 'ClientCapabilities'),
    prior_identity: field(8, 'ResourceIdentityData'),
  },
  'PlanResourceChange.Response': {
    planned_state: field(1, 'DynamicValue'),
    requires_replace: repeated(2, 'AttributePath'),
    planned_private: bytes(3),
    diagnostics: repeated(4, 'Diagnostic'),
    legacy_type_system: bool(5),
    deferred: field(6, 'Deferred'),
    planned_identity: field(7, 'ResourceIdentityData'),
  },
  'ApplyResourceChange.Request': {
    type_name: string(1),
    prior_state: field(2, 'DynamicValue'),
    planned_state: field(3, 'DynamicValue'),
    config: field(4, 'DynamicValue'),
    planned_private: bytes(5),
    provider_meta: field(6, 'DynamicValue'),
    planned_identity: field(7, 'ResourceIdentityData'),
  },
  'ApplyResourceChange.Response': {
    new_state: field(1, 'DynamicValue'),
    private: bytes(2),
    diagnostics: repeated(3, 'Diagnostic'),
    legacy_type_system: bool(4),
    new_identity: field(5, 'ResourceIdentityData'),
  },
  'ImportResourceState.Request': {
    type_name: string(1),
    id: string(2),
    client_capabilities: field(3, 'ClientCapabilities'),
    identity: field(4, 'ResourceIdentityData'),
  },
  'ImportResourceState.ImportedResource': {
    type_name: string(1),
    state: field(2, 'DynamicValue'),
    private: bytes(3),
    identity: field(4, 'ResourceIdentityData'),
  },
  'ImportResourceState.Response': {
    imported_resources: repeated(1, 'ImportResourceState.ImportedResource'),
    diagnostics: repeated(2, 'Diagnostic'),
    deferred: field(3, 'Deferred'),
  },
  'GenerateResourceConfig.Request': { type_name: string(1), state: field(2, 'DynamicValue') },
  'GenerateResourceConfig.Response': { config: field(1, 'DynamicValue'), diagnostics: repeated(2, 'Diagnostic') },
  'MoveResourceState.Request': {
    source_provider_address: string(1),
    source_type_name: string(2),
    source_schema_version: int64(3),
    source_state: field(4, 'RawState'),
    target_type_name: string(5),
    source_private: bytes(6),
    source_identity: field(7, 'RawState'),
    source_identity_schema_version: int64(8),
  },
  'MoveResourceState.Response': {
    target_state: field(1, 'DynamicValue'),
    diagnostics: repeated(2, 'Diagnostic'),
    target_private: bytes(3),
    target_identity: field(4, 'ResourceIdentityData'),
  },
  'ReadDataSource.Request': {
    type_name: string(1),
    config: field(2, 'DynamicValue'),
    provider_meta: field(3, 'DynamicValue'),
    client_capabilities: field(4, 'ClientCapabilities'),
  },
  'ReadDataSource.Response': {
    state: field(1, 'DynamicValue'),
    diagnostics: repeated(2, 'Diagnostic'),
    deferred: field(3, 'Deferred'),
  },
  'GetFunctions.Request': {},
  'GetFunctions.Response': { functions: map(1, 'Function'), diagnostics: repeated(2, 'Diagnostic') },
  'CallFunction.Request': { name: string(1), arguments: repeated(2, 'DynamicValue') },
  'CallFunction.Response': { result: field(1, 'DynamicValue'), error: field(2, 'FunctionError') },
  'ValidateEphemeralResourceConfig.Request': { type_name: string(1), config: field(2, 'DynamicValue') },
  'ValidateEphemeralResourceConfig.Response': { diagnostics: repeated(1, 'Diagnostic') },
  'OpenEphemeralResource.Request': {
    type_name: string(1),
    config: field(2, 'DynamicValue'),
    client_capabilities: field(3, 'ClientCapabilities'),
  },
  'OpenEphemeralResource.Response': {
    diagnostics: repeated(1, 'Diagnostic'),
    renew_at: optional(2, 'google.protobuf.Timestamp'),
    result: field(3, 'DynamicValue'),
    private: optional(4, 'bytes'),
    deferred: field(5, 'Deferred'),
  },
  'RenewEphemeralResource.Request': { type_name: string(1), private: optional(2, 'bytes') },
  'RenewEphemeralResource.Response': {
    diagnostics: repeated(1, 'Diagnostic'),
    renew_at: optional(2, 'google.protobuf.Timestamp'),
    private: optional(3, 'bytes'),
  },
  'CloseEphemeralResource.Request': { type_name: string(1), private: optional(2, 'bytes') },
  'CloseEphemeralResource.Response': { diagnostics: repeated(1, 'Diagnostic') },
  'GetResourceIdentitySchemas.Request': {},
  'GetResourceIdentitySchemas.Response': {
    identity_schemas: map(1, 'ResourceIdentitySchema'),
    diagnostics: repeated(2, 'Diagnostic'),
  },
  'UpgradeResourceIdentity.Request': { type_name: string(1), version: int64(2), raw_identity: field(3, 'RawState') },
  'UpgradeResourceIdentity.Response': {
    upgraded_identity: field(1, 'ResourceIdentityData'),
    diagnostics: repeated(2, 'Diagnostic'),
  },
  'ListResource.Request': {
    type_name: string(1),
    config: field(2, 'DynamicValue'),
    include_resource_object: bool(3),
    limit: int64(4),
  },
  'ListResource.Event': {
    identity: field(1, 'ResourceIdentityData'),
    display_name: string(2),
    resource_object: optional(3, 'DynamicValue'),
    diagnostic: repeated(4, 'Diagnostic'),
  },
  'ValidateListResourceConfig.Request': {
    type_name: string(1),
    config: field(2, 'DynamicValue'),
    include_resource_object: field(3, 'DynamicValue'),
    limit: field(4, 'DynamicValue'),
  },
  'ValidateListResourceConfig.Response': { diagnostics: repeated(1, 'Diagnostic') },
  'ValidateActionConfig.Request': { action_type: string(1), config: field(2, 'DynamicValue') },
  'ValidateActionConfig.Response': { diagnostics: repeated(1, 'Diagnostic') },
  'PlanAction.Request': {
    action_type: string(1),
    config: field(2, 'DynamicValue'),
    client_capabilities: field(3, 'ClientCapabilities'),
  },
  'PlanAction.Response': { diagnostics: repeated(1, 'Diagnostic'), deferred: field(2, 'Deferred') },
  'InvokeAction.Request': {
    action_type: string(1),
    config: field(2, 'DynamicValue'),
    client_capabilities: field(3, 'ClientCapabilities'),
  },
  'InvokeAction.Event': {
    progress: oneOf('type', 1, 'InvokeAction.Event.Progress'),
    completed: oneOf('type', 2, 'InvokeAction.Event.Completed'),
  },
  'InvokeAction.Event.Progress': { message: string(1) },
  'InvokeAction.Event.Completed': { diagnostics: repeated(1, 'Diagnostic') },
  RequestChunkMeta: { type_name: string(1), state_id: string(2) },
  StateByteRange: { start: int64(1), end: int64(2) },
  /** From protobuf's own package. */
  'google.protobuf.Timestamp': { seconds: int64(1), nanos: field(2, 'int32') },
} as const satisfies MessageTable;

export const enums = {
  'Diagnostic.Severity': { INVALID: 0, ERROR: 1, WARNING: 2 },
  StringKind: { PLAIN: 0, MARKDOWN: 1 },
  'Schema.NestedBlock.NestingMode': { INVALID: 0, SINGLE: 1, LIST: 2, SET: 3, MAP: 4, GROUP: 5 },
  'Schema.Object.NestingMode': { INVALID: 0, SINGLE: 1, LIST: 2, SET: 3, MAP: 4 },
  'Deferred.Reason': { UNKNOWN: 0, RESOURCE_CONFIG_UNKNOWN: 1, PROVIDER_CONFIG_UNKNOWN: 2, ABSENT_PREREQ: 3 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;

type MessageName = keyof typeof messages;
/** The value of a message. */
export type Message<Name extends MessageName> = MessageOf<typeof messages, Name>;
export type Request<Rpc extends RpcName> = Message<`${Rpc}.Request`>;
export type Response<Rpc extends UnaryRpc> = Message<`${Rpc}.Response`>;
export type Event<Rpc extends StreamedRpc> = Message<`${Rpc}.Event`>;
