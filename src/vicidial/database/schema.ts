/** Which columns this database has. Older schemas lack those of later builds. */
import { PhonestateError } from '../../model/failures';
import { tableNames, tables, type TableName } from './columns';
import type { Database, Row } from './database';

interface Column {
  readonly length: number | undefined;
}

export class Schema {
  private constructor(
    private readonly columns: ReadonlyMap<string, Column>,
    /** Tables of which the user has been granted single columns: an absent one may also be one without SELECT. */
    private readonly grantedByColumn: ReadonlySet<string>,
    private readonly database: Database,
  ) {}

  /** Asks for the columns of all tables that are read: one query. */
  static async load(database: Database): Promise<Schema> {
    const rows = await database.rows({ name: 'columns', table: 'information_schema.columns', sql: columnsQuery });
    const existing = rows.filter(({ granted }) => !granted);
    return new Schema(
      new Map(existing.map((row) => [key(String(row.table_name), String(row.column_name)), { length: lengthOf(row) }])),
      new Set(rows.filter(({ granted }) => granted).map((row) => String(row.table_name))),
      database,
    );
  }

  has(table: TableName, column: string): boolean {
    return this.columns.has(key(table, column));
  }

  /** How many characters a column holds; undefined where it is absent, or holds no characters. */
  length(table: TableName, column: string): number | undefined {
    return this.columns.get(key(table, column))?.length;
  }

  /**
   * The columns of a table to select, without those that the schema lacks.
   *
   * @throws PhonestateError `database-refused` where the user may not read a column that the table must have
   */
  select(table: TableName): readonly string[] {
    const { required, optional }: { readonly required: readonly string[]; readonly optional: readonly string[] } =
      tables[table];
    const refused = [...required, ...optional.filter((column) => this.#mustHave(table, column))];
    const missing = refused.filter((column) => !this.has(table, column));
    if (missing.length > 0) throw this.#refusal(table, missing, missing.length === refused.length);
    return [...required, ...optional].filter((column) => this.has(table, column));
  }

  /**
   * Whether an absent column is one without SELECT, as far as that can be seen. The database does not show which columns
   * it hides, so the columns of `phones` show how old the schema is: they came after the list of allowed functions.
   */
  #mustHave(table: TableName, column: string): boolean {
    if (!this.grantedByColumn.has(table) || this.has(table, column)) return false;
    return table === 'phones' || this.has('phones', newColumn);
  }

  #refusal(table: TableName, missing: readonly string[], isWhole: boolean): PhonestateError {
    const { description, user } = this.database;
    const part = isWhole
      ? `table ${table}`
      : `${missing.length === 1 ? 'column' : 'columns'} ${missing.join(', ')} of table ${table}`;
    const what = `The ${description} has no ${part} that user ${user} may read: SELECT is not granted, or this is no database of VICIdial.`;
    return PhonestateError.of('database-refused', { what });
  }
}

/** The first column that came with a build after 180301: with 180331. */
const newColumn = 'outbound_alt_cid';

const names = tableNames.map((table) => `'${table}'`).join(', ');

/** Columns without any permission of the user are not in it. */
const columnsQuery = `SELECT TABLE_NAME AS table_name, COLUMN_NAME AS column_name, CHARACTER_MAXIMUM_LENGTH AS max_length, 0 AS granted
FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (${names})
UNION ALL SELECT TABLE_NAME, COLUMN_NAME, NULL, 1
FROM information_schema.COLUMN_PRIVILEGES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (${names})`;

function key(table: string, column: string): string {
  return `${table}.${column}`.toLowerCase();
}

function lengthOf({ max_length: length }: Row): number | undefined {
  return length === null ? undefined : Number(length);
}
