/** A call as a function of the API reads it, and the forms of its outcome. */
import type { Build } from './builds';
import { asLatin1, byteLength, quotedText, storedInColumn } from './columns';
import { listValue } from './parameters';
import { stripCharacters, type Stripping } from './sanitize';
import type { Store, User } from './store';

export interface Reply {
  /** 500 where PHP or SQL fails, 200 otherwise. */
  readonly status: number;
  readonly body: string;
}

/** What a call comes to. Nothing is stored before `commit`. */
export interface Outcome {
  readonly reply: Reply;
  /**
   * Whether the call reaches the point of writing: it passes every check of its function, or it is a deletion that
   * lacks only the permission to delete. A call that fails an earlier check is no different from a read-only lookup.
   */
  readonly writing: boolean;
  /** Stores the change, and returns the reply where it differs from the one above; absent where nothing is stored. */
  readonly commit?: () => Reply | undefined;
}

/** PHP or a look-up of the server fails: the call ends with an empty 500. */
export class ServerFailure extends Error {}

interface Insertion {
  /** Whether the key of the row exists. */
  readonly isTaken: () => boolean;
  readonly write: () => void;
  readonly afterwards?: () => void;
}

/** What the calls of one system have in common. */
export interface ApiContext extends Stripping {
  readonly build: Build;
  readonly store: Store;
}

export class ApiRequest {
  readonly name: string;
  readonly store: Store;
  readonly build: Build;

  /**
   * @param parameters as they were sent
   * @param user whose login is correct
   */
  constructor(
    readonly parameters: ReadonlyMap<string, string>,
    private readonly context: ApiContext,
    readonly user: User,
  ) {
    this.store = context.store;
    this.build = context.build;
    this.name = this.get('function');
  }

  /** A parameter as the server reads it: stripped, and empty where it was not sent. PHP writes a list as a word. */
  get(name: string): string {
    const sent = this.parameters.get(name) ?? '';
    return sent === listValue ? 'Array' : stripCharacters(name, sent, this.context);
  }

  /**
   * The length of a parameter in bytes (vicidial-api.md, section 6).
   *
   * @throws ServerFailure where it was sent as a list
   */
  lengthOf(name: string): number {
    if (this.parameters.get(name) === listValue) throw new ServerFailure();
    return byteLength(this.get(name));
  }

  /**
   * A parameter by which the server looks something up.
   *
   * @throws ServerFailure where it breaks the statement, or the tables do not have its letters
   */
  key(name: string): string {
    const sent = this.get(name);
    const value = quotedText(sent);
    const { latin1_tables: isLatin1, php } = this.store.settings;
    const fails = value === undefined || (isLatin1 && asLatin1(value) !== value);
    if (fails && php === 'strict') throw new ServerFailure();
    return value ?? sent;
  }

  /** What the column of a field stores of a value. */
  column(name: string, value: string): string {
    const text = storedInColumn(name, value, this.build.schema);
    return this.store.settings.latin1_tables ? asLatin1(text) : text;
  }

  /** The call passed every check: it answers SUCCESS and stores what `commit` stores. */
  success(message: string, data: string, commit: () => void): Outcome {
    return { reply: this.#successReply(message, data), writing: true, commit: () => void commit() };
  }

  /**
   * The call passed every check, and its statement fails: an empty 500, and nothing is stored. Where PHP is silent about
   * it, the reply is SUCCESS all the same (vicidial-api.md, section 1).
   *
   * @param afterwards what the server does after the statement
   */
  sqlFailure(message: string, data: string, afterwards: () => void = () => {}): Outcome {
    if (this.store.settings.php !== 'silent') return { reply: failure, writing: true };
    return this.success(message, data, afterwards);
  }

  /**
   * A new row. Its statement fails where the key exists: with the value that the column has truncated, or since another
   * call has added it after the checks.
   *
   * @param afterwards what the server does after the statement
   */
  inserted(message: string, data: string, { isTaken, write, afterwards = () => {} }: Insertion): Outcome {
    if (isTaken()) return this.sqlFailure(message, data, afterwards);
    const commit = () => {
      if (isTaken()) {
        const failed = this.sqlFailure(message, data, afterwards);
        failed.commit?.();
        return failed.reply;
      }
      write();
      afterwards();
      return undefined;
    };
    return { reply: this.#successReply(message, data), writing: true, commit };
  }

  /** A check failed. */
  error(message: string, data: string): Outcome {
    return rejected(reply(`ERROR: ${this.name} ${message}: |${this.userName}|${data}`));
  }

  /** Nothing to do. */
  notice(message: string, data: string): Outcome {
    return rejected(reply(`NOTICE: ${this.name} ${message}: |${this.userName}|${data}`));
  }

  /** The call passed every check but that of the permission to delete. */
  deletionDenied(message: string): Outcome {
    return { ...this.notice(message, '0'), writing: true };
  }

  /** The name of the user as it was sent, which may differ from its row: the login is case-insensitive. */
  get userName(): string {
    return this.get('user');
  }

  #successReply(message: string, data: string): Reply {
    return reply(`SUCCESS: ${this.name} ${message} - ${this.userName}|${data}`);
  }
}

export function reply(body: string): Reply {
  return { status: 200, body: `${body}\n` };
}

/** The call ends before the point of writing. */
export function rejected(answer: Reply): Outcome {
  return { reply: answer, writing: false };
}

/** PHP or SQL fails. */
export const failure: Reply = { status: 500, body: '' };
