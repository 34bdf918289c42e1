/** The RPCs of list resources. */
import { PluginError } from '../failures';
import type { ListedObject, ResourceList } from '../list';
import type { Provider, Resource } from '../provider';
import { diagnosticMessages } from '../wire/diagnostic-message';
import type { Event, Request } from '../wire/tfplugin6';
import { thrownDiagnostics, withDiagnostics } from './failure-diagnostics';
import type { Handlers, StreamHandlers } from './handlers';
import { encodeIdentity } from './identity-codec';
import { decodeConfig, encodeObject } from './object-codec';

/** What Terraform asks for where it sends no limit. */
const defaultLimit = 100;

/** The handlers of the RPCs of list resources that are answered by one message. */
export function listRpcs(provider: Provider): Handlers<'ValidateListResourceConfig'> {
  return {
    ValidateListResourceConfig: (request) =>
      withDiagnostics(
        provider,
        async () => {
          const { list } = listed(provider, request.type_name);
          return { diagnostics: diagnosticMessages(await list.validate?.(decodeConfig(list.schema, request.config))) };
        },
        provider.resources[request.type_name ?? '']?.list?.schema,
      ),
  };
}

/** The handler of the RPC that lists. */
export function listStream(provider: Provider): StreamHandlers<'ListResource'> {
  return { ListResource: (request) => list(provider, request) };
}

/** What is thrown in the middle of it is the last event. */
async function* list(provider: Provider, request: Request<'ListResource'>): AsyncGenerator<Event<'ListResource'>> {
  const { include_resource_object: includesObject = false, limit = defaultLimit } = request;
  let schema: ResourceList['schema'] | undefined;
  try {
    const { resource, list: source } = listed(provider, request.type_name);
    schema = source.schema;
    const config = decodeConfig(schema, request.config);
    let found = 0;
    for await (const each of source.list({ config, includesObject, limit })) {
      yield eventOf(resource, each, includesObject);
      found += each.identity ? 1 : 0;
      if (found >= limit) return;
    }
  } catch (error) {
    yield { diagnostic: diagnosticMessages(thrownDiagnostics(provider, error, schema)) };
  }
}

function eventOf(
  resource: Resource,
  { identity, displayName = '', object, diagnostics }: ListedObject,
  includesObject: boolean,
): Event<'ListResource'> {
  const encoded = encodeIdentity(resource, identity);
  return {
    ...(encoded ? { identity: encoded } : {}),
    display_name: displayName,
    ...(object && includesObject ? { resource_object: encodeObject(resource.schema, object) } : {}),
    diagnostic: diagnosticMessages(diagnostics),
  };
}

function listed(provider: Provider, name = ''): { readonly resource: Resource; readonly list: ResourceList } {
  const resource = provider.resources[name];
  if (resource?.list) return { resource, list: resource.list };
  throw new PluginError('list-unsupported', `The provider ${provider.address} does not list ${name}.`);
}
