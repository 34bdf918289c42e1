/** What the tables held when a run first asked: each is read once, however many ask at the same time. */
import { stringValue, type ObjectType } from '../../model/field-definition';
import { identityKey } from '../../model/identity';
import type { ObjectRef } from '../../model/operation';
import { Batch, queryGroups } from './batch';
import { columnOf, tableOf, type TableName } from './columns';
import type { Database, Row } from './database';
import { rowId, text } from './rows';
import { Schema } from './schema';

/** The rows of a type of object. Values are made of a row when they are asked for, so that 10,000 phones stay small. */
export interface ObjectRows {
  readonly rows: readonly Row[];
  /** By the folded id. */
  readonly byId: ReadonlyMap<string, Row>;
}

export class Snapshot {
  readonly #loaded = new Map<string, Promise<unknown>>();
  readonly #batches = new Map<string, Batch<ObjectRef, Row | undefined>>();

  constructor(private readonly database: Database) {}

  /** The columns of the tables: one query. */
  schema(): Promise<Schema> {
    return this.#once('schema', () => Schema.load(this.database));
  }

  /** All rows of a table: one query. */
  table(table: TableName): Promise<readonly Row[]> {
    return this.#once(table, async () => this.database.rows({ name: table, table, sql: await this.#select(table) }));
  }

  /** All objects of a type, those which the API user may not view too. */
  objects(type: ObjectType): Promise<ObjectRows> {
    return this.#once(`objects of ${type.resourceType}`, async () => {
      const rows = await this.table(tableOf(type));
      return { rows, byId: rowsById(type, rows) };
    });
  }

  /** The phones with a phone login, folded as an identity. Several may have it. */
  phonesByLogin(): Promise<ReadonlyMap<string, readonly Row[]>> {
    return this.#once('phones by login', async () => {
      const byLogin = new Map<string, Row[]>();
      for (const row of await this.table('phones')) {
        const login = identityKey(text(row, columnOf('phone_login')));
        const phones = byLogin.get(login);
        if (phones) phones.push(row);
        else byLogin.set(login, [row]);
      }
      return byLogin;
    });
  }

  /** The folded values of a column. */
  values(table: TableName, column: string): Promise<ReadonlySet<string>> {
    return this.#once(`${table}.${column}`, async () => {
      const rows = await this.table(table);
      return new Set(rows.map((row) => identityKey(text(row, column))));
    });
  }

  /** Reads one object as it is stored now; with all others that are asked for meanwhile, by one query. */
  current(object: ObjectRef): Promise<Row | undefined> {
    const { resourceType } = object.type;
    const batch = this.#batches.get(resourceType) ?? new Batch((objects) => this.#rowsOf(object.type, objects));
    this.#batches.set(resourceType, batch);
    return batch.ask(object);
  }

  async #rowsOf(type: ObjectType, objects: readonly ObjectRef[]): Promise<(Row | undefined)[]> {
    const groups = queryGroups(objects, ({ id }) => id);
    const rows = await Promise.all(groups.map((group) => this.#someRows(type, group)));
    const byId = rowsById(type, rows.flat());
    return objects.map(({ id }) => byId.get(identityKey(id)));
  }

  async #someRows(type: ObjectType, objects: readonly ObjectRef[]): Promise<readonly Row[]> {
    const table = tableOf(type);
    const isOne = `(${type.idFields.map((name) => `${columnOf(name)} = ?`).join(' AND ')})`;
    const sql = `${await this.#select(table)} WHERE ${objects.map(() => isOne).join(' OR ')}`;
    const values = objects.flatMap(({ key }) => type.idFields.map((name) => stringValue(key, name)));
    return this.database.rows({ name: `some of ${table}`, table, sql, values });
  }

  /**
   * The row of an API user, with the list of groups that its user group may view: one query. The two tables may differ in
   * their character set.
   */
  user(name: string): Promise<Row | undefined> {
    return this.#once('user', async () => {
      const schema = await this.schema();
      schema.select('vicidial_user_groups');
      const columns = schema.select('vicidial_users').map((column) => `u.${column}`);
      const sql = `SELECT ${columns.join(', ')}, g.admin_viewable_groups FROM vicidial_users u
LEFT JOIN vicidial_user_groups g ON CONVERT(g.user_group USING utf8mb4) = CONVERT(u.user_group USING utf8mb4)
WHERE u.user = ?`;
      const [row] = await this.database.rows({ name: 'user', table: 'vicidial_users', sql, values: [name] });
      return row;
    });
  }

  async #select(table: TableName): Promise<string> {
    const schema = await this.schema();
    return `SELECT ${schema.select(table).join(', ')} FROM ${table}`;
  }

  /** A failure is remembered as well: it is of the whole run. */
  #once<T>(name: string, load: () => Promise<T>): Promise<T> {
    // Each name is loaded in one place, so what is found was made by this `load`.
    const known = this.#loaded.get(name) as Promise<T> | undefined;
    if (known) return known;
    const loading = load();
    this.#loaded.set(name, loading);
    return loading;
  }
}

function rowsById(type: ObjectType, rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [identityKey(rowId(type, row)), row]));
}
