/**
 * The RPCs of the service `tfplugin6.Provider` (plugin-protocol.md, section 7). Apart from the messages because the gRPC
 * server, which runs before the handshake, needs nothing else.
 */

/** The RPCs that are answered by one message. The messages of each are NAME.Request and NAME.Response. */
const unaryRpcs = [
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
  'ValidateListResourceConfig',
  'ValidateActionConfig',
  'PlanAction',
  'StopProvider',
] as const;

/** The RPCs that are answered by a stream of NAME.Event. */
const streamedRpcs = ['ListResource', 'InvokeAction'] as const;

/** The RPCs of the service `tfplugin6.Provider` that are answered. */
export const servedRpcs = [...unaryRpcs, ...streamedRpcs] as const;

/** The other ones, which get the gRPC status UNIMPLEMENTED: Terraform sends them only where the schema says that it may. */
export const unservedRpcs = ['GenerateResourceConfig'] as const;

export type UnaryRpc = (typeof unaryRpcs)[number];
export type StreamedRpc = (typeof streamedRpcs)[number];
export type RpcName = UnaryRpc | StreamedRpc;

/** Whether an RPC is answered by a stream. */
export function isStreamed(rpc: RpcName): rpc is StreamedRpc {
  return streamedRpcs.some((each) => each === rpc);
}
