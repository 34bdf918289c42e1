/** One RPC in this process: the request and the response as messages, with the bytes of the wire in between. */
import { createDispatcher, type ObjectValue, type Provider, type Schema } from '../../../src/terraform';
import { encodeValue } from '../../../src/terraform/wire/dynamic-value';
import { impliedType } from '../../../src/terraform/wire/implied-type';
import { decodeMessage, encodeMessage } from '../../../src/terraform/wire/protobuf';
import type { StreamedRpc, UnaryRpc } from '../../../src/terraform/wire/rpc-names';
import { messages, type Event, type Request, type Response } from '../../../src/terraform/wire/tfplugin6';

/** Sends RPCs to one provider. */
export function exchangeWith(provider: Provider) {
  const dispatch = createDispatcher(provider);
  return async <Rpc extends UnaryRpc>(rpc: Rpc, request: Request<Rpc>): Promise<Response<Rpc>> => {
    const bytes = encodeMessage(messages, `${rpc}.Request` as const, request);
    return decodeMessage(messages, `${rpc}.Response` as const, await dispatch(rpc, bytes));
  };
}

/** Sends RPCs that are answered by a stream to one provider; resolves with all events. */
export function streamFrom(provider: Provider) {
  const dispatch = createDispatcher(provider);
  return async <Rpc extends StreamedRpc>(rpc: Rpc, request: Request<Rpc>): Promise<Event<Rpc>[]> => {
    const events: Event<Rpc>[] = [];
    const bytes = encodeMessage(messages, `${rpc}.Request` as const, request);
    await dispatch(rpc, bytes, (event) => events.push(decodeMessage(messages, `${rpc}.Event` as const, event)));
    return events;
  };
}

/** An object as Terraform sends it. */
export const dynamicValue = (schema: Schema, object: ObjectValue | null) => ({
  msgpack: encodeValue(impliedType(schema), object),
});
