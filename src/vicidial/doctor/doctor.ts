/**
 * The checks of a plan by themselves: is the server reachable, which build is it, what may the API user do, and what can be
 * read. Each reader that the settings use is checked.
 */
import { Secret } from '../../model/secret';
import type { Settings, SettingsReading } from '../../settings/read-settings';
import { accessWarnings } from '../../settings/settings-of-access';
import { settingsFailures, usesDatabase } from '../../settings/settings-of-reading';
import type { VicidialClient } from '../api/client';
import type { Reader } from '../reader';
import { checkBuild, checkFunctions, checkServer, checkVersion, writeFunctions } from './api-checks';
import { failed, skipped, type Check } from './check';
import {
  checkAdminPages,
  checkDatabase,
  checkDatabaseUse,
  checkDelete,
  checkFunctionsByRow,
  databaseChecks,
} from './reader-checks';

/** Makes a client of settings. */
export type Connect = (settings: Settings) => VicidialClient;

/** Runs every check that the settings permit. The others are `skipped`, with the reason. */
export async function runChecks(reading: SettingsReading, connect: Connect): Promise<Check[]> {
  const failures = settingsFailures(reading);
  if (failures.length > 0) {
    return failures.map((failure) => ({ ...failed('settings', failure), found: failure.what }));
  }
  // Nothing else is missing. Without a password only the call that needs no login is made.
  const settings = { password: new Secret(''), ...reading.values } as Settings;
  const client = connect(settings);
  try {
    return [...checkAccess(settings), ...(await new Doctor(client, reading.missing.length === 0).run())];
  } finally {
    await client.close();
  }
}

/** What a run warns of, whatever the server is. */
function checkAccess(settings: Settings): Check[] {
  return accessWarnings(settings).map((warning) => ({ ...failed('settings', warning), status: 'warning' }));
}

class Doctor {
  readonly #settings: Settings;
  /** Why no call with a login can be made; undefined where it can. */
  #noCalls: string | undefined;

  constructor(
    private readonly client: VicidialClient,
    hasPassword: boolean,
  ) {
    this.#settings = client.settings;
    if (!hasPassword) this.#noCalls = 'password is not set';
  }

  async run(): Promise<Check[]> {
    const server = await checkServer(this.client);
    if (server.status === 'failed') this.#noCalls = 'the server cannot be used';
    const build =
      server.status === 'ok' ? await checkBuild(this.client) : skipped('build', 'the server cannot be used');
    const api = [server, ...(server.status === 'ok' ? await checkVersion(this.client) : []), build];
    const functions = this.#noCalls === undefined ? await checkFunctions(this.client) : undefined;
    return usesDatabase(this.#settings) ? this.#withDatabase(api, functions) : this.#withAdminPages(api, functions);
  }

  async #withDatabase(api: readonly Check[], functions: readonly Check[] | undefined): Promise<Check[]> {
    const { user, database_url: url, in_use_check: inUseCheck } = this.#settings;
    // The settings were checked: they lead to the database only where it has a url.
    if (url === undefined) throw new TypeError('there is no database_url');
    const adminPages = skipped('admin pages', 'the database is read');
    const { check, reader } = await checkDatabase({ ...this.#settings, database_url: url });
    if (!reader) {
      const others = databaseChecks.map((name) => skipped(name, 'the database cannot be used'));
      return [...api, ...(functions ?? this.#skipFunctions()), adminPages, check, ...others, this.#skipDelete()];
    }
    try {
      const client = this.#noCalls === undefined ? this.client : undefined;
      const use = await checkDatabaseUse(reader, client, { inUseCheck, reason: this.#noCalls ?? '' });
      const permitted = functions ?? (await checkFunctionsByRow(reader, user));
      return [...api, ...permitted, adminPages, check, ...use, await checkDelete(reader, user)];
    } finally {
      await reader.close();
    }
  }

  async #withAdminPages(api: readonly Check[], functions = this.#skipFunctions()): Promise<Check[]> {
    const { check, reader } = await this.#checkAdminPages();
    const database = skipped('database', this.#noDatabase);
    const deleting = reader ? await checkDelete(reader, this.client.user) : this.#skipDelete();
    await reader?.close();
    return [...api, ...functions, check, database, deleting];
  }

  #checkAdminPages(): Promise<{ readonly check: Check; readonly reader?: Reader }> {
    const skip = (reason: string) => Promise.resolve({ check: skipped('admin pages', reason) });
    if (this.#settings.read_from === 'api') return skip('read_from is "api"');
    if (this.#noCalls !== undefined) return skip(this.#noCalls);
    return checkAdminPages(this.client);
  }

  get #noDatabase(): string {
    const { read_from: from, database_url: url } = this.#settings;
    return url === undefined ? 'database_url is not set' : `read_from is "${from}"`;
  }

  #skipFunctions(): Check[] {
    return writeFunctions.map((name) => skipped(name, this.#noCalls ?? ''));
  }

  #skipDelete(): Check {
    return skipped('delete', 'only the admin pages and the database show it without a write');
  }
}
