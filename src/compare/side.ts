/** One side of a comparison: the phones and phone aliases of an environment or of a system, in one form. */
import type { Secret } from '../model/secret';

/** A secret of an environment: which variable has it. Two of them are equal where they name the same one. */
export interface SecretReference {
  readonly reference: string;
}

export type SideValue = string | number | boolean | Secret | SecretReference;

export interface SideObject {
  /** Objects with the same key on both sides are a pair. */
  readonly key: string;
  /** What the object is called on its side: `east/55000`, or `10.0.0.11/55000`. */
  readonly id: string;
  /** By field. What is not among them is not managed here, or cannot be read. */
  readonly values: Readonly<Record<string, SideValue>>;
  /** Fields whose difference `extends` explains. */
  readonly explained: ReadonlySet<string>;
  /** Whether `extends` explains that only this side has the object. */
  readonly isAddition: boolean;
  /** The phones that a phone alias lists: the keys of the phones, and logins of no phone; undefined where not managed. */
  readonly logins?: ReadonlyMap<string, string> | undefined;
}

export interface Side {
  readonly label: string;
  readonly kind: 'environment' | 'system';
  readonly phones: readonly SideObject[];
  readonly aliases: readonly SideObject[];
  /** Whether `extends` explains objects that only the other side has: this one is derived from it. */
  readonly leavesOut: boolean;
}

export const nothingExplained: ReadonlySet<string> = new Set();
