/** What the tables held when a run first asked: each is read once, however many ask at the same time. */
import type { ObjectType } from '../../model/field-definition';
import { identityKey } from '../../model/identity';
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
      return { rows, byId: new Map(rows.map((row) => [identityKey(rowId(type, row)), row])) };
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

  /** Reads one object as it is stored now. */
  async current(type: ObjectType, id: Readonly<Record<string, string>>): Promise<Row | undefined> {
    const table = tableOf(type);
    const condition = Object.keys(id)
      .map((name) => `${columnOf(name)} = ?`)
      .join(' AND ');
    const sql = `${await this.#select(table)} WHERE ${condition}`;
    const [row] = await this.database.rows({ name: `one of ${table}`, table, sql, values: Object.values(id) });
    return row;
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
