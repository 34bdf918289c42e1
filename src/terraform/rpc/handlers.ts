/** The types between the gRPC server, which carries bytes, and the functions that answer RPCs. */
import type { Request, Response, RpcName } from '../wire/tfplugin6';

/**
 * Answers one RPC: the bytes of its request in, those of its response out. This is all that the gRPC server knows of
 * the rest, so that either side can change without the other.
 */
export type Dispatch = (rpc: RpcName, request: Uint8Array) => Promise<Buffer>;

/** Answers one RPC, as messages. */
export type Handler<Rpc extends RpcName> = (request: Request<Rpc>) => Promise<Response<Rpc>> | Response<Rpc>;

/** The handlers of some RPCs, by name. */
export type Handlers<Rpc extends RpcName = RpcName> = { readonly [Name in Rpc]: Handler<Name> };
