/** A server between the client and an emulator that sends bytes of its own in place of some responses. */
import { createServer, type Socket } from 'node:net';
import { startEmulator, type Emulator } from '../../../src/emulator/emulator';
import { diff } from '../../../src/model/diff';
import { PhonestateError } from '../../../src/model/failures';
import { phoneType } from '../../../src/model/phone-fields';
import type { GivenSettings } from '../../../src/settings/read-settings';
import type { VicidialClient } from '../../../src/vicidial/api/client';
import { execute } from '../../../src/vicidial/api/execute';
import { connectClient, singleAttempt } from '../../../testing/client';
import { plain, type Answer } from '../../../testing/garbles';
import { sampleValues } from '../../../testing/sample-values';

/** The bytes for a call, which the emulator has carried out; undefined for the response of the emulator. */
export type Respond = (answer: Answer, call: number, body: string) => string | Buffer | undefined;

export class ScriptedProxy {
  #emulator: Emulator | undefined;
  readonly #clients: VicidialClient[] = [];
  readonly #servers: { close(): void }[] = [];
  readonly #sockets = new Set<Socket>();

  get emulator(): Emulator {
    if (!this.#emulator) throw new Error('The emulator is started before each test.');
    return this.#emulator;
  }

  async open(build?: string): Promise<void> {
    await this.#emulator?.close();
    this.#emulator = await startEmulator(build === undefined ? {} : { build });
  }

  async close(): Promise<void> {
    for (const client of this.#clients.splice(0)) await client.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    for (const server of this.#servers.splice(0)) server.close();
    await this.#emulator?.close();
    this.#emulator = undefined;
  }

  /** Starts a server that has the emulator carry each call out, and a client of it. */
  async behind(respond: Respond, settings: GivenSettings = {}): Promise<VicidialClient> {
    let calls = 0;
    return this.serve((body, socket) => {
      calls += 1;
      const call = calls;
      void this.#forward(body).then((answer) => socket.write(respond(answer, call, body) ?? plain(answer)));
    }, settings);
  }

  /** Starts a server that does with each request what a test says, and a client of it. */
  async serve(handle: (body: string, socket: Socket, head: string) => void, settings: GivenSettings = {}) {
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      let received = '';
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString('latin1');
        const [head = '', body] = received.split('\r\n\r\n');
        const length = Number(/content-length: (\d+)/iu.exec(head)?.[1] ?? 0);
        if (body === undefined || body.length < length) return;
        received = '';
        handle(body, socket, head);
      });
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return this.connect(`http://127.0.0.1:${port}/vicidial/non_agent_api.php`, settings);
  }

  connect(url = this.emulator.url, settings: GivenSettings = {}): VicidialClient {
    const retryPolicy = { ...singleAttempt, maxAttempts: 3, maxElapsedMs: 5_000 };
    const client = connectClient(url, { write_timeout_seconds: 1, ...settings }, { retryPolicy });
    this.#clients.push(client);
    return client;
  }

  async #forward(body: string): Promise<Answer> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(this.emulator.url, { method: 'POST', body, headers });
    return { status: response.status, body: await response.text() };
  }
}

/** A proxy for each test of a file. To be called where `beforeEach` may be. */
export function useScriptedProxy(): ScriptedProxy {
  const proxy = new ScriptedProxy();
  beforeEach(() => proxy.open());
  afterEach(() => proxy.close());
  return proxy;
}

/** Creates the sample phone. */
export async function create(to: VicidialClient): Promise<void> {
  const change = diff(phoneType, sampleValues('55000'), null);
  if (change.action !== 'create') throw new Error('a new phone is created');
  for (const operation of change.operations) await execute(to, operation);
}

/** Deletes it. */
export async function remove(to: VicidialClient): Promise<void> {
  const change = diff(phoneType, null, sampleValues('55000'));
  if (change.action !== 'delete') throw new Error('a phone is deleted');
  for (const operation of change.operations) await execute(to, operation);
}

/** The code of a failure, and what happened. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PhonestateError)) throw new Error(`no failure but ${String(error)}`);
  return `${error.failure.code}: ${error.failure.what}`;
}
