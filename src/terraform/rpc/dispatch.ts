/** Answers the RPCs of plugin protocol 6 for a provider. */
import { log } from '../logger';
import type { Provider } from '../provider';
import { decodeMessage, encodeMessage } from '../wire/protobuf';
import type { RpcName } from '../wire/rpc-names';
import { messages } from '../wire/tfplugin6';
import type { Dispatch, Handlers } from './handlers';
import { providerRpcs } from './provider-rpcs';

/** Makes the function that answers every RPC for a provider. */
export function createDispatcher(provider: Provider): Dispatch {
  const ofProvider = providerRpcs(provider);
  let ofObjects: Promise<Omit<Handlers, keyof typeof ofProvider>> | undefined;
  let schema: Promise<Buffer> | undefined;

  async function answer(rpc: RpcName, request: Uint8Array): Promise<Buffer> {
    const handlers = rpc in ofProvider ? ofProvider : await (ofObjects ??= objectRpcs(provider));
    // `Handlers` ties each request to its response; the tie is lost where the RPC is a variable.
    const handle = handlers[rpc as keyof typeof handlers] as (request: object) => Promise<object> | object;
    return encodeMessage(messages, `${rpc}.Response`, await handle(decodeMessage(messages, `${rpc}.Request`, request)));
  }

  const dispatch = async (rpc: RpcName, request: Uint8Array) => {
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
  const [{ resourceRpcs }, { dataSourceRpcs }] = await Promise.all([
    import('./resource-rpcs'),
    import('./data-source-rpcs'),
  ]);
  return { ...resourceRpcs(provider), ...dataSourceRpcs(provider) };
}
