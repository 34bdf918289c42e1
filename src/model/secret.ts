/** Node.js prints an object by the method of this name. */
const inspection: unique symbol = Symbol.for('nodejs.util.inspect.custom');

const mask = '(sensitive)';

/**
 * A password that cannot be printed by accident: its string, JSON and inspect forms are masked.
 * `open` is called only where a value is validated, compared, sent, written to state, or redacted.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The password in clear. Never put it into a message, a log or an error. */
  open(): string {
    return this.#value;
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspection](): string {
    return mask;
  }
}
