/** Reads phones and phone aliases from the database of VICIdial (reading-vicidial.md, section 2). */
import type { AdminLog } from '../../model/admin-event';
import type { ObjectType } from '../../model/field-definition';
import { PhonestateError } from '../../model/failures';
import { identityKey, parseObjectId } from '../../model/identity';
import type { ObjectRef } from '../../model/operation';
import { phoneType } from '../../model/phone-fields';
import type { Settings } from '../../settings/read-settings';
import { silentLog, type LogSink } from '../log';
import type { Named, Reader, Reading, Server, StoredValues } from '../reader';
import { defaultRetryPolicy, type RetryPolicy } from '../retry';
import { readAdminLog } from './admin-log';
import { columnOf, tableOf } from './columns';
import { Database, type Row } from './database';
import { agentsAt, liveAgentRows, type AgentAtPhone } from './live-agents';
import { replicaStatus, type ReplicaStatus } from './replica';
import { rowId, rowObject, storedValues, text } from './rows';
import { Snapshot } from './snapshot';
import { UserPermissions } from './user-permissions';

/** The settings of a reader: all that are known, with the address of the database and the name of the API user. */
export type DatabaseReaderSettings = Partial<Settings> & Required<Pick<Settings, 'user'>> & DatabaseUrl;

interface DatabaseUrl {
  readonly database_url: NonNullable<Settings['database_url']>;
}

export interface DatabaseReaderOptions {
  readonly log?: LogSink;
  /** Ends the run: no query starts after it, and its reason is thrown. */
  readonly signal?: AbortSignal;
  readonly retryPolicy?: RetryPolicy;
}

/** What is known of a system by its database. */
export interface SystemInfo {
  readonly version: string;
  readonly schemaVersion: string;
  readonly nonLatin: boolean;
}

/**
 * A reader on the database. The first question of a run reads the tables that it needs, and the run then has them: at most
 * eight queries for a plan of any size, and one more for the agents that are logged in. A run that writes uses
 * `readAgain` for what it wrote.
 *
 * Methods throw PhonestateError `database-unreachable`, `database-refused`, `database-tls-failed`,
 * `database-unknown-user`, or the reason of the signal.
 */
export class DatabaseReader implements Reader {
  readonly source = 'database';
  readonly #database: Database;
  readonly #snapshot: Snapshot;
  readonly #user: string;
  readonly #isReplica: boolean | undefined;
  #replica: Promise<ReplicaStatus> | undefined;
  #permissions: Promise<UserPermissions> | undefined;
  #agents: Promise<readonly Row[]> | undefined;

  /** @throws PhonestateError `provider-argument` where a part of database_url cannot be decoded */
  constructor(settings: DatabaseReaderSettings, options: DatabaseReaderOptions = {}) {
    const { log = silentLog, signal = new AbortController().signal, retryPolicy = defaultRetryPolicy } = options;
    this.#database = new Database(settings, { log, signal, retryPolicy });
    this.#snapshot = new Snapshot(this.#database);
    this.#user = settings.user;
    this.#isReplica = settings.database_is_replica;
  }

  /** Reads an object from the snapshot. The groups of the API user hide phones, and no phone aliases. */
  async read(object: ObjectRef): Promise<Reading> {
    const { byId } = await this.#snapshot.objects(object.type);
    return this.#reading(object.type, byId.get(identityKey(object.id)));
  }

  async readAgain(object: ObjectRef): Promise<Reading> {
    return this.#reading(object.type, await this.#snapshot.current(object));
  }

