/** Reads what a system has stored, which the API cannot: from the admin pages, or from the database. Never writes. */
import type { ObjectType } from '../model/field-definition';
import type { Stored } from '../model/observed-values';
import type { ObjectRef } from '../model/operation';

/**
 * What is stored of an object, by the API's names. A field that could not be read is left out. What is empty is the empty
 * string, also where the row has NULL, or `--NONE--` for a template. The key is spelled as it is stored.
 */
export type StoredValues = Stored;

export type Reading =
  | {
      readonly status: 'found';
      readonly values: StoredValues;
      /** The fields with values that the source has, but does not show as they are. */
      readonly unreadable?: readonly string[];
    }
  /** In a user group that the API user may not view. The admin pages do not distinguish it from `not-found`. */
  | { readonly status: 'hidden' }
  | { readonly status: 'not-found' };

/** What objects refer to, with what administrators call it. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Server extends Named {
  readonly ip: string;
  readonly active: boolean;
}

export interface Reader {
  readonly source: 'admin' | 'database';
  /** Reads an object; from the snapshot of the run, or a list that it has read, where there is one. */
  read(object: ObjectRef): Promise<Reading>;
  /** Reads an object as it is stored now: after a write. */
  readAgain(object: ObjectRef): Promise<Reading>;
  /** All objects of a type that the API user may view. The admin pages have a few fields of phones only. */
  list(type: ObjectType): Promise<readonly StoredValues[]>;
  /** Whether the API user has "AST Delete Phones". */
  mayDelete(): Promise<boolean>;
  /** Every configuration template. */
  templates(): Promise<readonly Named[]>;
  /** Every server; with the admin pages by its `server_ip` only. */
  servers(): Promise<readonly Server[]>;
  /** The user groups; with the admin pages those which the API user may view, and undefined where no page lists them. */
  userGroups(): Promise<readonly Named[] | undefined>;
  close(): Promise<void>;
}
