/** What the calls of one configured provider share. A new configuration makes a new context; a context never changes its settings. */
import type { CharacterOptions } from '../model/characters';
import { PhonestateError, type Failure } from '../model/failures';
import { requireSettings, type SettingsReading } from '../settings/read-settings';
import { log } from '../terraform/logger';
import type { VicidialClient } from '../vicidial/api/client';
import { RunDiagnostics } from './diagnostics';
import { Preflight } from './preflight';
import { PriorObjects } from './prior-objects';

export class RunContext {
  readonly diagnostics = new RunDiagnostics();
  readonly priorObjects = new PriorObjects();
  /** How the server reads letters. Needed to validate values, without any call. */
  readonly characterOptions: CharacterOptions;
  #client: Promise<VicidialClient> | undefined;
  #preflight: Promise<Preflight> | undefined;
  #isApplying = false;
  #isStopped = false;

  constructor(private readonly reading: SettingsReading) {
    this.characterOptions = { nonLatin: reading.values.non_latin ?? false };
  }

  /** Whether a create may adopt an object that exists. */
  get adoptsExisting(): boolean {
    return this.reading.values.adopt_existing ?? false;
  }

  /** Whether this process has begun to apply: what it still plans is then applied at once. */
  get isApplying(): boolean {
    return this.#isApplying;
  }

  /** Notes that an operation is about to be executed. Terraform does not say which walk a call belongs to. */
  beginApply(): void {
    this.#isApplying = true;
  }

  /**
   * The client, created when it is first needed: most processes that Terraform starts make no call, and HTTP is the
   * larger part of what would be loaded.
   *
   * @throws PhonestateError `provider-argument` while a setting is invalid, missing or not known yet
   */
  client(): Promise<VicidialClient> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  /** The checks of a plan on the server; undefined while a setting is not known, when nothing can be checked yet. */
  preflight(): Promise<Preflight> | undefined {
    if (this.reading.unknown.length > 0) return undefined;
    this.#preflight ??= this.#createPreflight();
    return this.#preflight;
  }

  /** Terraform was interrupted: calls in progress are finished, no others start. */
  stop(): void {
    this.#isStopped = true;
    void this.#client?.then((client) => client.stop());
  }

  /** Closes the connections. No call may be in progress. */
  async close(): Promise<void> {
    // A client that could not be created has nothing to close.
    const client = await this.#client?.catch(() => undefined);
    await client?.close();
  }

  async #createPreflight(): Promise<Preflight> {
    const [client, { Permissions }] = await Promise.all([this.client(), import('../vicidial/api/permissions')]);
    const { adopt_existing: adoptExisting, delete_permission_check: deleteCheck } = requireSettings(this.reading);
    return new Preflight(client, new Permissions(client), { adoptExisting, deleteCheck });
  }

  async #connect(): Promise<VicidialClient> {
    const { unknown } = this.reading;
    if (unknown.length > 0) {
      throw PhonestateError.of('provider-argument', {
        what: `The value of ${unknown.join(', ')} in the provider block will be known only after another resource has been applied, and it is needed now.`,
        remedy:
          'Apply that resource first (terraform apply -target=...), or give the argument a value that is known at plan time.',
      });
    }
    const settings = requireSettings(this.reading);
    const { VicidialClient } = await import('../vicidial/api/client');
    const client = new VicidialClient(settings, { log });
    if (this.#isStopped) client.stop();
    return client;
  }
}

/** What is wrong with the settings of a provider block, before any call. */
export function settingsFailures(reading: SettingsReading): readonly Failure[] {
  try {
    requireSettings(reading);
    return [];
  } catch (error) {
    if (error instanceof PhonestateError) return [error.failure];
    throw error;
  }
}
