/** The types between the gRPC server, which carries bytes, and the functions that answer RPCs. */
import type { RpcName } from '../wire/rpc-names';
import type { Request, Response } from '../wire/tfplugin6';

/**
 * Answers one RPC: the bytes of its request in, those of its response out. The gRPC server depends on nothing else of
 * this folder.
 */
export interface Dispatch {
  (rpc: RpcName, request: Uint8Array): Promise<Buffer>;
  /** Ends the provider, where its process goes on. No RPC may be in progress. */
  readonly close?: () => Promise<void>;
}

/** Answers one RPC, as messages. */
type Handler<Rpc extends RpcName> = (request: Request<Rpc>) => Promise<Response<Rpc>> | Response<Rpc>;

/** The handlers of some RPCs, by name. */
export type Handlers<Rpc extends RpcName = RpcName> = { readonly [Name in Rpc]: Handler<Name> };