  async list(type: ObjectType): Promise<readonly StoredValues[]> {
    const [{ rows }, permissions] = await Promise.all([this.#snapshot.objects(type), this.permissions()]);
    return rows.filter((row) => isVisible(type, row, permissions)).map((row) => storedValues(type, row));
  }

  /** All objects of a type, those which the API user may not view too. */
  async listAll(type: ObjectType): Promise<readonly StoredValues[]> {
    return (await this.#snapshot.objects(type)).rows.map((row) => storedValues(type, row));
  }

  async mayDelete(): Promise<boolean> {
    return (await this.permissions()).mayDelete;
  }

  /**
   * What the API user may do, by its row.
   *
   * @throws PhonestateError `database-unknown-user`
   */
  permissions(): Promise<UserPermissions> {
    this.#permissions ??= this.#loadPermissions();
    return this.#permissions;
  }

  async templates(): Promise<readonly Named[]> {
    const rows = await this.#snapshot.table('vicidial_conf_templates');
    return rows.map((row) => ({ id: text(row, 'template_id'), name: text(row, 'template_name') }));
  }

  async servers(): Promise<readonly Server[]> {
    const rows = await this.#snapshot.table('servers');
    return rows.map((row) => ({
      id: text(row, 'server_id'),
      name: text(row, 'server_description'),
      ip: text(row, 'server_ip'),
      active: text(row, 'active') === 'Y',
    }));
  }

  /** Every user group. */
  async userGroups(): Promise<readonly Named[]> {
    const rows = await this.#snapshot.table('vicidial_user_groups');
    return rows.map((row) => ({ id: text(row, 'user_group'), name: text(row, 'group_name') }));
  }

  async hasTemplate(id: string): Promise<boolean> {
    return (await this.#snapshot.values('vicidial_conf_templates', 'template_id')).has(identityKey(id));
  }

  async hasServer(ip: string): Promise<boolean> {
    return (await this.#snapshot.values('servers', 'server_ip')).has(identityKey(ip));
  }

  /** The phones that have a phone login, those which the API user may not view too. */
  async phonesWithLogin(login: string): Promise<readonly StoredValues[]> {
    const rows = (await this.#snapshot.phonesByLogin()).get(identityKey(login)) ?? [];
    return rows.map((row) => storedValues(phoneType, row));
  }

  /** A phone that the API user may view and the API can address, to compare the two; undefined where there is none. */
  async anyVisiblePhone(): Promise<ObjectRef | undefined> {
    const [rows, permissions] = await Promise.all([this.#snapshot.table('phones'), this.permissions()]);
    const row = rows.find((each) => isVisible(phoneType, each, permissions) && isAddressable(each));
    return row && rowObject(phoneType, row);
  }

  /** Whether this schema lacks the column of a field, as one before the field's build does. */
  async lacks(type: ObjectType, field: string): Promise<boolean> {
    return !(await this.#snapshot.schema()).has(tableOf(type), columnOf(field));
  }

  /** How many characters the column of a field holds; undefined where there is none, or it holds no text. */
  async columnLength(type: ObjectType, field: string): Promise<number | undefined> {
    return (await this.#snapshot.schema()).length(tableOf(type), columnOf(field));
  }

  async system(): Promise<SystemInfo> {
    const [row = {}] = await this.#snapshot.table('system_settings');
    return {
      version: text(row, 'version'),
      schemaVersion: text(row, 'db_schema_version'),
      nonLatin: text(row, 'use_non_latin') === '1',
    };
  }

  /** Whether the database is a replica: as `database_is_replica` says, else as the server says. */
  replica(): Promise<ReplicaStatus> {
    if (this.#isReplica !== undefined) return Promise.resolve(this.#isReplica ? 'replica' : 'primary');
    this.#replica ??= replicaStatus(this.#database);
    return this.#replica;
  }

  /**
   * The agents that are logged in at phones.
   *
   * @param fresh asks the database again, as just before a delete; otherwise the agents are read once for a run
   */
  async agentsOn(phones: readonly ObjectRef[], { fresh = false } = {}): Promise<readonly AgentAtPhone[]> {
    const read = () => liveAgentRows(this.#database);
    if (fresh) this.#agents = read();
    this.#agents ??= read();
    const [agents, { byId }] = await Promise.all([this.#agents, this.#snapshot.objects(phoneType)]);
    return phones.flatMap((phone) => agentsAt(phone, byId.get(identityKey(phone.id)), agents));
  }

  /**
   * What the log of the administration says about objects; the reason where it cannot be read.
   *
   * @param ids extensions and ids of phone aliases
   */
  async adminLog(ids: readonly string[]): Promise<AdminLog> {
    return readAdminLog(this.#database, await this.#snapshot.schema(), ids);
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    await this.#database.close();
  }

  async #reading(type: ObjectType, row: Row | undefined): Promise<Reading> {
    if (!row) return { status: 'not-found' };
    if (!isVisible(type, row, await this.permissions())) return { status: 'hidden' };
    return { status: 'found', values: storedValues(type, row) };
  }

  async #loadPermissions(): Promise<UserPermissions> {
    const row = await this.#snapshot.user(this.#user);
    if (row) return new UserPermissions(this.#user, row);
    const what = `The ${this.#database.description} has no user ${this.#user} in table vicidial_users.`;
    throw PhonestateError.of('database-unknown-user', { what });
  }
}

/** The API hides phones by their user group, and no phone aliases (vicidial-api.md, section 3). */
function isVisible(type: ObjectType, row: Row, permissions: UserPermissions): boolean {
  return tableOf(type) !== 'phones' || permissions.mayView(text(row, columnOf('admin_user_group')));
}

function isAddressable(row: Row): boolean {
  try {
    parseObjectId(phoneType, rowId(phoneType, row));
    return true;
  } catch {
    return false;
  }
}
