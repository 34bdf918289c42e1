/** The client of the VICIdial non-agent API. */
import { builds } from '../../model/builds';
import type { Condition } from '../../model/failure-catalogue';
import { PhonestateError, properties, type FailureCode } from '../../model/failures';
import { Secret } from '../../model/secret';
import { buildNumber } from '../../model/validate-build';
import type { Settings } from '../../settings/read-settings';
import { secretsIn } from '../redaction';
import { systemTransport } from '../rehearsal';
import { Session, type SessionOptions } from '../session';
import type { HttpResponse, Transport } from '../transport';
import { ApiResult, type Caller } from './api-result';
import { parseReply, parseVersion, type Reply, type Version } from './reply';
import { RefusedReferences } from './refused-references';
import { classifyReply } from './reply-codes';
import type { ApiRequest } from './request';
import { unexpectedResponseError } from './response-errors';

export class VicidialClient {
  readonly user: string;
  /** Which server answers, for messages: scheme, host and port of the url. */
  readonly origin: string;
  /** Whether each write is verified. */
  readonly verifyWrites: boolean;
  /** What it shares with the admin pages of its system. */
  readonly session: Session;
  readonly refusedReferences: RefusedReferences;
  readonly #transport: Transport;
  #version: Promise<Version> | undefined;
  #readVersion: Version | undefined;
  /** Whether a reply has shown that the login is accepted. */
  #isLoggedIn = false;
  /** The secrets that were sent in this run. */
  readonly #secrets = new Set<Secret>();
  readonly #caller: Caller;
  /** Whether a call of this run got a reply. */
  #hasAnswered = false;

  constructor(
    readonly settings: Settings,
    options: SessionOptions = {},
  ) {
    this.user = settings.user;
    this.origin = new URL(settings.url).origin;
    this.refusedReferences = new RefusedReferences(this.origin);
    this.verifyWrites = settings.verify_writes;
    this.#secrets.add(settings.password);
    this.#caller = { url: settings.url, user: settings.user, secrets: this.#secrets };
    this.session = new Session(settings, options);
    this.#transport = systemTransport('api', settings.url, settings, options.route);
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

  /** Version and build, once they were read. */
  get readVersion(): Version | undefined {
    return this.#readVersion;
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
    const version = mayHaveVersion(response) ? parseVersion(response.body) : undefined;
    if (!version) throw unexpectedResponseError(response);
    this.#readVersion = version;
    return version;
  }

  async #exchange(request: ApiRequest): Promise<ApiResult> {
    const started = Date.now();
    for (const secret of secretsIn(request.parameters)) this.#secrets.add(secret);
    const response = await this.#transport.post(this.#encode(request));
    const reply = replyIn(request, response);
    if (!reply) throw unexpectedResponseError(response, { hasAnswered: this.#hasAnswered });
    this.#hasAnswered = true;
    const result = new ApiResult(request, reply, this.#caller);
    this.session.log.debug(`${request.function} answered ${result.describe()}`, { milliseconds: Date.now() - started });
    if (hasCondition(result, 'login-refused')) throw result.toError();
    const build = await this.#buildWithoutLogin(result);
    if (build !== undefined) throw loginOrPermission(result, build);
    return result;
  }

  /**
   * The build, where it answers a wrong password as a missing permission, and that is what a reply may be: no earlier
   * reply of this run has shown that the login is accepted. A build that cannot be read counts as a later one.
   */
  async #buildWithoutLogin(result: ApiResult): Promise<string | undefined> {
    if (!hasCondition(result, 'permission-missing')) {
      this.#isLoggedIn ||= !result.code || !beforeLogin.has(result.code);
      return undefined;
    }
    if (this.#isLoggedIn) return undefined;
    // Not in its turn: this call has its turn still, and there may be no other.
    const version = this.#readVersion ?? (await this.#fetchVersion().catch(() => undefined));
    return version && buildNumber(version.build) < builds.separateLogin ? version.build : undefined;
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

/** The replies that do not show whether the login is accepted. */
const beforeLogin: ReadonlySet<FailureCode> = new Set(['unrecognized-reply', 'unexpected-response', 'login-source']);

function hasCondition({ code }: ApiResult, condition: Condition): boolean {
  return code !== undefined && properties({ code }).condition === condition;
}

function loginOrPermission(result: ApiResult, build: string): PhonestateError {
  const what = `${result.toError().failure.what} The server has build ${build}.`;
  return PhonestateError.of('login-or-permission', { what });
}

/** The reply in a response. With another status than 200 it counts only if it answers this very call. */
function replyIn(request: ApiRequest, { status, body }: HttpResponse): Reply | undefined {
  const reply = parseReply(body);
  return reply && (status === 200 || answers(request, reply)) ? reply : undefined;
}

/** PHP may fail after the reply (vicidial-api.md, section 1). */
function mayHaveVersion({ status }: HttpResponse): boolean {
  return status === 200 || status >= 500;
}

/** Whether a reply is that to a call: of its function, and about its object where it names one. */
function answers(request: ApiRequest, reply: Reply): boolean {
  return reply.function === request.function && classifyReply(request, reply).code !== 'unrecognized-reply';
}
