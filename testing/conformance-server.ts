/** The server of a conformance run: calls to it, what they may have made on it, and how that is deleted again. */
import pRetry from 'p-retry';
import pThrottle from 'p-throttle';
import { keysOf, keysUnder, nameOf, requireOwnKeys, storedKeys, type Key } from './conformance-keys';
import type { Pair } from './recording';
import { messageOf } from './replay-compare';
import { parametersOf, sendCall, type Answer, type Call } from './send-call';

export interface ServerOptions {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly prefix: string;
  /** The most calls in a second. */
  readonly perSecond: number;
  /** Servers that the system has, by server_ip. */
  readonly servers: readonly string[];
  /** Once it is aborted, no more calls go out but those that delete. */
  readonly signal?: AbortSignal | undefined;
}

const timeoutMs = 30_000;
const deletedOrMissing = /^SUCCESS: .* HAS BEEN DELETED|^ERROR: .* DOES NOT EXIST/mu;

/** A reply of the API, which the same call would get again. */
class Refusal extends Error {}

export class ConformanceServer {
  /** What the run may have made, by name. */
  readonly #made = new Map<string, Key>();
  readonly #turn: () => Promise<void>;

  constructor(readonly options: ServerOptions) {
    this.#turn = pThrottle({ limit: 1, interval: 1000 / options.perSecond })(() => Promise.resolve());
  }

  /**
   * Sends a call when it is its turn, and notes what it may make.
   *
   * @throws Error where it carries a key that is not under the prefix, or the server cannot be reached
   */
  send(call: Call): Promise<Answer> {
    const adds = parametersOf(call).some(([name, value]) => name === 'function' && value.startsWith('add_'));
    if (adds) for (const key of keysOf(call).flatMap(storedKeys)) this.#made.set(nameOf(key), key);
    return this.#unlessAborted(call);
  }

  /** Calls a function that writes nothing, as the caller knows. */
  ask(name: string, fields: Readonly<Record<string, string>> = {}, last: readonly Pair[] = []): Promise<Answer> {
    return this.#unlessAborted(callOf(this.options, name, fields, last));
  }

  /**
   * Looks every key up, without writing.
   *
   * @throws Error where the server has a phone, a login or an alias under the prefix, or refuses the look-up
   */
  async requireUnused(): Promise<void> {
    const { prefix, servers } = this.options;
    const { extensions, logins, aliasIds } = keysUnder(prefix);
    for (const server of servers) {
      for (const [index, sent] of extensions.entries()) {
        for (const key of storedKeys({ server, extension: sent })) {
          const login = logins[index % logins.length] ?? sent;
          const fields = { ...requiredFields('x'), ...fieldsOf(key), phone_login: login, local_gmt: '99' };
          this.#expect(await this.ask('add_phone', fields), 'YOU MUST USE A VALID TIMEZONE', key);
        }
      }
    }
    for (const key of aliasIds.flatMap((aliasId) => storedKeys({ aliasId }))) {
      const fields = { ...fieldsOf(key), alias_name: 'x' };
      this.#expect(await this.ask('update_phone_alias', fields), 'PHONE ALIAS DOES NOT EXIST', key);
    }
  }

  /**
   * Deletes a phone or an alias of the run. What does not exist is no error.
   *
   * @throws Error where the server refuses it
   */
  async delete(key: Key): Promise<void> {
    const { reply } = await this.#exchange(deletionOf(this.options, key));
    if (!deletedOrMissing.test(reply)) {
      const message = `the server answers "${messageOf(reply)}"`;
      throw /^(?:ERROR|NOTICE): /mu.test(reply) ? new Refusal(message) : new Error(message);
    }
    this.#made.delete(nameOf(key));
  }

  /**
   * Deletes all that the run may have made.
   *
   * @returns what is left, with the reason
   */
  async cleanUp(): Promise<string[]> {
    const left: string[] = [];
    for (const [name, key] of [...this.#made]) {
      const shouldRetry = ({ error }: { readonly error: Error }) => !(error instanceof Refusal);
      const deleted = pRetry(() => this.delete(key), { retries: 2, minTimeout: 500, shouldRetry });
      await deleted.catch((error: Error) => left.push(`${name}: ${error.message}`));
    }
    return left;
  }

  #unlessAborted(call: Call): Promise<Answer> {
    this.options.signal?.throwIfAborted();
    return this.#exchange(call);
  }

  async #exchange(call: Call): Promise<Answer> {
    requireOwnKeys(call, this.options.prefix);
    await this.#turn();
    try {
      return await sendCall(this.options.url, call, timeoutMs);
    } catch (error) {
      const { message } = error as { readonly message?: string };
      throw new Error(`the connection to the server failed: ${message ?? String(error)}`, { cause: error });
    }
  }

  #expect({ reply }: Answer, message: string, key: Key): void {
    if (reply.includes(message)) return;
    throw new Error(
      `The look-up of ${nameOf(key)} was answered "${messageOf(reply)}". Nothing was written. Choose another --prefix where it exists, and other servers, permissions or login otherwise.`,
    );
  }
}

/**
 * What add_phone requires besides key and login, as it accepts it.
 *
 * @param secret both passwords
 */
export function requiredFields(secret: string): Record<string, string> {
  return {
    dialplan_number: '8500',
    voicemail_id: '8500',
    phone_pass: secret,
    protocol: 'SIP',
    registration_password: secret,
    phone_full_name: 'Conformance',
    local_gmt: '-5.00',
    outbound_cid: '7275551212',
  };
}

type Login = Pick<ServerOptions, 'user' | 'password'>;

/** @param last parameters behind all others */
export function callOf(
  { user, password }: Login,
  name: string,
  fields: Readonly<Record<string, string>>,
  last: readonly Pair[] = [],
): Call {
  const login = { function: name, user, pass: password };
  return {
    method: 'POST',
    query: [],
    body: [...Object.entries({ ...login, ...fields, source: 'conformance' }), ...last],
  };
}

export function deletionOf(login: Login, key: Key): Call {
  return 'aliasId' in key
    ? callOf(login, 'update_phone_alias', { ...fieldsOf(key), delete_alias: 'Y' })
    : callOf(login, 'update_phone', { ...fieldsOf(key), delete_phone: 'Y' });
}

function fieldsOf(key: Key): Record<string, string> {
  return 'aliasId' in key ? { alias_id: key.aliasId } : { extension: key.extension, server_ip: key.server };
}
