/** Answers the calls of plugin protocol 6 for a provider. */
import { log } from '../plugin/logger';
import { calls, type CallName } from '../wire/tfplugin6';
import { decodeMessage, encodeMessage, type Message } from '../wire/protobuf';
import type { Provider } from '../provider';
import { schemaCalls } from './provider-rpcs';

/**
 * What a transport carries: a call's name and its request's bytes in, the response's bytes out.
 * The gRPC server stands above it and can be changed without a change here.
 */
export type Dispatch = (call: CallName, request: Uint8Array) => Promise<Buffer>;

type Handler<C extends CallName> = (
  request: Message<(typeof calls)[C]['request']>,
) => Promise<Message<(typeof calls)[C]['response']>> | Message<(typeof calls)[C]['response']>;

/** The handlers of some calls. */
export type Handlers<C extends CallName> = { readonly [Name in C]: Handler<Name> };

/** Makes the answers of a provider. */
export function createDispatcher(provider: Provider): Dispatch {
  const bySchema = schemaCalls(provider);
  let byValue: Promise<Handlers<Exclude<CallName, keyof typeof bySchema>>> | undefined;
  // The first process of every command only tells the schema: it never loads what reads values.
  const valueCalls = () => (byValue ??= import('./resource-rpcs').then((module) => module.valueCalls(provider)));
  let schema: Buffer | undefined;

  return async (call, request) => {
    // The one large answer is always the same.
    if (call === 'GetProviderSchema') return (schema ??= encodeMessage(calls[call].response, await bySchema[call]({})));
    const handlers: object = call in bySchema ? bySchema : await valueCalls();
    const started = Date.now();
    // `Handlers` ties each request to its response; the tie is lost where the call is a variable.
    const handle = handlers[call as keyof typeof handlers] as (request: object) => Promise<object> | object;
    const response = encodeMessage(calls[call].response, await handle(decodeMessage(calls[call].request, request)));
    log.trace(`answered ${call}`, { milliseconds: Date.now() - started, bytes: response.length });
    return response;
  };
}
