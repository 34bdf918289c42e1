import type { Characters } from './characters';
import type { Secret } from './secret';

/** How many characters a call accepts; without `max` the call does not look, and the column cuts. */
export interface Length {
  readonly min: number;
  readonly max?: number;
}

/** What the call that creates an object does with a field. */
export type OnCreate =
  /** The call fails without it. */
  | 'required'
  /** The call stores it when it is sent. */
  | 'optional'
  /** The call does not look at it: setting it takes a second call. */
  | 'ignored';

/** A row of a field table: all that Phonestate knows of a field, and the only place where it stands. */
export interface Field {
  /** Markdown, for the schema, the props and the docs. */
  readonly description: string;
  /** `number` holds a whole number, `logins` an ordered list of phone logins; all else is text. */
  readonly kind?: 'number' | 'logins';
  /** Part of the object's identity: another value is another object. */
  readonly key?: true;
  /** Never shown. */
  readonly secret?: true;
  /** The only values that are stored; everything else is refused, or ignored without a word. */
  readonly choices?: readonly string[];
  /** The choices are taken in any case of letters, but have one of their own. */
  readonly anyCase?: true;
  /** Values that a user may well expect to be choices, and why they are none. */
  readonly refused?: Readonly<Record<string, string>>;
  /** For numbers: the smallest and the largest. */
  readonly range?: readonly [number, number];
  readonly kept: Characters;
  /** For letters that survive only from a build on: what is kept before it. */
  readonly keptBefore?: { readonly build: number; readonly kept: Characters };
  /** A telephone number. Letters would survive the server, but not dial. */
  readonly digitsOnly?: true;
  /** The server stores a space for each `+`, and its SQL breaks on an apostrophe. */
  readonly email?: true;
  /** A value that is no choice or too short is ignored without a word, where other fields are refused. */
  readonly ignoresWrong?: true;
  /** Characters that the column holds; longer values are cut without a word. */
  readonly column: number;
  /** Characters that the column held on older schemas, where it differs. */
  readonly olderColumn?: number;
  readonly onCreate: OnCreate;
  readonly create: Length;
  readonly update: Length;
  /** Whether update_phone empties the field when it reads `--BLANK--`. */
  readonly clear?: true;
  /** Why the field cannot be emptied, where that surprises. */
  readonly notCleared?: string;
  /** What a new object has in the field when the creating call did not set it. */
  readonly initial?: string;
  /** True where the creating call itself writes `initial`, whatever the column's default. */
  readonly initialWritten?: true;
  /** The first build that knows the field; older ones ignore it without a word. */
  readonly since?: number;
  /** What a value looks like, for docs and examples. */
  readonly example: string;
}

/** A kind of object with the calls that write it. */
export interface Table {
  /** For messages: `phone`, `phone alias`. */
  readonly noun: string;
  readonly addFunction: WritingFunction;
  readonly updateFunction: WritingFunction;
  /** Sent as `Y` to the updating function, it deletes. */
  readonly deleteField: string;
  readonly fields: Readonly<Record<string, Field>>;
}

export type WritingFunction = 'add_phone' | 'update_phone' | 'add_phone_alias' | 'update_phone_alias';

/** What a field holds, inferred from its row. */
export type FieldValue<F extends Field> = F extends { kind: 'number' }
  ? number
  : F extends { kind: 'logins' }
    ? readonly string[]
    : F extends { secret: true }
      ? Secret
      : string;

/** Any field's value. */
export type AnyValue = string | number | readonly string[] | Secret;

/** An object as declared or recorded: null where a field is not managed. */
export type Values<T extends Table> = {
  readonly [Name in keyof T['fields']]: FieldValue<T['fields'][Name]> | null;
};

/** The same, for code that serves every table. */
export type AnyValues = Readonly<Record<string, AnyValue | null>>;
