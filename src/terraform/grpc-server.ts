/** Carries calls over gRPC. Bytes pass through as they are: the codec is in `answer.ts`. */
import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import type { Answer } from './answer';
import { log } from './log';
import { calls, type CallName } from './messages';

export interface GrpcOptions {
  readonly answer: Answer;
  /** Called once Terraform says that it needs the provider no more; the reply is on its way. */
  readonly onShutdown: () => void;
  /** Left out where TLS is off. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string; readonly clientCertificate: string };
}

/**
 * Starts the server.
 *
 * @param address `unix:PATH` or `127.0.0.1:PORT`; port 0 takes a free one
 * @returns the port, for TCP
 * @throws Error when the address cannot be listened on
 */
export function startGrpcServer(address: string, { answer, onShutdown, tls }: GrpcOptions): Promise<number> {
  const server = new Server({
    // The default of 4 MiB is less than the plan of one large object; Terraform itself bounds what it sends.
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    'grpc.enable_channelz': 0,
  });
  const names = Object.keys(calls) as CallName[];
  server.addService(
    Object.fromEntries(names.map((name) => [name, unary(`/tfplugin6.Provider/${name}`)])),
    Object.fromEntries(names.map((name) => [name, handler(name, (request) => answer(name, request))])),
  );
  server.addService(
    { Shutdown: unary('/plugin.GRPCController/Shutdown') },
    {
      Shutdown: handler('Shutdown', () => {
        setImmediate(onShutdown);
        return Promise.resolve(Buffer.alloc(0));
      }),
    },
  );
  // GRPCBroker and GRPCStdio stay unimplemented: Terraform opens both and goes on without them.
  const credentials = tls
    ? ServerCredentials.createSsl(Buffer.from(tls.clientCertificate), [{ cert_chain: Buffer.from(tls.certificate), private_key: Buffer.from(tls.privateKey) }], true)
    : ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
}

const passThrough = (bytes: Buffer) => bytes;

function unary(path: string) {
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: passThrough,
    requestDeserialize: passThrough,
    responseSerialize: passThrough,
    responseDeserialize: passThrough,
  } as const;
}

function handler(name: string, answer: (request: Buffer) => Promise<Buffer>) {
  return ({ request }: ServerUnaryCall<Buffer, Buffer>, reply: sendUnaryData<Buffer>) => {
    answer(request).then(
      (response) => reply(null, response),
      (error: Error) => {
        // A status is for a broken message or a bug of this room; whatever a provider throws is a diagnostic by now.
        log.error(`${name} failed`, { stack: error.stack ?? error.message });
        reply({ code: status.INTERNAL, details: `${name}: ${error.message}` });
      },
    );
  };
}
