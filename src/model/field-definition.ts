/** The columns of a field definition, and the types that follow from a table of them. */
import { oncePer } from '../once-per';
import type { AllowedCharacters } from './characters';
import type { Secret } from './secret';

/** How many characters a function accepts. Without `max` the function does not check, and the column truncates. */
export interface LengthBounds {
  readonly min: number;
  readonly max?: number;
}

/** What the function that creates an object does with a field. */
export type OnCreate =
  /** It fails without the field. */
  | 'required'
  /** It stores the field when it is sent. */
  | 'optional'
  /** It does not read the field: setting it takes a second operation. */
  | 'ignored';

/** A row of a field table: everything that Phonestate knows about a field, and the only place where it is written. */
export interface FieldDefinition {
  /** Markdown, for the schema, the props and the docs. */
  readonly description: string;
  /** `number` holds a whole number, `logins` an ordered list of phone logins; without it, a string. */
  readonly type?: 'number' | 'logins';
  /** Part of the object's identity: another value is another object. */
  readonly key?: true;
  /** Never shown. */
  readonly secret?: true;
  /** The only values that are stored. Every other value is refused, or ignored silently. */
  readonly choices?: readonly string[];
  /** Other names of choices, which users know from elsewhere. */
  readonly choiceSynonyms?: Readonly<Record<string, string>>;
  /** The choices are offsets from GMT in hours. */
  readonly offset?: true;
  /** The choices are accepted in any case, and stored as they are written here. */
  readonly caseInsensitive?: true;
  /** Values that a user may expect to be choices, each with the reason why it is not one. */
  readonly unsupportedChoices?: Readonly<Record<string, string>>;
  /** Two phones of one server should not have the same value: the warning where they have. */
  readonly sharedWarning?: 'dialplan-number-shared' | 'mailbox-shared';
  /** For numbers: the minimum and the maximum. */
  readonly range?: readonly [number, number];
  readonly allowedCharacters: AllowedCharacters;
  /** For characters that are allowed from a build on: the ones allowed before it. */
  readonly allowedCharactersBefore?: { readonly build: number; readonly allowed: AllowedCharacters };
  /** A telephone number. Letters would be stored, but cannot be dialled. */
  readonly digitsOnly?: true;
  /** The server stores a space for each `+`, and its SQL fails on an apostrophe. */
  readonly email?: true;
  /** A value that is no choice, or too short, is ignored silently, where other fields are refused. */
  readonly ignoresInvalid?: true;
  /** Characters that the column holds. Longer values are truncated silently. */
  readonly columnLength: number;
  /** Characters that the column may hold on schemas before a build, where that differs. */
  readonly columnLengthBefore?: { readonly build: number; readonly length: number };
  readonly onCreate: OnCreate;
  readonly create: LengthBounds;
  readonly update: LengthBounds;
  /** Whether update_phone empties the field when it reads `--BLANK--`. */
  readonly clearable?: true;
  /** Why the field cannot be emptied, where a user would not expect that. */
  readonly notClearableReason?: string;
  /** What a new object has in the field when the creating function did not set it. */
  readonly serverDefault?: string;
  /** True where the creating function itself writes `serverDefault`, whatever the column's default. */
  readonly addSetsDefault?: true;
  /** The first build that has the field. Older builds ignore it silently. */
  readonly sinceBuild?: number;
  /** A typical value, for docs and examples. */
  readonly example: string;
}

/** A type of object in VICIdial: its fields, its identity, and the functions that write it. */
export interface ObjectType {
  /** For messages: `phone`, `phone alias`. */
  readonly noun: string;
  /** The resource type in Terraform. */
  readonly resourceType: `vicidial_${string}`;
  /** The key fields in the order in which the id has them, joined by `/`. */
  readonly idFields: readonly string[];
  readonly addFunction: WriteFunction;
  readonly updateFunction: WriteFunction;
  /** The parameter of `updateFunction` that deletes the object when it is `Y`. */
  readonly deleteParameter: string;
  /** The field that holds the phone login, where the object has one. */
  readonly loginField?: string;
  /** The field that holds the password of the phone login, where the object has one. */
  readonly passwordField?: string;
  readonly fields: Readonly<Record<string, FieldDefinition>>;
}

export type WriteFunction = 'add_phone' | 'update_phone' | 'add_phone_alias' | 'update_phone_alias';

/** Any field's value. */
export type FieldValue = string | number | readonly string[] | Secret;

/** The values of an object by field name; null, or left out, where a field is not managed. */
export type FieldValues = Readonly<Record<string, FieldValue | null>>;

/**
 * No field managed: null in each. Values that begin as a copy of it take less memory than those to which one field is added
 * after another, and most fields are not managed.
 */
export const nullValues = oncePer((fields: ObjectType['fields']): Readonly<Record<string, null>> =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, null])),
);

/** The value of a field as a string: empty where it is not set, or not a string. */
export function stringValue(values: FieldValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}
