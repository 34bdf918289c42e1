/** A call as a function of the API reads it, and the forms of its outcome. */
import type { Build } from './builds';
import { stripCharacters } from './sanitize';
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
  /** Stores the change; absent where there is none. */
  readonly commit?: () => void;
}

export class ApiRequest {
  readonly name: string;

  /**
   * @param parameters as they were sent
   * @param letters the letters that the server keeps, as the body of a regular-expression class
   */
  constructor(
    readonly parameters: ReadonlyMap<string, string>,
    readonly store: Store,
    readonly build: Build,
    readonly user: User,
    private readonly letters: string,
  ) {
    this.name = parameters.get('function') ?? '';
  }

  /** A parameter as the server reads it: stripped, and empty where it was not sent. */
  get(name: string): string {
    const letters = name === 'voicemail_id' && !this.build.lettersInVoicemailId ? '' : this.letters;
    return stripCharacters(name, this.parameters.get(name) ?? '', letters);
  }

  /** The call passed every check: it answers SUCCESS and stores what `commit` stores. */
  success(message: string, data: string, commit: () => void): Outcome {
    const success = reply(`SUCCESS: ${this.name} ${message} - ${this.user.user}|${data}`);
    return { reply: success, writing: true, commit };
  }

  /** A check failed. */
  error(message: string, data: string): Outcome {
    return rejected(reply(`ERROR: ${this.name} ${message}: |${this.user.user}|${data}`));
  }

  /** Nothing to do. */
  notice(message: string, data: string): Outcome {
    return rejected(reply(`NOTICE: ${this.name} ${message}: |${this.user.user}|${data}`));
  }

  /** The call passed every check but that of the permission to delete. */
  deletionDenied(message: string): Outcome {
    return { ...this.notice(message, '0'), writing: true };
  }
}

export function reply(body: string): Reply {
  return { status: 200, body: `${body}\n` };
}

/** The call ends before the point of writing. */
export function rejected(answer: Reply): Outcome {
  return { reply: answer, writing: false };
}

/** The SQL statement fails: an empty 500, and nothing is stored (vicidial-api.md, section 1). */
export const sqlFailure: Outcome = { reply: { status: 500, body: '' }, writing: true };
