/** Calls of the VICIdial non-agent API. */
import pLimit from 'p-limit';
import type { Call, FormFields } from '../phone/diff';
import { fail } from '../phone/failures';
import { Secret } from '../phone/secret';
import { LoginGuard } from './login-guard';
import { confirms } from './meanings';
import type { ClientOptions } from './options';
import { refusal, shown, strangeAnswer } from './refusal';
import { parseReply, parseVersion, type Reply, type Version } from './reply';
import { httpTransport, type HttpReply, type Transport } from './transport';

export type ApiFunction = Call['function'] | 'server_refresh';

export class VicidialClient {
  readonly user: string;
  readonly #options: ClientOptions;
  readonly #transport: Transport;
  readonly #slots: ReturnType<typeof pLimit>;
  readonly #guard = new LoginGuard();
  #version: Promise<Version> | undefined;
  #stopped = false;

  constructor(options: ClientOptions) {
    this.user = options.user;
    this.#options = options;
    this.#transport = httpTransport(options);
    this.#slots = pLimit(options.maxConcurrency);
  }

  /**
   * Makes a call and reads its reply, whatever it says of the call.
   *
   * @throws PhonestateError where no reply of the API came, or the reply is about the login
   */
  async call(name: ApiFunction, fields: FormFields = {}): Promise<Reply> {
    return this.#slots(() => this.#guard.pass(() => this.#exchange(name, fields)));
  }

  /**
   * Makes a call that writes.
   *
   * @throws PhonestateError for everything but the success of this very call
   */
  async write(call: Call): Promise<void> {
    const reply = await this.call(call.function, call.fields);
    if (!confirms(reply, call)) throw this.refusal(call.function, call.fields, reply);
  }

  /** Which VICIdial this is; asked once, and the one call without a login. */
  version(): Promise<Version> {
    this.#version ??= this.#slots(async () => {
      const answer = await this.#transport.post(new URLSearchParams({ function: 'version' }).toString());
      const version = parseVersion(answer.body);
      if (!version) throw strangeAnswer(answer);
      return version;
    });
    return this.#version;
  }

  /** What a reply that does not confirm a call comes to. */
  refusal(name: ApiFunction, fields: FormFields, reply: Reply) {
    return refusal({ function: name, fields, user: this.user, password: this.#options.password }, reply);
  }

  /** Calls that have not gone out yet fail from now on; those under way are finished. */
  stop(): void {
    this.#stopped = true;
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #exchange(name: ApiFunction, fields: FormFields): Promise<Reply> {
    if (this.#stopped) throw fail('stopped', { what: `${name} was not sent, because the run was interrupted before.` });
    const started = Date.now();
    const answer = await this.#transport.post(this.#form(name, fields));
    const reply = readReply(answer);
    this.#options.log.debug(`${name} answered ${shown({ fields, password: this.#options.password }, reply)}`, { milliseconds: Date.now() - started });
    const failure = this.refusal(name, fields, reply);
    if (LoginGuard.isAboutLogin(failure.failure)) throw failure;
    return reply;
  }

  /** The only place where secrets are opened. */
  #form(name: ApiFunction, fields: FormFields): string {
    const { source, user, password } = this.#options;
    const form = new URLSearchParams({ function: name, source, user, pass: password.open() });
    for (const [field, value] of Object.entries(fields)) form.set(field, value instanceof Secret ? value.open() : value);
    return form.toString();
  }
}

function readReply(answer: HttpReply): Reply {
  const reply = answer.status === 200 ? parseReply(answer.body) : undefined;
  if (!reply) throw strangeAnswer(answer);
  return reply;
}
