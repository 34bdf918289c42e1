/** The RPCs of resources but the applying one, in the order of a resource's life (plugin-protocol.md, sections 3 and 4). */
import { PluginError } from '../failures';
import type { Provider, Resource } from '../provider';
import type { ObjectValue } from '../value';
import { diagnosticMessages, pathMessage } from '../wire/diagnostic-message';
import { impliedType } from '../wire/implied-type';
import { parseState, valueFromState } from '../wire/raw-state';
import type { Request, Response } from '../wire/tfplugin6';
import { applyChange } from './apply-change';
import { failureDiagnostic, withDiagnostics } from './failure-diagnostics';
import type { Handlers } from './handlers';
import { decodeIdentity, encodeIdentity } from './identity-codec';
import { decodeConfig, decodeObject, encodeObject, equalBytes } from './object-codec';
import { withoutWriteOnly } from './write-only';

type ResourceRpc =
  | 'ValidateResourceConfig'
  | 'UpgradeResourceState'
  | 'ReadResource'
  | 'PlanResourceChange'
  | 'ApplyResourceChange'
  | 'ImportResourceState';

const noBytes = new Uint8Array();

/** The handlers of every RPC of resources. */
export function resourceRpcs(provider: Provider): Handlers<ResourceRpc> {
  /** Finds the resource that a request names, and has it answer. */
  const withResource =
    <Req extends { readonly type_name?: string }, Res extends object>(
      handle: (resource: Resource, request: Req) => Promise<Res> | Res,
    ) =>
    (request: Req) => {
      const schema = provider.resources[request.type_name ?? '']?.schema;
      return withDiagnostics(provider, () => handle(resourceOf(provider, request.type_name), request), schema);
    };

  return {
    ValidateResourceConfig: withResource(validateConfig),
    UpgradeResourceState: withResource(upgradeState),
    ReadResource: withResource(read),
    PlanResourceChange: withResource(plan),
    ApplyResourceChange: withResource((resource, request) => applyChange(provider, resource, request)),
    ImportResourceState: withResource(importState),
  };
}

function resourceOf(provider: Provider, name = ''): Resource {
  const resource = provider.resources[name];
  if (!resource) throw new PluginError('resource-type-unknown', `The provider ${provider.address} has no ${name}.`);
  return resource;
}

async function validateConfig(
  resource: Resource,
  { config, client_capabilities: capabilities }: Request<'ValidateResourceConfig'>,
): Promise<Response<'ValidateResourceConfig'>> {
  const object = decodeConfig(resource.schema, config);
  const diagnostics = [...((await resource.validate?.(object)) ?? [])];
  if (!capabilities?.write_only_attributes_allowed)
    withoutWriteOnly(resource.schema, object, (path) => {
      const name = path.map((step) => (typeof step === 'object' ? step.key : step)).join('.');
      const what = `This version of Terraform or OpenTofu does not support write-only arguments, and ${name} is one.`;
      // Not on the attribute: Terraform would show its line, with the value that is written there.
      diagnostics.push(failureDiagnostic(new PluginError('write-only-unsupported', what)));
    });
  return { diagnostics: diagnosticMessages(diagnostics) };
}

/** Comes for every stored object at the start of each walk, also where there is nothing to upgrade. */
async function upgradeState(
  resource: Resource,
  { type_name: type = '', version = 0, raw_state }: Request<'UpgradeResourceState'>,
): Promise<Response<'UpgradeResourceState'>> {
  const { schema } = resource;
  const json = raw_state?.json ?? noBytes;
  const state =
    version < schema.version && resource.upgrade
      ? await resource.upgrade({ version, state: storedState(type, json, (state) => state) })
      : // The value of a block's type is an object.
        storedState(type, json, (state) => valueFromState(impliedType(schema), state) as ObjectValue);
  const diagnostics = resource.onPriorState?.(state) ?? [];
  return { upgraded_state: encodeObject(schema, state), diagnostics: diagnosticMessages(diagnostics) };
}

