/** Calls of the VICIdial non-agent API. */
import pLimit from 'p-limit';
import pThrottle from 'p-throttle';
import type { Call, FormParameters } from '../../model/diff';
import { fail } from '../../model/failures';
import { Secret } from '../../model/secret';
import { LoginGuard } from './login-guard';
import { meaningOf } from './reply-codes';
import type { ClientOptions } from '../client-options';
import { refusal, shown, strangeAnswer } from './api-errors';
import { parseReply, parseVersion, type Reply, type Version } from './reply';
import { retry } from '../retry';
import { httpTransport, type HttpReply, type Transport } from './transport';

export type ApiFunction = Call['function'] | 'server_refresh';

export class VicidialClient {
  readonly user: string;
  /** Whether a creation or deletion is looked after once it was answered. */
  readonly verifyWrites: boolean;
  readonly #options: ClientOptions;
  readonly #transport: Transport;
  readonly #slots: ReturnType<typeof pLimit>;
  readonly #guard = new LoginGuard();
  #version: Promise<Version> | undefined;
  readonly #paced: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #stopped = new AbortController();

  constructor(options: ClientOptions) {
    this.user = options.user;
    this.verifyWrites = options.verifyWrites;
    this.#options = options;
    this.#transport = httpTransport(options);
    this.#slots = pLimit(options.maxConcurrency);
    this.#paced = pace(options.maxRequestsPerSecond);
  }

  /**
   * Makes a call and reads its reply, whatever it says of the call.
   *
   * @param once never to be repeated by itself: what creates or deletes
   * @throws PhonestateError where no reply of the API came, or the reply is about the login
   */
  async call(name: ApiFunction, fields: FormParameters = {}, { once = false } = {}): Promise<Reply> {
    const attempt = () => this.#slots(() => this.#guard.pass(() => this.#paced(() => this.#exchange(name, fields))));
    return once ? attempt() : this.#retry(name, attempt);
  }

  /** Which VICIdial this is; asked once, and the one call without a login. */
  version(): Promise<Version> {
    this.#version ??= this.#retry('version', () => this.#slots(() => this.#askVersion()));
    return this.#version;
  }

  /** What a reply that does not confirm a call comes to. */
  refusal(name: ApiFunction, fields: FormParameters, reply: Reply) {
    return refusal({ function: name, fields, user: this.user, password: this.#options.password }, reply);
  }

  /** Calls that have not gone out yet fail from now on; those under way are finished. */
  stop(): void {
    this.#stopped.abort(
      fail('run-interrupted', { what: 'No further call was sent, because the run was interrupted.' }),
    );
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  #retry<T>(what: string, work: () => Promise<T>): Promise<T> {
    const { retry: policy, log } = this.#options;
    return retry(what, work, policy, log, this.#stopped.signal);
  }

  async #askVersion(): Promise<Version> {
    this.#stopped.signal.throwIfAborted();
    const answer = await this.#transport.post(new URLSearchParams({ function: 'version' }).toString());
    const version = answer.status === 200 ? parseVersion(answer.body) : undefined;
    if (!version) throw strangeAnswer(answer);
    return version;
  }

  async #exchange(name: ApiFunction, fields: FormParameters): Promise<Reply> {
    this.#stopped.signal.throwIfAborted();
    const started = Date.now();
    const answer = await this.#transport.post(this.#form(name, fields));
    const reply = readReply(answer);
    this.#options.log.debug(`${name} answered ${shown({ fields, password: this.#options.password }, reply)}`, {
      milliseconds: Date.now() - started,
    });
    if (LoginGuard.isAboutLogin(meaningOf(reply).code)) throw this.refusal(name, fields, reply);
    return reply;
  }

  /** The only place where secrets are opened. */
  #form(name: ApiFunction, fields: FormParameters): string {
    const { source, user, password } = this.#options;
    const form = new URLSearchParams({ function: name, source, user, pass: password.open() });
    for (const [field, value] of Object.entries(fields))
      form.set(field, value instanceof Secret ? value.open() : value);
    return form.toString();
  }
}

function readReply(answer: HttpReply): Reply {
  const reply = answer.status === 200 ? parseReply(answer.body) : undefined;
  if (!reply) throw strangeAnswer(answer);
  return reply;
}

/** Lets calls through as fast as they come, or so many in a second. */
function pace(perSecond: number | undefined): <T>(work: () => Promise<T>) => Promise<T> {
  if (perSecond === undefined) return (work) => work();
  const turn = pThrottle({ limit: perSecond, interval: 1000 })(() => Promise.resolve());
  return async (work) => {
    await turn();
    return work();
  };
}
