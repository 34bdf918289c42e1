/** What the calls of one configured provider share. A new configuration makes a new context; a context never changes its settings. */
import { randomUUID } from 'node:crypto';
import { isTransient, PhonestateError, type Failure } from '../model/failures';
import type { ObjectRef } from '../model/operation';
import { unfamiliarBuild } from '../model/unfamiliar-build';
import type { SettingName } from '../settings/provider-settings';
import { requireSettings, type SettingsReading } from '../settings/read-settings';
import { log } from '../terraform/logger';
import type { VicidialClient } from '../vicidial/api/client';
import type { Route } from '../vicidial/rehearsal';
import { AliasPhones } from './alias-phones';
import { RunDiagnostics } from './diagnostics';
import { Identities } from './identities';
import { Lookups, observe, type Observation } from './observer';
import type { Preflight } from './preflight';
import { chooseReader, slowReading, type AnyReader, type ChosenReader } from './reader-choice';
import { RunSettings } from './run-settings';
import { SettingsLeftToObjects } from './settings-left-to-objects';
import { SharedValues } from './shared-values';

/** How the program was started, as far as the provider has to know. */
export interface ProgramOptions {
  /** One process serves several runs, so the process that started it does not stand for one command. */
  readonly isDebug?: boolean;
  /** Where refused logins are shared with other processes; by default a folder of this user in the temporary folder. */
  readonly loginFolder?: string;
}

/** In a rehearsal, where the calls go; where that is not known, why none may be sent. */
export type RehearsedCalls = { readonly route: Route } | { readonly refusal: Failure };

/** The client does not use them: while one of them is not known, objects can be read and checked all the same. */
const settingsOfPlanning: readonly SettingName[] = [
  'adopt_existing',
  'delete_permission_check',
  'in_use_check',
  'previous_system',
  'system_name',
];

export class RunContext extends RunSettings {
  readonly diagnostics = new RunDiagnostics();
  readonly identities = new Identities();
  readonly aliasPhones = new AliasPhones();
  readonly sharedValues = new SharedValues();
  readonly leftToObjects: SettingsLeftToObjects;
  #client: Promise<VicidialClient> | undefined;
  #chosen: Promise<ChosenReader> | undefined;
  #preflight: Promise<Preflight> | undefined;
  #systemCheck: Promise<void> | undefined;
  #isApplying = false;
  readonly #lookups = new Lookups();
  readonly #stopping = new AbortController();

