/** The types between the gRPC server, which carries bytes, and the functions that answer RPCs. */
import type { RpcName, StreamedRpc, UnaryRpc } from '../wire/rpc-names';
import type { Event, Request, Response } from '../wire/tfplugin6';

/** Takes one message of a stream. */
export type Emit = (event: Buffer) => void;

/**
 * Answers one RPC: the bytes of its request in, those of its response out. The gRPC server depends on nothing else of
 * this folder.
 */
export interface Dispatch {
  /** @param emit takes the messages of an RPC that is answered by a stream; what is returned has no content then */
  (rpc: RpcName, request: Uint8Array, emit?: Emit): Promise<Buffer>;
  /** Ends the provider, where its process goes on. No RPC may be in progress. */
  readonly close?: () => Promise<void>;
}

/** Answers one RPC, as messages. */
type Handler<Rpc extends UnaryRpc> = (request: Request<Rpc>) => Promise<Response<Rpc>> | Response<Rpc>;

/** The handlers of some RPCs, by name. */
export type Handlers<Rpc extends UnaryRpc = UnaryRpc> = { readonly [Name in Rpc]: Handler<Name> };

/** The handlers of RPCs that are answered by a stream. */
export type StreamHandlers<Rpc extends StreamedRpc = StreamedRpc> = {
  readonly [Name in Rpc]: (request: Request<Name>) => AsyncIterable<Event<Name>>;
};
