/** The RPC about identities that are stored: Terraform shows each at the start of a walk, as it does with states. */
import { PluginError } from '../failures';
import type { Provider } from '../provider';
import type { ObjectValue } from '../value';
import { parseState, valueFromState } from '../wire/raw-state';
import type { Request, Response } from '../wire/tfplugin6';
import { withDiagnostics } from './failure-diagnostics';
import type { Handlers } from './handlers';
import { encodeIdentity, identityType } from './identity-codec';

/** The handlers of the RPCs of identities that need values. */
export function identityRpcs(provider: Provider): Handlers<'UpgradeResourceIdentity'> {
  return { UpgradeResourceIdentity: (request) => withDiagnostics(provider, () => upgrade(provider, request)) };
}

function upgrade(
  provider: Provider,
  { type_name: type = '', raw_identity: raw }: Request<'UpgradeResourceIdentity'>,
): Response<'UpgradeResourceIdentity'> {
  const resource = provider.resources[type];
  if (!resource?.identity) {
    const what = `The resource ${type} of the provider ${provider.address} has no identity.`;
    throw new PluginError('identity-unsupported', what);
  }
  // The value of an object's type is one.
  const identity = valueFromState(identityType(resource), parseState(raw?.json ?? new Uint8Array())) as ObjectValue;
  const upgraded = encodeIdentity(resource, identity);
  return upgraded ? { upgraded_identity: upgraded } : {};
}
