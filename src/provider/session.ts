/** What the resources of one run share: the arguments of the provider block and the client made of them. */
import type { CharacterOptions } from '../model/characters';
import { fail, type Failure } from '../model/failures';
import { log } from '../terraform/plugin/logger';
import type { VicidialClient } from '../vicidial/api/client';
import type { ClientOptions } from '../vicidial/client-options';
import type { ProviderArguments } from './provider-settings';
import { Preflight } from './preflight';
import { Told } from './run-diagnostics';

export class Session {
  /** Whether this process has written: then what it still plans is applied at once. */
  applies = false;
  #characterOptions: CharacterOptions = {};
  #options: ClientOptions | undefined;
  #pending: readonly string[] = [];
  #rules: Pick<ProviderArguments, 'deleteCheck' | 'adoptExisting'> = { deleteCheck: 'none', adoptExisting: false };
  #stopped = false;
  #client: Promise<VicidialClient> | undefined;
  #preflight: Promise<Preflight> | undefined;
  #told = new Told();
  #recorded = new Set<string>();

  /**
   * Takes the arguments of the provider block. In debug mode one process serves many runs, so it may come again.
   *
   * @throws PhonestateError `provider-argument` where an argument is missing or wrong
   */
  async configure(args: ProviderArguments): Promise<void> {
    this.learn(args);
    const before = this.#client;
    this.#client = undefined;
    this.#options = undefined;
    this.#pending = args.pending;
    this.#rules = args;
    this.#preflight = undefined;
    this.#stopped = false;
    this.applies = false;
    this.#told = new Told();
    this.#recorded = new Set();
    await (await before)?.close();
    if (args.pending.length > 0) return;
    const { parseClientOptions } = await import('../vicidial/client-options');
    this.#options = parseClientOptions({ ...args.options, log });
  }

  /** How the server reads letters: needed where values are checked, before and without any call. */
  get characterOptions(): CharacterOptions {
    return this.#characterOptions;
  }

  /** Takes from the arguments what checking values needs, also where no call will be made (`terraform validate`). */
  learn(args: ProviderArguments): void {
    this.#characterOptions = { nonLatin: args.nonLatin };
  }

  /**
   * The client, made when first asked for: most processes that Terraform starts make no call,
   * and HTTP is the larger part of what the bundle would load.
   *
   * @throws PhonestateError `provider-argument` while an argument is not known yet
   */
  client(): Promise<VicidialClient> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  /**
   * What a plan asks the server; undefined while the provider's arguments are not known, when nothing can be asked yet.
   */
  preflight(): Promise<Preflight> | undefined {
    if (!this.#options) return undefined;
    this.#preflight ??= this.#prepare();
    return this.#preflight;
  }

  /** Notes that the state has an object. */
  record(noun: string, id: string): void {
    this.#recorded.add(`${noun} ${id.toLowerCase()}`);
  }

  isRecorded(noun: string, id: string): boolean {
    return this.#recorded.has(`${noun} ${id.toLowerCase()}`);
  }

  /** A failure as this run tells it: in full once, in a line after that, where it is one of the whole run. */
  brief(failure: Failure): Failure {
    return this.#told.brief(failure);
  }

  /** Terraform was interrupted: calls under way are finished, no others start. */
  stop(): void {
    this.#stopped = true;
    void this.#client?.then((client) => client.stop());
  }

  /** Whether a creation may take over what exists. */
  get adopts(): boolean {
    return this.#rules.adoptExisting;
  }

  async #prepare(): Promise<Preflight> {
    const [client, { Permissions }] = await Promise.all([this.client(), import('../vicidial/api/permissions')]);
    return new Preflight(client, new Permissions(client), this.#rules);
  }

  async #connect(): Promise<VicidialClient> {
    if (!this.#options) {
      throw fail('provider-argument', {
        what: `${this.#pending.join(', ')} of the provider will be known only after another resource was applied, and this needs a call now.`,
        remedy:
          'Apply that resource first (terraform apply -target=...), or give the argument a value that is known at plan time.',
      });
    }
    const { VicidialClient } = await import('../vicidial/api/client');
    const client = new VicidialClient(this.#options);
    if (this.#stopped) client.stop();
    return client;
  }
}
