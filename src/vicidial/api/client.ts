/** The client of the VICIdial non-agent API. */
import pLimit from 'p-limit';
import { PhonestateError, properties } from '../../model/failures';
import { Secret } from '../../model/secret';
import type { Settings } from '../../settings/read-settings';
import { silentLog, type LogSink } from '../log';
import { compose, type Middleware } from '../middleware';
import { defaultRetryPolicy, retry, type RetryPolicy } from '../retry';
import { throttle } from '../throttle';
import { ApiResult } from './api-result';
import { loginGuard } from '../login-guard/login-guard';
import type { SharedLoginGuard } from '../login-guard/shared-login-guard';
import { parseReply, parseVersion, type Version } from './reply';
import type { ApiRequest } from './request';
import { unexpectedResponseError } from './response-errors';
import { httpTransport, type Transport } from './transport';

export interface ClientOptions {
  readonly retryPolicy?: RetryPolicy;
  readonly log?: LogSink;
  /** Shares refused logins with other processes of this machine. */
  readonly sharedLogin?: SharedLoginGuard;
}

export class VicidialClient {
  readonly user: string;
  /** Whether each create and delete is verified by a lookup. */
  readonly verifyWrites: boolean;
  readonly #settings: Settings;
  readonly #retryPolicy: RetryPolicy;
  readonly #log: LogSink;
  readonly #transport: Transport;
  readonly #limitConcurrency: Middleware;
  readonly #attempt: Middleware;
  readonly #stopping = new AbortController();
  #version: Promise<Version> | undefined;

  constructor(
    settings: Settings,
    { retryPolicy = defaultRetryPolicy, log = silentLog, sharedLogin }: ClientOptions = {},
  ) {
    this.user = settings.user;
    this.verifyWrites = settings.verify_writes;
    this.#settings = settings;
    this.#retryPolicy = retryPolicy;
    this.#log = log;
    this.#transport = httpTransport(settings);
    this.#limitConcurrency = pLimit(settings.max_concurrency);
    this.#attempt = compose(
      this.#limitConcurrency,
      loginGuard(settings.user, sharedLogin),
      throttle(settings.max_requests_per_second),
    );
  }

  /**
   * Makes a call and classifies the reply.
   *
   * @param retry false for a call that must not be repeated blindly: one that creates or deletes
   * @throws PhonestateError where no reply of the API came, or the login was refused
   */
  send(request: ApiRequest, { retry: repeat = true } = {}): Promise<ApiResult> {
    const attempt = () => this.#attempt(() => this.#exchange(request));
    return repeat ? this.#retry(request.function, attempt) : attempt();
  }

  /** Version and build of this VICIdial. Asked once; the only call without a login. */
  version(): Promise<Version> {
    this.#version ??= this.#retry('version', () => this.#limitConcurrency(() => this.#fetchVersion()));
    return this.#version;
  }

  /** Calls that have not been sent yet fail from now on; those in progress are finished. */
  stop(): void {
    const what = 'No further call was sent, because the run was interrupted.';
    this.#stopping.abort(PhonestateError.of('run-interrupted', { what }));
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  #retry<T>(name: string, work: () => Promise<T>): Promise<T> {
    return retry(work, { name, policy: this.#retryPolicy, log: this.#log, signal: this.#stopping.signal });
  }

  async #fetchVersion(): Promise<Version> {
    this.#stopping.signal.throwIfAborted();
    const response = await this.#transport.post(new URLSearchParams({ function: 'version' }).toString());
    const version = response.status === 200 ? parseVersion(response.body) : undefined;
    if (!version) throw unexpectedResponseError(response);
    return version;
  }

  async #exchange(request: ApiRequest): Promise<ApiResult> {
    this.#stopping.signal.throwIfAborted();
    const started = Date.now();
    const response = await this.#transport.post(this.#encode(request));
    const reply = response.status === 200 ? parseReply(response.body) : undefined;
    if (!reply) throw unexpectedResponseError(response);
    const result = new ApiResult(request, reply, this.#settings);
    this.#log.debug(`${request.function} answered ${result.describe()}`, { milliseconds: Date.now() - started });
    if (result.code && properties({ code: result.code }).condition === 'login-refused') throw result.toError();
    return result;
  }

  #encode({ function: name, parameters }: ApiRequest): string {
    const { call_source: source, user, password } = this.#settings;
    const form = new URLSearchParams({ function: name, source, user, pass: password.open() });
    for (const [field, value] of Object.entries(parameters)) {
      form.set(field, value instanceof Secret ? value.open() : value);
    }
    return form.toString();
  }
}
