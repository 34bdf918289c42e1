/** What the calls of one configured provider share. A new configuration makes a new context; a context never changes its settings. */
import { randomUUID } from 'node:crypto';
import type { CharacterOptions } from '../model/characters';
import { PhonestateError, type Failure } from '../model/failures';
import type { SettingName } from '../settings/provider-settings';
import { requireSettings, type Settings, type SettingsReading } from '../settings/read-settings';
import { systemOf } from '../settings/system';
import { log } from '../terraform/logger';
import type { VicidialClient } from '../vicidial/api/client';
import { RunDiagnostics } from './diagnostics';
import { Identities } from './identities';
import { Preflight } from './preflight';

/** How the program was started, as far as the provider has to know. */
export interface ProgramOptions {
  /** One process serves several runs, so the process that started it does not stand for one command. */
  readonly isDebug?: boolean;
  /** Where refused logins are shared with other processes; by default a folder of this user in the temporary folder. */
  readonly loginFolder?: string;
}

/** The client does not use them: while one of them is not known, objects can be read and checked all the same. */
const settingsOfPlanning: readonly SettingName[] = [
  'adopt_existing',
  'delete_permission_check',
  'previous_system',
  'system_name',
];

export class RunContext {
  readonly diagnostics = new RunDiagnostics();
  readonly identities = new Identities();
  /** How the server reads letters. Needed to validate values, without any call. */
  readonly characterOptions: CharacterOptions;
  /** The system that the provider connects to; undefined while it is not known. */
  readonly system: string | undefined;
  #client: Promise<VicidialClient> | undefined;
  #preflight: Promise<Preflight> | undefined;
  #isApplying = false;
  readonly #stopping = new AbortController();

  constructor(
    private readonly reading: SettingsReading,
    private readonly program: ProgramOptions = {},
  ) {
    this.characterOptions = { nonLatin: reading.values.non_latin ?? false };
    this.system = reading.unknown.includes('system_name') ? undefined : systemOf(reading.values);
  }

  /** Whether a planned create may adopt an object that exists. */
  get adoptsExisting(): boolean {
    return this.reading.values.adopt_existing ?? false;
  }

  /** A setting that is not known yet counts as the strictest one. */
  get deleteCheck(): Settings['delete_permission_check'] {
    return this.reading.values.delete_permission_check ?? 'deny';
  }

  /** Whether an object of the state belongs to another system. A state of version 0.1.0 does not say. */
  isOtherSystem(system: string | null): boolean {
    if (system === null || this.system === undefined) return false;
    return system !== this.system && system !== this.reading.values.previous_system;
  }

  /** Whether this process has begun to apply: what it still plans is then applied at once. */
  get isApplying(): boolean {
    return this.#isApplying;
  }

  /**
   * Notes that Terraform applies. To be called at the start of every apply, before anything is awaited: no call says
   * which walk it belongs to.
   */
  beginApply(): void {
    this.#isApplying = true;
    this.identities.endPlanning();
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
    if (this.#unknownOfClient.length > 0) return undefined;
    this.#preflight ??= this.#createPreflight();
    return this.#preflight;
  }

  /** Terraform was interrupted: calls in progress are finished, no others start. */
  stop(): void {
    this.#stopping.abort();
    // A client that could not be created has nothing to stop.
    void this.#client?.then(
      (client) => client.stop(),
      () => undefined,
    );
  }

  /** Closes the connections. No call may be in progress. */
  async close(): Promise<void> {
    // A client that could not be created has nothing to close.
    const client = await this.#client?.catch(() => undefined);
    await client?.close();
  }

  /** The settings of the client that are not known yet. */
  get #unknownOfClient(): readonly SettingName[] {
    return this.reading.unknown.filter((name) => !settingsOfPlanning.includes(name));
  }

  async #createPreflight(): Promise<Preflight> {
    const [client, { Permissions }] = await Promise.all([this.client(), import('../vicidial/api/permissions')]);
    return new Preflight(client, new Permissions(client), this.deleteCheck);
  }

  async #connect(): Promise<VicidialClient> {
    const unknown = this.#unknownOfClient;
    if (unknown.length > 0) {
      throw PhonestateError.of('provider-argument', {
        what: `The value of ${unknown.join(', ')} in the provider block will be known only after another resource has been applied, and it is needed now.`,
        remedy:
          'Apply that resource first (terraform apply -target=...), or give the argument a value that is known at plan time.',
      });
    }
    const settings = requireSettings(this.reading);
    const [{ VicidialClient }, { sharedLoginOf }] = await Promise.all([
      import('../vicidial/api/client'),
      import('../vicidial/login-guard/shared-login-guard'),
    ]);
    const { isDebug = false, loginFolder } = this.program;
    const sharedLogin = sharedLoginOf(settings, {
      log,
      ...(isDebug ? { command: randomUUID() } : {}),
      signal: this.#stopping.signal,
      ...(loginFolder === undefined ? {} : { folder: loginFolder }),
    });
    const client = new VicidialClient(settings, { log, sharedLogin });
    if (this.#stopping.signal.aborted) client.stop();
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
