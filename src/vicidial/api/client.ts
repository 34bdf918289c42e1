/** The client of the VICIdial non-agent API. */
import { properties } from '../../model/failures';
import { stringValue } from '../../model/field-definition';
import { identityKey } from '../../model/identity';
import { Secret } from '../../model/secret';
import type { Settings } from '../../settings/read-settings';
import { Session, type SessionOptions } from '../session';
import { httpTransport, type HttpResponse, type Transport } from '../transport';
import { ApiResult } from './api-result';
import { parseReply, parseVersion, type Reply, type Version } from './reply';
import { RefusedReferences } from './refused-references';
import type { ApiRequest } from './request';
import { unexpectedResponseError } from './response-errors';

export class VicidialClient {
  readonly user: string;
  /** Whether each write is verified. */
  readonly verifyWrites: boolean;
  /** What it shares with the admin pages of its system. */
  readonly session: Session;
  readonly refusedReferences = new RefusedReferences();
  readonly #transport: Transport;
  #version: Promise<Version> | undefined;
  /** Whether a call of this run got a reply. */
  #hasAnswered = false;

  constructor(
    readonly settings: Settings,
    options: SessionOptions = {},
  ) {
    this.user = settings.user;
    this.verifyWrites = settings.verify_writes;
    this.session = new Session(settings, options);
    this.#transport = httpTransport(settings.url, settings);
  }

  /**
   * Makes a call and classifies the reply.
   *
   * @param retry false for a call that must not be repeated blindly: one that creates or deletes
   * @throws PhonestateError where no reply of the API came, or the login was refused
   */
  send(request: ApiRequest, { retry = true } = {}): Promise<ApiResult> {
    return this.session.request(() => this.#exchange(request), { name: request.function, retry });
  }

  /** Version and build of this VICIdial. Asked once; the only call without a login. */
  version(): Promise<Version> {
    this.#version ??= this.session.request(() => this.#fetchVersion(), { name: 'version', login: false });
    return this.#version;
  }

  /** Calls that have not been sent yet fail from now on; those in progress are finished. */
  stop(): void {
    this.session.stop();
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #fetchVersion(): Promise<Version> {
    const response = await this.#transport.post(new URLSearchParams({ function: 'version' }).toString());
    const version = mayHaveReply(response) ? parseVersion(response.body) : undefined;
    if (!version) throw unexpectedResponseError(response);
    return version;
  }

  async #exchange(request: ApiRequest): Promise<ApiResult> {
    const started = Date.now();
    const response = await this.#transport.post(this.#encode(request));
    const reply = replyIn(request, response);
    if (!reply) throw unexpectedResponseError(response, { hasAnswered: this.#hasAnswered });
    this.#hasAnswered = true;
    const result = new ApiResult(request, reply, this.settings);
    this.session.log.debug(`${request.function} answered ${result.describe()}`, { milliseconds: Date.now() - started });
    if (result.code && properties({ code: result.code }).condition === 'login-refused') throw result.toError();
    return result;
  }

  #encode({ function: name, parameters }: ApiRequest): string {
    const { call_source: source, user, password } = this.settings;
    const form = new URLSearchParams({ function: name, user, pass: password.open() });
    for (const [field, value] of Object.entries(parameters)) {
      form.set(field, value instanceof Secret ? value.open() : value);
    }
    // The API's own log fails on some characters of the last parameter, after the work is done (vicidial-api.md, section 1).
    form.set('source', source);
    return form.toString();
  }
}

/** The reply in a response. With an error status it counts only if it answers this very call. */
function replyIn(request: ApiRequest, response: HttpResponse): Reply | undefined {
  const reply = mayHaveReply(response) ? parseReply(response.body) : undefined;
  return reply && (response.status === 200 || answers(request, reply)) ? reply : undefined;
}

/** PHP may fail after the reply (vicidial-api.md, section 1). */
function mayHaveReply({ status }: HttpResponse): boolean {
  return status === 200 || status >= 500;
}

/** Whether a reply is that to a call: of its function, and about its object where it names one. */
function answers({ function: name, object }: ApiRequest, reply: Reply): boolean {
  if (reply.function !== name) return false;
  if (reply.outcome !== 'SUCCESS' || !object) return true;
  const named = reply.data.map(identityKey);
  return Object.keys(object.key).every((field) => named.includes(identityKey(stringValue(object.key, field))));
}