  constructor(
    reading: SettingsReading,
    private readonly program: ProgramOptions = {},
    private readonly rehearsal?: RehearsedCalls,
  ) {
    super(reading);
    this.leftToObjects = new SettingsLeftToObjects(reading);
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

  /** The reader of this run; undefined where only the API is used, or a setting is not known yet. */
  async reader(): Promise<AnyReader | undefined> {
    return (await this.#chooseReader())?.reader;
  }

  async hasReader(): Promise<boolean> {
    return (await this.reader()) !== undefined;
  }

  /** Warnings about reading, for the first object that is read: about the reader, and the version if it was read. */
  async readingWarnings(): Promise<readonly Failure[]> {
    const chosen = await this.#chooseReader();
    const version = (await this.#client?.catch(() => undefined))?.readVersion;
    const ofReader = [chosen?.limitation, slowReading(chosen?.reader)].filter((each) => each !== undefined);
    return version ? [...ofReader, ...unfamiliarBuild(version)] : ofReader;
  }

  /**
   * Whether an object exists, and what it has.
   *
   * @param options `fresh`: it is read as it is stored now, not as the run read it before
   */
  async observe(object: ObjectRef, options?: { readonly fresh: boolean }): Promise<Observation> {
    return observe(
      {
        reader: await this.reader(),
        client: () => this.client(),
        canCall: this.canCall,
        checkSystem: () => this.checkSystem(),
        lookups: this.#isApplying ? undefined : this.#lookups,
      },
      object,
      options,
    );
  }

  /**
   * Works with a reader that shows what is stored now. The one of the run remembers what the database had before, so once
   * the run has begun to apply, it is another one.
   */
  async withCurrentReader<T>(reader: AnyReader, work: (reader: AnyReader) => Promise<T>): Promise<T> {
    const current = this.#isApplying && reader.source === 'database' ? await this.#openReader() : undefined;
    return work(current?.reader ?? reader).finally(() => current?.reader?.close());
  }

  /**
   * Checks, once for each run, that the database belongs to the system of the API: before the first call whose answer is
   * set against the database, and before the first write.
   *
   * @throws PhonestateError `database-of-another-system`
   */
  checkSystem(): Promise<void> {
    this.#systemCheck ??= unlessTransient(this.#checkSystem(), () => (this.#systemCheck = undefined));
    return this.#systemCheck;
  }

  /** The checks of a plan on the server; undefined while a setting is not known, when nothing can be checked yet. */
  preflight(): Promise<Preflight> | undefined {
    if (this.#unknownOfClient.length > 0) return undefined;
    this.#preflight ??= unlessTransient(this.#createPreflight(), () => (this.#preflight = undefined));
    return this.#preflight;
  }

  /** Terraform was interrupted: calls in progress are finished, no others start. */
  stop(): void {
    const what = 'Nothing more was read, because the run was interrupted.';
    this.#stopping.abort(PhonestateError.of('run-interrupted', { what }));
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
    const chosen = await this.#chosen?.catch(() => undefined);
    await Promise.all([client?.close(), chosen?.reader?.close()]);
  }

  /** The settings of the client that are not known yet. */
  get #unknownOfClient(): readonly SettingName[] {
    return this.reading.unknown.filter((name) => !settingsOfPlanning.includes(name));
  }

  async #createPreflight(): Promise<Preflight> {
    const reader = await this.reader();
    const options = {
      observe: (object: ObjectRef) => this.observe(object),
      client: () => this.client(),
      user: this.user,
      deleteCheck: this.deleteCheck,
      inUseCheck: this.inUseCheck,
    };
    if (reader?.source === 'database') {
      const { DatabasePreflight } = await import('./database-preflight');
      return new DatabasePreflight(reader, options);
    }
    const [client, { ApiPreflight }] = await Promise.all([this.client(), import('./api-preflight')]);
    return new ApiPreflight(client, reader, options);
  }

  #chooseReader(): Promise<ChosenReader> | undefined {
    if (this.#unknownOfClient.length > 0) return undefined;
    this.#chosen ??= unlessTransient(this.#openReader(), () => (this.#chosen = undefined));
    return this.#chosen;
  }

  async #openReader(): Promise<ChosenReader> {
    this.#requireRoute();
    const signal = this.#stopping.signal;
    return chooseReader({ settings: this.reading.values, client: () => this.client(), log, signal });
  }

  /** In a rehearsal nothing may reach the system itself, also where the engine goes on after an error. */
  #requireRoute(): Route | undefined {
    if (this.rehearsal && 'refusal' in this.rehearsal) throw new PhonestateError(this.rehearsal.refusal);
    return this.rehearsal?.route;
  }

  async #checkSystem(): Promise<void> {
    const reader = await this.reader();
    if (reader?.source !== 'database') return;
    const [client, { checkSameSystem }] = await Promise.all([this.client(), import('../vicidial/same-system')]);
    await checkSameSystem(client, reader);
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
    const route = this.#requireRoute();
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
    // What an emulator answers to a login says nothing about the login of the system.
    const client = new VicidialClient(settings, { log, ...(route ? { route } : { sharedLogin }) });
    if (this.#stopping.signal.aborted) client.stop();
    return client;
  }
}

/** The work of a run that is done once. Where it fails for the moment only, it is forgotten: the next object tries again. */
async function unlessTransient<T>(work: Promise<T>, forget: () => void): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isTransient(error)) forget();
    throw error;
  }
}
