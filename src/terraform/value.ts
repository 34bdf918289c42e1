/** The values that Terraform sends and receives, as JavaScript sees them. */
import type { Type } from './schema';

/** A value that is known only after apply. There is one instance: compare with `===`. */
export class Unknown {
  static readonly value = new Unknown();
  private constructor() {}
  toString(): string {
    return '(known after apply)';
  }
}

export const unknown = Unknown.value;

/**
 * A Terraform value. Lists, sets and tuples are arrays; maps, objects and blocks are records.
 * A whole number beyond 2^53 is a bigint; a decimal that no double holds is a `Decimal`.
 */
export type Value =
  null | Unknown | string | number | bigint | boolean | Decimal | Dynamic | readonly Value[] | ObjectValue;

/** An object or block: a record with a value for every attribute, null where it is not set. */
export interface ObjectValue {
  readonly [name: string]: Value;
}

/** A number that neither a double nor a bigint holds exactly, as the decimal digits that Terraform sent. */
export class Decimal {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

/** The value of an attribute whose type is `dynamic`, with the type that the configuration gave it. */
export class Dynamic {
  constructor(
    readonly type: Type,
    readonly value: Value,
  ) {}
}