/** What is wrong with the state file is not the provider's fault. */
function storedState<T>(type: string, json: Uint8Array, read: (state: Readonly<Record<string, unknown>>) => T): T {
  let name = `An object of type ${type}`;
  try {
    const state = parseState(json);
    if (typeof state.id === 'string') name = `The object of type ${type} with the id "${state.id}"`;
    return read(state);
  } catch (error) {
    // A syntax error's message would quote the state, which may hold secrets.
    const reason = error instanceof TypeError ? error.message : 'it is not JSON';
    throw new PluginError('stored-state-invalid', `${name} cannot be read from the state: ${reason}.`);
  }
}

async function read(
  resource: Resource,
  { current_state, private: priorPrivate = noBytes }: Request<'ReadResource'>,
): Promise<Response<'ReadResource'>> {
  const { schema } = resource;
  // Terraform stores the private data of the response, so a resource without any returns what it got.
  const {
    state,
    private: newPrivate = priorPrivate,
    diagnostics,
  } = await resource.read({ state: decodeConfig(schema, current_state), private: priorPrivate });
  const identity = encodeIdentity(resource, state);
  return {
    new_state: encodeObject(schema, state),
    private: newPrivate,
    ...(identity ? { new_identity: identity } : {}),
    diagnostics: diagnosticMessages(diagnostics),
  };
}

async function plan(
  resource: Resource,
  request: Request<'PlanResourceChange'>,
): Promise<Response<'PlanResourceChange'>> {
  const { prior_state, proposed_new_state, config, prior_private: priorPrivate = noBytes } = request;
  if (equalBytes(prior_state, proposed_new_state)) return planNoOp(resource, request, priorPrivate);
  const { schema } = resource;
  const proposed = decodeObject(schema, proposed_new_state);
  const {
    planned,
    requiresReplace = [],
    private: plannedPrivate = priorPrivate,
    diagnostics,
  } = await resource.plan({
    config: proposed && decodeObject(schema, config),
    prior: decodeObject(schema, prior_state),
    proposed,
    priorPrivate,
  });
  const identity = encodeIdentity(resource, planned);
  return {
    planned_state: encodeObject(schema, planned),
    ...(identity ? { planned_identity: identity } : {}),
    requires_replace: requiresReplace.map(pathMessage),
    planned_private: plannedPrivate,
    diagnostics: diagnosticMessages(diagnostics),
  };
}

/**
 * Where the proposed object is the prior one, it is the plan as well, and `plan` is not called: that is most objects of
 * most plans, and reading their values costs more than all else that is done for them.
 */
async function planNoOp(
  resource: Resource,
  { prior_state: state = {}, prior_identity: identity }: Request<'PlanResourceChange'>,
  priorPrivate: Uint8Array,
): Promise<Response<'PlanResourceChange'>> {
  const { private: plannedPrivate = priorPrivate, diagnostics } =
    (await resource.planNoOp?.({ prior: () => decodeConfig(resource.schema, state), priorPrivate })) ?? {};
  return {
    planned_state: state,
    planned_private: plannedPrivate,
    ...(identity ? { planned_identity: identity } : {}),
    diagnostics: diagnosticMessages(diagnostics),
  };
}

async function importState(
  resource: Resource,
  { type_name = '', id = '', identity }: Request<'ImportResourceState'>,
): Promise<Response<'ImportResourceState'>> {
  if (!resource.import)
    throw new PluginError('import-unsupported', `An object of type ${type_name} cannot be imported.`);
  const given = decodeIdentity(resource, identity);
  const importId = given && resource.identity ? resource.identity.importId(given) : id;
  const { state, private: ownPrivate = noBytes, diagnostics } = await resource.import(importId);
  const found = encodeIdentity(resource, state);
  const imported = state && {
    type_name,
    state: encodeObject(resource.schema, state),
    private: ownPrivate,
    ...(found ? { identity: found } : {}),
  };
  return { imported_resources: imported ? [imported] : [], diagnostics: diagnosticMessages(diagnostics) };
}
