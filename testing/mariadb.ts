/** A private MariaDB with the tables of VICIdial, for the tests of the database reader: on loopback, in a temporary folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import which from 'which';
import { tableRows, type SystemRows, type TableRow } from './mariadb-rows';
import { syncStore, type Sync, type SyncedStore } from './mariadb-sync';
import { createStatements, type SchemaName } from './mariadb-tables';
import { freePort, startServer, stopServer } from './server-process';

/** The name that VICIdial gives its database. */
const databaseName = 'asterisk';

/** A user of the database with SELECT on all tables. */
const reader = { user: 'reader', password: 'readerword' };

const server = which.sync('mariadbd', { nothrow: true, path: `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin` });
/** Where the scripts that make the system tables are, for different distributions. */
const share = ['mysql', 'mariadb']
  .map((name) => (server === null ? '' : join(dirname(realpathSync(server)), '..', 'share', name)))
  .find((folder) => existsSync(join(folder, 'mysql_system_tables.sql')));

/** Why no database can be started here; undefined where one can. */
export const mariaDbMissing =
  server === null || share === undefined ? 'no mariadbd is installed (Debian: mariadb-server-core)' : undefined;

export interface MariaDbOptions {
  readonly schema?: SchemaName;
  /** The character set of the tables. Default: latin1, as a plain installation has it. */
  readonly charset?: string;
  /** A key and its certificate in PEM; with them, the server offers TLS. */
  readonly tls?: { readonly key: string; readonly certificate: string };
}

interface UrlParts {
  readonly user?: string;
  readonly password?: string | undefined;
  readonly host?: string;
}

