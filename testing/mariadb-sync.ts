/**
 * Keeps a database equal to the store of an emulator: the emulator is then the API, and the database the database, of one
 * system. A write is in the database before the emulator replies to it, so the store waits: a thread makes the queries.
 */
import { once } from 'node:events';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { tableRows, type SystemRows, type TableRow, type TableRows } from './mariadb-rows';
import { keyColumns, type SchemaName } from './mariadb-tables';

/** The store of an emulator. What it does not show of its system is taken from the data that it started with. */
export interface SyncedStore {
  readonly phones: NonNullable<SystemRows['phones']>;
  readonly aliases: NonNullable<SystemRows['aliases']>;
  readonly users: ReadonlyMap<string, NonNullable<SystemRows['users']>[number]>;
  readonly serverRows?: SystemRows['servers'];
  readonly templates?: SystemRows['templates'];
  readonly groups?: SystemRows['user_groups'];
  readonly liveAgents?: SystemRows['live_agents'];
  readonly settings?: Pick<SystemRows, 'use_non_latin'>;
  onChange: () => void;
}

export interface Sync {
  /** Writes what was changed in the store without a write of its own, such as a user or the agents that are logged in. */
  refresh(): void;
  /** No later change is written. */
  stop(): Promise<void>;
}

type Statement = readonly [sql: string, values: readonly unknown[]];

const maxWaitMs = 10_000;

/** Writes the difference to the database after each change of the store. What is in the tables before is deleted. */
export async function syncStore(
  store: SyncedStore,
  { data, schema, connection }: { readonly data: SystemRows; readonly schema: SchemaName; readonly connection: object },
): Promise<Sync> {
  const thread = await QueryThread.start(connection);
  let written: TableRows | undefined;
  const refresh = () => {
    const rows = tableRows(systemOf(store, data), schema);
    thread.execute(Object.entries(rows).flatMap(([table, wanted]) => differences(table, written?.[table], wanted)));
    written = rows;
  };
  refresh();
  const { onChange } = store;
  store.onChange = () => {
    onChange();
    refresh();
  };
  return {
    refresh,
    stop: async () => {
      store.onChange = onChange;
      await thread.stop();
    },
  };
}

function systemOf(store: SyncedStore, data: SystemRows): SystemRows {
  return {
    phones: store.phones,
    aliases: store.aliases,
    users: [...store.users.values()],
    servers: store.serverRows ?? data.servers,
    templates: store.templates ?? data.templates,
    user_groups: store.groups ?? data.user_groups,
    live_agents: store.liveAgents ?? data.live_agents,
    use_non_latin: store.settings?.use_non_latin ?? data.use_non_latin,
  };
}

function differences(table: string, before: readonly TableRow[] | undefined, wanted: readonly TableRow[]): Statement[] {
  if (before === undefined) return [[`delete from ${table}`, []], ...wanted.map((row) => replacement(table, row))];
  const keys = keyColumns[table] ?? [];
  const keyOf = (row: TableRow) => keys.map((name) => String(row[name]).toLowerCase()).join(' ');
  const [old, present] = [new Map(before.map((row) => [keyOf(row), row])), new Set(wanted.map(keyOf))];
  const absent = before.filter((row) => !present.has(keyOf(row)));
  const changed = wanted.filter((row) => JSON.stringify(old.get(keyOf(row))) !== JSON.stringify(row));
  // A table without a key has one row.
  const clearing: Statement[] = keys.length === 0 && changed.length > 0 ? [[`delete from ${table}`, []]] : [];
  const condition = keys.map((name) => `${name} = ?`).join(' and ');
  const deletions = absent.map((row): Statement => [
    `delete from ${table} where ${condition}`,
    keys.map((name) => row[name]),
  ]);
  return [...clearing, ...deletions, ...changed.map((row) => replacement(table, row))];
}

/** Stores a row, in place of the one with its key. */
export function replacement(table: string, row: TableRow): Statement {
  return [`replace into ${table} (${Object.keys(row).join(', ')}) values (?)`, [Object.values(row)]];
}

/** A thread with a connection, whose queries the calling thread waits for. */
class QueryThread {
  readonly #worker: Worker;
  readonly #channel = new MessageChannel();
  readonly #done = new Int32Array(new SharedArrayBuffer(4));

  private constructor(connection: object) {
    const workerData = {
      module: require.resolve('mysql2/promise'),
      connection,
      port: this.#channel.port2,
      done: this.#done,
    };
    this.#worker = new Worker(threadCode, { eval: true, workerData, transferList: [this.#channel.port2] });
  }

  static async start(connection: object): Promise<QueryThread> {
    const thread = new QueryThread(connection);
    await once(thread.#worker, 'message');
    return thread;
  }

  execute(statements: readonly Statement[]): void {
    if (statements.length === 0) return;
    Atomics.store(this.#done, 0, 0);
    this.#channel.port1.postMessage(statements);
    const end = Date.now() + maxWaitMs;
    // The notification of the statements before may come only now, and end the wait.
    while (Atomics.load(this.#done, 0) === 0 && Date.now() < end) Atomics.wait(this.#done, 0, 0, end - Date.now());
    const reply: { readonly message: unknown } | undefined = receiveMessageOnPort(this.#channel.port1);
    const problem = typeof reply?.message === 'string' ? reply.message : 'no reply';
    if (problem !== '') throw new Error(`The database was not written: ${problem}`);
  }

  async stop(): Promise<void> {
    this.#channel.port1.close();
    await this.#worker.terminate();
  }
}

const threadCode = `
const { parentPort, workerData } = require('node:worker_threads');
const { module: name, connection, port, done } = workerData;
require(name).createConnection(connection).then((database) => {
  port.on('message', async (statements) => {
    let message = '';
    try {
      for (const [sql, values] of statements) await database.query(sql, values);
    } catch (error) {
      message = error.message;
    }
    port.postMessage(message);
    Atomics.store(done, 0, 1);
    Atomics.notify(done, 0);
  });
  parentPort.postMessage('ready');
});
`;
