/** A call as a function of the API sees it, and the forms of its replies. */
import type { Build } from './builds';
import { stripCharacters } from './sanitize';
import type { Store, User } from './store';

export interface Reply {
  /** 500 where PHP or SQL fails. */
  readonly status: number;
  readonly body: string;
}

export class Request {
  readonly name: string;

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
    const letters = name === 'voicemail_id' && !this.build.voicemailLetters ? '' : this.letters;
    return stripCharacters(name, this.parameters.get(name) ?? '', letters);
  }

  success(message: string, data: string): Reply {
    return reply(`SUCCESS: ${this.name} ${message} - ${this.user.user}|${data}`);
  }

  error(message: string, data: string): Reply {
    return reply(`ERROR: ${this.name} ${message}: |${this.user.user}|${data}`);
  }

  notice(message: string, data: string): Reply {
    return reply(`NOTICE: ${this.name} ${message}: |${this.user.user}|${data}`);
  }
}

export function reply(body: string): Reply {
  return { status: 200, body: `${body}\n` };
}

/** What is left of a request when its SQL fails: nothing. */
export const sqlFailure: Reply = { status: 500, body: '' };