export class MariaDb {
  private readonly syncs: Sync[] = [];

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly admin: Connection,
    readonly port: number,
    readonly schema: SchemaName,
  ) {}

  /** Starts a database with empty tables, and the user `reader`. */
  static async start({ schema = 'current', charset = 'latin1', tls }: MariaDbOptions = {}): Promise<MariaDb> {
    const folder = mkdtempSync(join(tmpdir(), 'phonestate-mariadb-'));
    const socket = join(folder, 'mysqld.sock');
    try {
      await bootstrap(folder);
      const port = await freePort();
      const child = await launch(folder, [`--socket=${socket}`, `--port=${port}`, ...tlsFlags(folder, tls)]);
      const admin = await createConnection({ socketPath: socket, user: 'root', multipleStatements: true });
      const database = new MariaDb(child, folder, admin, port, schema);
      await database.sql(`create database ${databaseName} default charset ${charset}; use ${databaseName}`);
      await database.sql(createStatements(schema, charset).join(';'));
      await database.sql(`create user ${reader.user}@'%' identified by '${reader.password}'`);
      await database.sql(`grant select on ${databaseName}.* to ${reader.user}@'%'`);
      return database;
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get socket(): string {
    return join(this.folder, 'mysqld.sock');
  }

  /** With which the administrator connects, whom nothing restricts. */
  get connection(): object {
    return { socketPath: this.socket, user: 'root', database: databaseName };
  }

  /** A value of `database_url`. Default: user `reader` with its password, on loopback. */
  url(parts: UrlParts = {}): string {
    const { user, password, host = '127.0.0.1' } = { ...reader, ...parts };
    const login = [user, ...(password === undefined ? [] : [encodeURIComponent(password)])].join(':');
    return `mysql://${login}@${host}:${this.port}/${databaseName}`;
  }

  /** Executes statements as the administrator, whom nothing restricts. */
  async sql(statements: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
    const [rows] = await this.admin.query(statements, [...values]);
    return rows as Record<string, unknown>[];
  }

  /** Replaces all rows by those of a system: the data of an emulator, or its store. */
  async load(system: SystemRows): Promise<void> {
    for (const [table, rows] of Object.entries(tableRows(system, this.schema))) {
      await this.sql(`delete from ${table}`);
      await this.insert(table, rows);
    }
  }

  /**
   * Makes the tables equal to the store of an emulator, and keeps them so until the database stops. Each write of the
   * emulator is in the tables before it replies.
   *
   * @param data what the emulator started with, for what its store does not show
   */
  async sync(store: SyncedStore, data: SystemRows = {}): Promise<Sync> {
    const sync = await syncStore(store, { data, schema: this.schema, connection: this.connection });
    this.syncs.push(sync);
    return sync;
  }

  /** Inserts rows that have the same columns. */
  async insert(table: string, rows: readonly TableRow[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const columns = Object.keys(first);
    const batch = 500;
    for (let start = 0; start < rows.length; start += batch) {
      const values = rows.slice(start, start + batch).map((row) => columns.map((name) => row[name]));
      await this.sql(`insert into ${table} (${columns.join(', ')}) values ?`, [values]);
    }
  }

  /**
   * Runs some work, and returns the statements that the server received meanwhile from others than the administrator.
   * Prepared statements count once, when they are executed.
   */
  async statements(work: () => Promise<unknown>): Promise<string[]> {
    const entries = await this.log(work);
    return entries.filter(({ command }) => command === 'Query' || command === 'Execute').map(({ text }) => text);
  }

  /** Runs some work, and returns the first line of what the server logged meanwhile about others than the administrator. */
  async log(work: () => Promise<unknown>): Promise<{ readonly command: string; readonly text: string }[]> {
    const file = join(this.folder, `general-${randomUUID()}.log`);
    await this.sql(`set global general_log_file = '${file}'; set global general_log = on`);
    try {
      await work();
    } finally {
      await this.sql('set global general_log = off');
    }
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, connection, command = '', text = ''] = /^(?:\d{6} +[\d:]+)?\t+ *(\d+) (\w+)\t(.*)$/u.exec(line) ?? [];
        return connection === undefined || Number(connection) === this.admin.threadId ? [] : [{ command, text }];
      });
  }

  /** Ends the connections of all users but the administrator. */
  async killConnections(): Promise<void> {
    const others = await this.sql(
      'select id from information_schema.processlist where id <> connection_id() and user <> "system user"',
    );
    for (const { id } of others) await this.sql(`kill ${String(id)}`).catch(() => {});
  }

  async stop(): Promise<void> {
    await Promise.all(this.syncs.map((sync) => sync.stop()));
    await this.admin.end().catch(() => {});
    await stopServer(this.process);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const commonFlags = [
  '--no-defaults',
  ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  `--lc-messages-dir=${share}`,
  '--default-storage-engine=MyISAM',
  '--skip-innodb',
];

/** Also for temporary tables: servers that start at the same time would delete each other's. */
function folders(folder: string): string[] {
  return [`--datadir=${folder}`, `--tmpdir=${folder}`];
}

/** Makes the system tables, with the scripts that come with the server. */
async function bootstrap(folder: string): Promise<void> {
  const scripts = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql'];
  const sql = [
    'create database mysql;',
    'use mysql;',
    ...scripts.map((name) => readFileSync(join(share ?? '', name), 'utf8')),
    "delete from mysql.global_priv where user = '';",
    '',
  ].join('\n');
  const child = spawn(server ?? '', [...commonFlags, ...folders(folder), '--bootstrap'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const output = textOf(child);
  child.stdin?.end(sql);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`mariadbd --bootstrap failed:\n${output()}`);
}

/** Starts the server and waits until it accepts connections. */
async function launch(folder: string, flags: readonly string[]): Promise<ChildProcess> {
  const flagsOfServer = [
    ...commonFlags,
    ...folders(folder),
    `--pid-file=${join(folder, 'mysqld.pid')}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--performance-schema=OFF',
    // VICIdial needs a server that truncates values, instead of refusing them.
    '--sql-mode=',
    '--server-id=1',
    ...flags,
  ];
  return startServer({
    command: server ?? '',
    args: flagsOfServer,
    readyText: 'ready for connections',
    stopSignal: 'TERM',
  });
}

function tlsFlags(folder: string, tls: MariaDbOptions['tls']): string[] {
  if (!tls) return ['--skip-ssl'];
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  writeFileSync(key, tls.key, { mode: 0o600 });
  writeFileSync(certificate, tls.certificate);
  return [`--ssl-key=${key}`, `--ssl-cert=${certificate}`];
}

function textOf(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (text += part));
  return () => text;
}
