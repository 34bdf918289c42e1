/**
 * The host of a rehearsal: the providers of its runs ask it where the calls to their systems go. It reads each system with
 * the settings of the provider that asks, and starts an emulator for it. It listens on this machine only, proves that it
 * knows the token before it gets anything, and answers no run that is not in the folder of the rehearsal.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { stringValue } from '../model/field-definition';
import { PhonestateError } from '../model/failures';
import { Secret } from '../model/secret';
import { readSettings, requireSettings, type GivenSettings, type Settings } from '../settings/read-settings';
import { equalSecrets, proofOf, rehearsalPaths, rehearsalStatus, rehearsalValue } from '../settings/rehearsal';
import { systemOf } from '../settings/system';
import { EmulatedSystem } from './emulated-system';
import { readForRehearsal } from './read-system';
import type { StateObject } from './state-objects';

const loopback = '127.0.0.1';
const maxRequestBytes = 1024 * 1024;

const givenSetting = z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.string())]);
const question = z.object({ folder: z.string(), settings: z.record(z.string(), givenSetting) });

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What was read of a system, for the report of the rehearsal. */
export interface RehearsedSystem {
  readonly name: string;
  readonly source: 'admin' | 'database';
  readonly phones: number;
  readonly aliases: number;
  readonly emulated: EmulatedSystem;
}

export class RehearsalHost {
  readonly #systems = new Map<string, RehearsedSystem>();
  readonly #token = new Secret(randomBytes(32).toString('hex'));
  readonly #server: Server;
  readonly #secrets = new Set<string>();
  /** Systems are read one after another, so that two providers of one system do not read it twice. */
  #queue: Promise<unknown> = Promise.resolve();
  #origin = '';

  /**
   * @param folder of the rehearsal: no run elsewhere is answered
   * @param state what the state has, for what the readers do not show
   * @param progress gets what is being read
   */
  private constructor(
    private readonly folder: string,
    private readonly state: readonly StateObject[],
    private readonly progress: (text: string) => void,
  ) {
    this.#server = createServer((request, response) => {
      void this.#answer(request)
        .catch((error: unknown): Answer => ({
          status: 500,
          body: `The rehearsal failed: ${error instanceof Error ? error.message : String(error)}`,
        }))
        .then(({ status, body }) => response.writeHead(status).end(body));
    });
    this.#server.requestTimeout = 0;
  }

  /** Starts a host on any free port of this machine. */
  static async start(
    folder: string,
    state: readonly StateObject[],
    progress: (text: string) => void = () => {},
  ): Promise<RehearsalHost> {
    const host = new RehearsalHost(realpathSync(folder), state, progress);
    await new Promise<void>((resolve, reject) => {
      host.#server.once('error', reject).listen(0, loopback, () => resolve());
    });
    // The address of a server that listens on a port is an object; it would be a string for a Unix socket.
    host.#origin = `http://${loopback}:${(host.#server.address() as AddressInfo).port}`;
    return host;
  }

  /** The value of the environment variable of the runs. */
  get variable(): string {
    return rehearsalValue({ origin: this.#origin, token: this.#token });
  }

  /** The systems that providers have asked for, in that order. */
  get systems(): readonly RehearsedSystem[] {
    return [...this.#systems.values()];
  }

  /** The passwords of API users that providers have sent, to be masked. */
  get secrets(): readonly string[] {
    return [...this.#secrets];
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await Promise.all(this.systems.map(({ emulated }) => emulated.emulator.close()));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', this.#origin);
    if (url.pathname === rehearsalPaths.proof)
      return { status: 200, body: proofOf(this.#token, url.searchParams.get('nonce') ?? '') };
    if (url.pathname !== rehearsalPaths.systems) return { status: 404, body: '' };
    const isOfRehearsal = equalSecrets(request.headers.authorization ?? '', `Bearer ${this.#token.open()}`);
    if (!isOfRehearsal) return { status: rehearsalStatus.otherRun, body: 'The token is that of another rehearsal.' };
    const { folder, settings } = question.parse(JSON.parse(await readBody(request)));
    if (!this.#isOwn(folder)) {
      const body = `A rehearsal is in progress, and this run is not one of its own: it works in ${folder}.`;
      return { status: rehearsalStatus.otherRun, body };
    }
    const answer = this.#queue.then(() => this.#route(settings));
    this.#queue = answer.catch(() => {});
    return answer;
  }

  #isOwn(folder: string): boolean {
    const path = relative(this.folder, realpathSync(folder));
    return path === '' || !/^\.\.(?:[\\/]|$)/u.test(path);
  }

  async #route(given: GivenSettings): Promise<Answer> {
    try {
      const settings = requireSettings(readSettings(given, {}));
      this.#secrets.add(settings.password.open());
      const { emulated } = await this.#system(settings);
      const { url: api, adminUrl: admin } = emulated.emulator;
      return { status: 200, body: JSON.stringify({ api, admin }) };
    } catch (error) {
      if (!(error instanceof PhonestateError)) throw error;
      return { status: rehearsalStatus.withoutRows, body: `${error.failure.summary}: ${error.failure.what}` };
    }
  }

  async #system(settings: Settings): Promise<RehearsedSystem> {
    const name = systemOf(settings) ?? settings.url;
    const known = this.#systems.get(name);
    if (known?.emulated.hasUser(settings.user)) return known;
    this.progress(`Reading ${name} as user ${settings.user}`);
    const own = this.state.filter(
      ({ system }) => system === null || system === name || system === settings.previous_system,
    );
    // Phones of a server with another address now are shown at that address.
    const moved = Object.keys(settings.moved_servers ?? {});
    const expected = own
      .map(({ object }) => object)
      .filter(({ key }) => !moved.includes(stringValue(key, 'server_ip')));
    const read = await readForRehearsal(settings, expected);
    const emulated = known?.emulated ?? (await EmulatedSystem.start(name, read));
    emulated.add(settings, read, own);
    const { phones, aliases } = read.rows;
    const system = known ?? { name, source: read.source, phones: phones.length, aliases: aliases.length, emulated };
    this.#systems.set(name, system);
    return system;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxRequestBytes) throw new RangeError('The request is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
