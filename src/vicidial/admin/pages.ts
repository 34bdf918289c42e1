/** Asks for admin pages: with the login of the API user, within the limits of the session, and counted. */
import { hasCondition, PhonestateError } from '../../model/failures';
import type { Settings } from '../../settings/read-settings';
import { systemTransport } from '../rehearsal';
import { basicAuthorization } from '../request-headers';
import type { Session } from '../session';
import type { Transport } from '../transport';
import { AdminAccessError, brokenPageError, missingContentError, requirePage } from './access';

export class AdminPages {
  readonly user: string;
  readonly url: string;
  readonly #settings: Settings;
  readonly #session: Session;
  readonly #transport: Transport;
  #pagesRead = 0;
  #pagesInProgress = 0;
  #startedAt = 0;
  #millisecondsReading = 0;

  constructor(settings: Settings, session: Session) {
    this.user = settings.user;
    this.url = settings.admin_url ?? new URL('admin.php', settings.url).toString();
    this.#settings = settings;
    this.#session = session;
    this.#transport = systemTransport('admin', this.url, settings, session.route);
  }

  get pagesRead(): number {
    return this.#pagesRead;
  }

  /** Wall time in which one or more pages were in progress. */
  get secondsReading(): number {
    const current = this.#pagesInProgress > 0 ? performance.now() - this.#startedAt : 0;
    return (this.#millisecondsReading + current) / 1000;
  }

  /**
   * Asks for a page, in its turn.
   *
   * @param parse returns undefined where the page has not what it must have
   * @throws PhonestateError an AdminAccessError where the user does not get in; `admin-pages-unreadable` where the page is
   * broken; a failure of the login, of the server or of the connection
   */
  async get<T extends object>(
    query: Readonly<Record<string, string>>,
    parse: (html: string) => T | undefined,
  ): Promise<T> {
    const result = await this.#session.request(() => this.#exchange(query, parse), { name: 'admin.php' });
    if (result instanceof AdminAccessError) throw result;
    return result;
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #exchange<T>(
    query: Readonly<Record<string, string>>,
    parse: (html: string) => T | undefined,
  ): Promise<T | AdminAccessError> {
    const started = performance.now();
    this.#begin();
    try {
      const response = await this.#transport.get(new URLSearchParams(query).toString(), this.#authorization());
      requirePage(response, this.user, this.url);
      const result = parse(response.body);
      if (result === undefined) throw missingContentError(response.body, this.user, this.url);
      this.#pagesRead += 1;
      const milliseconds = Math.round(performance.now() - started);
      this.#session.log.debug('admin.php answered with a page', { ...query, milliseconds });
      return result;
    } catch (error) {
      // The lists of addresses and the second factor of the admin pages are not those of the API. Thrown here, they would
      // end the calls of the API too.
      if (error instanceof AdminAccessError && hasCondition(error, 'login-refused')) return error;
      throw this.#named(error);
    } finally {
      this.#end();
    }
  }

  /** What is wrong with the content of a page does not say which page it is. */
  #named(error: unknown): unknown {
    if (!(error instanceof PhonestateError) || error.failure.code !== 'admin-pages-unreadable') return error;
    const { what } = error.failure;
    return error instanceof AdminAccessError || what.includes(this.url)
      ? error
      : brokenPageError(`${this.url}: ${what}`);
  }

  #begin(): void {
    if (this.#pagesInProgress === 0) this.#startedAt = performance.now();
    this.#pagesInProgress += 1;
  }

  #end(): void {
    this.#pagesInProgress -= 1;
    if (this.#pagesInProgress === 0) this.#millisecondsReading += performance.now() - this.#startedAt;
  }

  #authorization(): string {
    const { user, password } = this.#settings;
    return basicAuthorization(user, password.open());
  }
}
