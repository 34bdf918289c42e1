/**
 * ApplyResourceChange: create, update or delete. Where a change fails and nothing better is known, the response has the
 * error and no state. Terraform then saves nothing of a creation, and keeps the prior object of an update or deletion as
 * it was: its private data, and whether it is tainted. The prior state sent back would be stored with the private data
 * of the plan instead (plugin-protocol.md, sections 3 and 4).
 */
import type { Diagnostic } from '../diagnostic';
import type { ApplyResult, CreateRequest, Provider, Resource } from '../provider';
import type { ObjectValue } from '../value';
import { diagnosticMessages } from '../wire/diagnostic-message';
import type { Request, Response } from '../wire/tfplugin6';
import { thrownDiagnostics } from './failure-diagnostics';
import { encodeIdentity } from './identity-codec';
import { decodeConfig, decodeObject, encodeObject } from './object-codec';
import { encodableState } from './partial-state';

type ApplyResponse = Response<'ApplyResourceChange'>;

const noBytes = new Uint8Array();

/** Applies a planned change. What a provider throws passes through. */
export function applyChange(
  provider: Provider,
  resource: Resource,
  request: Request<'ApplyResourceChange'>,
): Promise<ApplyResponse> {
  const { schema } = resource;
  const { planned_private: plannedPrivate = noBytes } = request;
  const prior = decodeObject(schema, request.prior_state);
  const planned = decodeObject(schema, request.planned_state);
  if (planned === null) return applyDelete(resource, prior, plannedPrivate);
  const change = { config: decodeConfig(schema, request.config), planned, private: plannedPrivate };
  return prior ? applyUpdate(resource, prior, change) : applyCreate(provider, resource, change);
}

async function applyCreate(provider: Provider, resource: Resource, request: CreateRequest): Promise<ApplyResponse> {
  const { schema } = resource;
  const result = await resource.create(request);
  const { state = null, diagnostics = [] } = result;
  try {
    return response(resource, request, result, state);
  } catch (error) {
    if (!state) throw error;
    // The object exists: Terraform has to keep what can be written of it, or it would create it a second time.
    const encodable = encodableState(schema, state, request.planned);
    const identity = encodeIdentity(resource, encodable);
    return {
      new_state: encodeObject(schema, encodable),
      ...(identity ? { new_identity: identity } : {}),
      private: result.private ?? request.private,
      diagnostics: diagnosticMessages([...diagnostics, ...thrownDiagnostics(provider, error, schema)]),
    };
  }
}

async function applyUpdate(resource: Resource, prior: ObjectValue, request: CreateRequest): Promise<ApplyResponse> {
  const result = await resource.update({ ...request, prior });
  const { state = hasError(result.diagnostics) ? null : prior } = result;
  return response(resource, request, result, state);
}

async function applyDelete(
  resource: Resource,
  prior: ObjectValue | null,
  plannedPrivate: Uint8Array,
): Promise<ApplyResponse> {
  const { diagnostics } = prior ? await resource.delete({ prior, private: plannedPrivate }) : {};
  return { new_state: encodeObject(resource.schema, null), diagnostics: diagnosticMessages(diagnostics) };
}

function response(
  resource: Resource,
  request: CreateRequest,
  { private: newPrivate = request.private, diagnostics }: ApplyResult,
  state: ObjectValue | null,
): ApplyResponse {
  const identity = encodeIdentity(resource, state);
  return {
    new_state: encodeObject(resource.schema, state),
    private: newPrivate,
    ...(identity ? { new_identity: identity } : {}),
    diagnostics: diagnosticMessages(diagnostics),
  };
}

function hasError(diagnostics: readonly Diagnostic[] = []): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
