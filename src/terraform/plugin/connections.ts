/**
 * Debug mode: one process serves many runs, and all provider blocks of each. No RPC names the provider block that it
 * belongs to, but an engine opens a connection of its own for each (plugin-protocol.md, section 1): each connection gets
 * a provider of its own, with its own configuration.
 */
import type { Http2Session } from 'node:http2';
import { log } from '../logger';
import type { Dispatch } from '../rpc/handlers';
import type { RpcName } from '../wire/rpc-names';
import type { Answer } from './grpc-server';

/** What needs the configuration of the provider block. */
const configuredRpcs: ReadonlySet<RpcName> = new Set([
  'ReadResource',
  'PlanResourceChange',
  'ApplyResourceChange',
  'ImportResourceState',
  'ReadDataSource',
  'ListResource',
  'PlanAction',
  'InvokeAction',
]);

/**
 * Makes the function that answers the RPCs of all connections.
 *
 * @param load makes a provider; called once for each connection
 */
export function answerByConnection(load: () => Promise<Dispatch>): Answer {
  const dispatches = new WeakMap<Http2Session, Dispatch>();
  return async (rpc, request, session, emit) => {
    if (!session) throw new Error('the connection was closed');
    const dispatch = dispatches.get(session) ?? answerer(session, load);
    dispatches.set(session, dispatch);
    return dispatch(rpc, request, emit);
  };
}

function answerer(session: Http2Session, load: () => Promise<Dispatch>): Dispatch {
  const loading = load();
  const inProgress = new Set<Promise<unknown>>();
  let isConfigured = false;
  session.once('close', () => {
    end(loading, inProgress).catch((error: unknown) => log.error(`closing failed: ${String(error)}`));
  });

  return async (rpc, request, emit) => {
    isConfigured ||= rpc === 'ConfigureProvider';
    // An engine that lost its connection opens another one, and does not configure it.
    if (!isConfigured && configuredRpcs.has(rpc))
      throw new Error(`the connection to the provider was lost, and ${rpc} came without a configuration: run it again`);
    const answer = loading.then((dispatch) => dispatch(rpc, request, emit));
    const settled = answer.catch(() => undefined).finally(() => inProgress.delete(settled));
    inProgress.add(settled);
    return answer;
  };
}

/** The engine has left, or was killed: what is in progress ends, and nothing new starts. */
async function end(loading: Promise<Dispatch>, inProgress: ReadonlySet<Promise<unknown>>): Promise<void> {
  const dispatch = await loading;
  await dispatch('StopProvider', new Uint8Array());
  await Promise.all(inProgress);
  await dispatch.close?.();
}
