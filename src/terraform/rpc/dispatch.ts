/** Answers the RPCs of plugin protocol 6 for a provider. */
import { log } from '../logger';
import type { Provider } from '../provider';
import { decodeMessage, encodeMessage } from '../wire/protobuf';
import { isStreamed, type RpcName, type StreamedRpc, type UnaryRpc } from '../wire/rpc-names';
import { messages } from '../wire/tfplugin6';
import type { Dispatch, Emit, Handlers, StreamHandlers } from './handlers';
import { providerRpcs } from './provider-rpcs';

/** Makes the function that answers every RPC for a provider. */
export function createDispatcher(provider: Provider): Dispatch {
  const ofProvider = providerRpcs(provider);
  let ofObjects: Promise<Omit<Handlers, keyof typeof ofProvider>> | undefined;
  let streams: Promise<StreamHandlers> | undefined;
  let schema: Promise<Buffer> | undefined;

  async function answer(rpc: UnaryRpc, request: Uint8Array): Promise<Buffer> {
    const handlers = rpc in ofProvider ? ofProvider : await (ofObjects ??= objectRpcs(provider));
    // `Handlers` ties each request to its response; the tie is lost where the RPC is a variable.
    const handle = handlers[rpc as keyof typeof handlers] as (request: object) => Promise<object> | object;
    return encodeMessage(messages, `${rpc}.Response`, await handle(decodeMessage(messages, `${rpc}.Request`, request)));
  }

  async function stream(rpc: StreamedRpc, request: Uint8Array, emit: Emit): Promise<Buffer> {
    const handlers = await (streams ??= streamRpcs(provider));
    // As above.
    const handle = handlers[rpc] as (request: object) => AsyncIterable<object>;
    for await (const event of handle(decodeMessage(messages, `${rpc}.Request`, request)))
      emit(encodeMessage(messages, `${rpc}.Event`, event));
    return Buffer.alloc(0);
  }

  const dispatch = async (rpc: RpcName, request: Uint8Array, emit: Emit = () => {}) => {
    if (isStreamed(rpc)) return stream(rpc, request, emit);
    // The one large response is always the same.
    if (rpc === 'GetProviderSchema') return (schema ??= answer(rpc, request));
    const started = Date.now();
    const response = await answer(rpc, request);
    log.trace(`answered ${rpc}`, { milliseconds: Date.now() - started, bytes: response.length });
    return response;
  };
  return Object.assign(dispatch, { close: async () => provider.close?.() });
}

/** The first process of every command is only asked for the schema: it never loads what reads values. */
async function objectRpcs(provider: Provider): Promise<Omit<Handlers, keyof ReturnType<typeof providerRpcs>>> {
  const [{ resourceRpcs }, { dataSourceRpcs }, { identityRpcs }, { functionRpcs }, { actionRpcs }, { listRpcs }] =
    await Promise.all([
      import('./resource-rpcs'),
      import('./data-source-rpcs'),
      import('./identity-rpcs'),
      import('./function-rpcs'),
      import('./action-rpcs'),
      import('./list-rpcs'),
    ]);
  return {
    ...resourceRpcs(provider),
    ...dataSourceRpcs(provider),
    ...identityRpcs(provider),
    ...functionRpcs(provider),
    ...actionRpcs(provider),
    ...listRpcs(provider),
  };
}

async function streamRpcs(provider: Provider): Promise<StreamHandlers> {
  const [{ actionStream }, { listStream }] = await Promise.all([import('./action-rpcs'), import('./list-rpcs')]);
  return { ...actionStream(provider), ...listStream(provider) };
}
