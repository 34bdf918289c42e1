/** What a whole system has stored: the input of an export and of a comparison. */
import type { Stored } from './observed-values';

/** An object as a reader shows it. */
export interface StoredObject {
  readonly values: Stored;
  /** The fields that have values which the reader does not show as they are. */
  readonly unreadable?: readonly string[];
}

export interface SystemRows {
  readonly phones: readonly StoredObject[];
  readonly aliases: readonly StoredObject[];
}

/** What objects of a system refer to by name. */
export interface SystemReferences {
  readonly servers: readonly string[];
  readonly templates: readonly string[];
  /** Undefined where the reader does not list them. */
  readonly userGroups: readonly string[] | undefined;
}
