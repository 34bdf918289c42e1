import type { AllowedCharacters } from './characters';
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
export interface FieldDefinition {
  /** Markdown, for the schema, the props and the docs. */
  readonly description: string;
  /** `number` holds a whole number, `logins` an ordered list of phone logins; all else is text. */
  readonly type?: 'number' | 'logins';
  /** Part of the object's identity: another value is another object. */
  readonly key?: true;
  /** Never shown. */
  readonly secret?: true;
  /** The only values that are stored; everything else is refused, or ignored without a word. */
  readonly choices?: readonly string[];
  /** The choices are taken in any case of letters, but have one of their own. */
  readonly caseInsensitive?: true;
  /** Values that a user may well expect to be choices, and why they are none. */
  readonly unsupportedChoices?: Readonly<Record<string, string>>;
  /** For numbers: the smallest and the largest. */
  readonly range?: readonly [number, number];
  readonly allowedCharacters: AllowedCharacters;
  /** For letters that survive only from a build on: what is kept before it. */
  readonly allowedCharactersBefore?: { readonly build: number; readonly kept: AllowedCharacters };
  /** A telephone number. Letters would survive the server, but not dial. */
  readonly digitsOnly?: true;
  /** The server stores a space for each `+`, and its SQL breaks on an apostrophe. */
  readonly email?: true;
  /** A value that is no choice or too short is ignored without a word, where other fields are refused. */
  readonly ignoresInvalid?: true;
  /** Characters that the column holds; longer values are cut without a word. */
  readonly columnLength: number;
  /** Characters that the column held on older schemas, where it differs. */
  readonly legacyColumnLength?: number;
  readonly onCreate: OnCreate;
  readonly create: Length;
  readonly update: Length;
  /** Whether update_phone empties the field when it reads `--BLANK--`. */
  readonly clearable?: true;
  /** Why the field cannot be emptied, where that surprises. */
  readonly notClearableReason?: string;
  /** What a new object has in the field when the creating call did not set it. */
  readonly serverDefault?: string;
  /** True where the creating call itself writes `initial`, whatever the column's default. */
  readonly addSetsDefault?: true;
  /** The first build that knows the field; older ones ignore it without a word. */
  readonly sinceBuild?: number;
  /** What a value looks like, for docs and examples. */
  readonly example: string;
}

/** A kind of object with the calls that write it. */
export interface ObjectType {
  /** For messages: `phone`, `phone alias`. */
  readonly noun: string;
  /** Its type in Terraform. */
  readonly resourceType: 'vicidial_phone' | 'vicidial_phone_alias';
  readonly addFunction: WriteFunction;
  readonly updateFunction: WriteFunction;
  /** Sent as `Y` to the updating function, it deletes. */
  readonly deleteField: string;
  readonly fields: Readonly<Record<string, FieldDefinition>>;
}

export type WriteFunction = 'add_phone' | 'update_phone' | 'add_phone_alias' | 'update_phone_alias';

/** What a field holds, inferred from its row. */
export type ValueOf<F extends FieldDefinition> = F extends { type: 'number' }
  ? number
  : F extends { type: 'logins' }
    ? readonly string[]
    : F extends { secret: true }
      ? Secret
      : string;

/** Any field's value. */
export type FieldValue = string | number | readonly string[] | Secret;

/** An object as declared or recorded: null where a field is not managed. */
export type Values<T extends ObjectType> = {
  readonly [Name in keyof T['fields']]: ValueOf<T['fields'][Name]> | null;
};

/** The same, for code that serves every table. */
export type FieldValues = Readonly<Record<string, FieldValue | null>>;
