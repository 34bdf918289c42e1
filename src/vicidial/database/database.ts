/**
 * The connections to the database: one bounded pool, opened by the first query. Queries are repeated after transient
 * failures, within a time limit each, until stopped. Nothing here writes: the statements are SELECT and SHOW only.
 */
import { connect, isIP } from 'node:net';
import type { Pool, PoolConnection, PoolOptions } from 'mysql2/promise';
import { PhonestateError } from '../../model/failures';
import { providerSettings } from '../../settings/provider-settings';
import type { Settings } from '../../settings/read-settings';
import type { LogSink } from '../log';
import { retry, type RetryPolicy } from '../retry';
import { parseDatabaseUrl, type DatabaseAddress } from './address';
import { databaseError, isOutsideCharset, queryTimeout } from './database-errors';

/** A run asks less than ten queries, and the database serves the agents of a call centre at the same time. */
const maxConnections = 4;

/** Dates are strings. No column that is read holds anything else. */
export type Row = Readonly<Record<string, string | number | null>>;

export interface Query {
  /** For the log. */
  readonly name: string;
  /** The table that is read, for messages. */
  readonly table?: string;
  readonly sql: string;
  /** The values of the placeholders, which are bound by the server. */
  readonly values?: readonly string[];
}

export type DatabaseSettings = Partial<Settings> & { readonly database_url: NonNullable<Settings['database_url']> };

export interface DatabaseOptions {
  readonly log: LogSink;
  /** Ends the run: no query starts after it, and its reason is thrown. */
  readonly signal: AbortSignal;
  readonly retryPolicy: RetryPolicy;
}

export class Database {
  readonly #settings: DatabaseSettings;
  readonly #options: DatabaseOptions;
  readonly #timeoutSeconds: number;
  readonly #address: DatabaseAddress;
  #pool: Promise<Pool> | undefined;

  /** @throws PhonestateError `provider-argument` where a part of `database_url` cannot be decoded */
  constructor(settings: DatabaseSettings, options: DatabaseOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#timeoutSeconds = settings.request_timeout_seconds ?? providerSettings.request_timeout_seconds.default;
    this.#address = parseDatabaseUrl(new URL(settings.database_url.open()));
  }

  /** For messages: `database asterisk at db.example.com:3306`. */
  get description(): string {
    return this.#address.description;
  }

  get user(): string {
    return this.#address.user;
  }

  /**
   * Makes a query.
   *
   * @throws PhonestateError `database-unreachable`, `database-refused`, `database-tls-failed`, or the reason of the signal
   */
  rows(query: Query): Promise<readonly Row[]> {
    const { log, signal, retryPolicy: policy } = this.#options;
    const attempt = async () => {
      signal.throwIfAborted();
      const started = Date.now();
      const rows = await this.#attempt(query);
      log.debug(`database query: ${query.name}`, { rows: rows.length, milliseconds: Date.now() - started });
      return rows;
    };
    return retry(attempt, { name: `database query: ${query.name}`, policy, log, signal });
  }

  async close(): Promise<void> {
    const pool = await this.#pool?.catch(() => undefined);
    // A connection that was lost has nothing to end.
    await pool?.end().catch(() => {});
  }

  async #attempt(query: Query): Promise<readonly Row[]> {
    const timeoutSeconds = this.#timeoutSeconds;
    let connection: PoolConnection | undefined;
    try {
      this.#pool ??= this.#open();
      connection = await (await this.#pool).getConnection();
      this.#options.signal.throwIfAborted();
      const rows = await select(connection, query, timeoutSeconds * 1000);
      connection.release();
      return rows;
    } catch (error) {
      // A query may still be running on it.
      connection?.destroy();
      // A table in latin1 cannot be compared with letters that it cannot hold, so no row has them.
      if (isOutsideCharset(error)) return [];
      if (error instanceof PhonestateError) throw error;
      const { description: database, user } = this.#address;
      throw databaseError(error, { database, user, table: query.table, timeoutSeconds });
    }
  }

  async #open(): Promise<Pool> {
    // Loaded by the first query only: a run without a database does without it.
    const { createPool } = await import('./mysql-subset');
    return createPool(poolOptions(this.#address, this.#settings, this.#timeoutSeconds * 1000));
  }
}

/** The limit is one of our own: mysql2 keeps its timer when the connection is lost, and the process would wait for it. */
async function select(connection: PoolConnection, query: Query, timeoutMs: number): Promise<readonly Row[]> {
  const { signal, clear } = timeLimit(timeoutMs);
  try {
    return await Promise.race([execute(connection, query), signal]);
  } finally {
    clear();
  }
}

async function execute(connection: PoolConnection, { sql, values }: Query): Promise<readonly Row[]> {
  // With values, a prepared statement: the server binds them, whatever its sql_mode takes for an escape.
  const [rows] = values ? await connection.execute(sql, [...values]) : await connection.query(sql);
  // SELECT and SHOW return rows; other statements are not sent.
  return rows as Row[];
}

function timeLimit(milliseconds: number): { readonly signal: Promise<never>; readonly clear: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const signal = new Promise<never>((_resolve, reject) => {
    const error = Object.assign(new Error('The query took too long.'), { code: queryTimeout });
    timer = setTimeout(() => reject(error), milliseconds);
  });
  return { signal, clear: () => clearTimeout(timer) };
}

function poolOptions(address: DatabaseAddress, settings: DatabaseSettings, connectTimeout: number): PoolOptions {
  const { database_ca_certificate: ca, database_password: password = address.password } = settings;
  const { max_concurrency: concurrency = maxConnections } = settings;
  const { user, host, port, socket, database } = address;
  const isAddress = isIP(host) !== 0;
  return {
    user,
    ...(password === undefined ? {} : { password: password.open() }),
    database,
    // mysql2 verifies names of hosts only. A final dot makes an address a name, and the verification of Node.js drops it again.
    host: isAddress ? `${host}.` : host,
    port,
    ...(socket === undefined ? {} : { socketPath: socket }),
    ...(socket === undefined && isAddress ? { stream: () => connect(port, host).setNoDelay().setKeepAlive(true) } : {}),
    ...(ca === undefined ? {} : { ssl: { ca, rejectUnauthorized: true, verifyIdentity: true } }),
    charset: 'utf8mb4_general_ci',
    connectionLimit: Math.min(concurrency, maxConnections),
    connectTimeout,
    // Nothing of a row is compiled to code, dates stay as they are stored, and no file of this machine can be asked for.
    disableEval: true,
    dateStrings: true,
    flags: ['-LOCAL_FILES'],
  };
}
