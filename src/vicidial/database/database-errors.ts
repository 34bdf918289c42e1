/** What went wrong with a query, as a failure. Messages name the table and the column, never a password. */
import { PhonestateError, type FailureCode } from '../../model/failures';

/** What a query was about, for messages. */
export interface QueryContext {
  /** `database asterisk at db.example.com:3306`. */
  readonly database: string;
  /** The user of the database. */
  readonly user: string;
  /** The table that is read; undefined for a query about the server. */
  readonly table: string | undefined;
  readonly timeoutSeconds: number;
}

/** The code of a query that took too long. */
export const queryTimeout = 'QUERY_TIMEOUT';

/** The codes of Node.js and mysql2 for a connection that cannot be opened, or was lost, each with its meaning. */
const connectionFailures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses connections',
  ENOTFOUND: 'the name of its host does not exist',
  EAI_AGAIN: 'the name of its host could not be resolved',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  ETIMEDOUT: 'it did not accept a connection',
  ENOENT: 'its socket does not exist',
  EACCES: 'its socket is not accessible to this user',
  ECONNRESET: 'the connection was lost',
  EPIPE: 'the connection was lost',
  PROTOCOL_CONNECTION_LOST: 'the connection was lost',
  [queryTimeout]: 'a query was not answered',
  ER_CON_COUNT_ERROR: 'it has no connection left',
  ER_TOO_MANY_USER_CONNECTIONS: 'it has no connection left for this user',
  ER_USER_LIMIT_REACHED: 'it has no connection left for this user',
  ER_SERVER_SHUTDOWN: 'it is shutting down',
  ER_CONNECTION_KILLED: 'the connection was ended by the server',
  ER_QUERY_INTERRUPTED: 'the query was ended by the server',
  ER_STATEMENT_TIMEOUT: 'the query was ended by the server',
};

const refusals: Readonly<Record<string, (context: QueryContext, column: string | undefined) => string>> = {
  ER_ACCESS_DENIED_ERROR: ({ user }) =>
    `refused the login of user ${user}: the password is wrong, the user may not connect from here, or only with TLS`,
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: ({ user }) => `refused the login of user ${user}`,
  ER_DBACCESS_DENIED_ERROR: ({ user }) => `is not accessible to user ${user}, or does not exist`,
  ER_BAD_DB_ERROR: () => 'does not exist',
  ER_HOST_NOT_PRIVILEGED: () => 'accepts no connection from this host',
  ER_HOST_IS_BLOCKED: () => 'has blocked this host after too many failed connections',
  ER_NO_SUCH_TABLE: ({ table }) => `has no table ${table}`,
  ER_TABLEACCESS_DENIED_ERROR: ({ user, table }) => `has no SELECT on table ${table} for user ${user}`,
  ER_COLUMNACCESS_DENIED_ERROR: ({ user, table }, column) =>
    `has no SELECT on column ${column} of table ${table} for user ${user}`,
  ER_BAD_FIELD_ERROR: ({ table }, column) => `has no column ${column} in table ${table}`,
};

/** Codes of TLS that do not contain CERT, SSL or TLS. */
const tlsCodes = /CERT|SSL|TLS|SELF_SIGNED|VERIFY|EPROTO|ER_SECURE_TRANSPORT_REQUIRED/u;

/** The failure of a query or a connection; what is not about the database is returned as it is. */
export function databaseError(error: unknown, context: QueryContext): unknown {
  const { code, text } = describe(error);
  if (code === undefined) return error;
  const make = (failure: FailureCode, what: string) => PhonestateError.of(failure, { what }, error);
  const subject = `The ${context.database}`;
  const lost = connectionFailures[code];
  if (lost !== undefined) {
    const limit = [queryTimeout, 'ETIMEDOUT'].includes(code) ? ` within ${context.timeoutSeconds} s` : '';
    return make('database-unreachable', `${subject} could not be read: ${lost}${limit} (${code}).`);
  }
  if (tlsCodes.test(code)) return make('database-tls-failed', `${subject} was reached, but ${tlsProblem(code, text)}.`);
  const refusal = refusals[code];
  if (refusal) return make('database-refused', `${subject} ${refusal(context, columnIn(text))} (${code}).`);
  return make('database-refused', `${subject} answered ${code} to a query${about(context)}.`);
}

/** Whether a comparison failed because the table cannot have such characters. */
export function isOutsideCharset(error: unknown): boolean {
  return describe(error).code === 'ER_CANT_AGGREGATE_2COLLATIONS';
}

function tlsProblem(code: string, text: string): string {
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') return 'it has no TLS, which database_ca_certificate asks for';
  if (code === 'ER_SECURE_TRANSPORT_REQUIRED')
    return 'it accepts connections with TLS only: set database_ca_certificate';
  return `its certificate was not accepted: ${text.replace(/\.$/u, '')} (${code})`;
}

function about({ table }: QueryContext): string {
  return table === undefined ? '' : ` on table ${table}`;
}

/** The column that a refusal is about, which both `Unknown column 'x'` and `for column 'x' in table 'y'` have. */
function columnIn(text: string): string | undefined {
  return /column '([^']+)'/u.exec(text)?.[1];
}

function describe(error: unknown): { readonly code?: string; readonly text: string } {
  if (typeof error !== 'object' || error === null) return { text: '' };
  const text = 'message' in error ? String(error.message) : '';
  if ('code' in error && typeof error.code === 'string') return { code: error.code, text };
  // Several addresses of one name were tried, and all of them failed.
  return 'errors' in error && Array.isArray(error.errors) ? describe(error.errors[0]) : { text };
}
