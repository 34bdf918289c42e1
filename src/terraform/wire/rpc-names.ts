/**
 * The RPCs of the service `tfplugin6.Provider` (plugin-protocol.md, section 7). Apart from the messages because the gRPC
 * server, which runs before the handshake, needs nothing else.
 */

/** The RPCs of the service `tfplugin6.Provider` that are answered. The messages of each are NAME.Request and NAME.Response. */
export const servedRpcs = [
  'GetMetadata',
  'GetProviderSchema',
  'GetResourceIdentitySchemas',
  'ValidateProviderConfig',
  'ValidateResourceConfig',
  'ValidateDataResourceConfig',
  'UpgradeResourceState',
  'UpgradeResourceIdentity',
  'ConfigureProvider',
  'ReadResource',
  'PlanResourceChange',
  'ApplyResourceChange',
  'ImportResourceState',
  'MoveResourceState',
  'ReadDataSource',
  'ValidateEphemeralResourceConfig',
  'OpenEphemeralResource',
  'RenewEphemeralResource',
  'CloseEphemeralResource',
  'GetFunctions',
  'CallFunction',
  'StopProvider',
] as const;

/**
 * The other RPCs, which get the gRPC status UNIMPLEMENTED: Terraform sends them only for list resources, actions and
 * capabilities that the schema declares. ListResource and InvokeAction answer with a stream of NAME.Event.
 */
export const unservedRpcs = [
  'GenerateResourceConfig',
  'ListResource',
  'ValidateListResourceConfig',
  'ValidateActionConfig',
  'PlanAction',
  'InvokeAction',
] as const;

export type RpcName = (typeof servedRpcs)[number];
