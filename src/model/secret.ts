import { inspect } from 'node:util';

const mask = '(sensitive)';

/**
 * A password that cannot be printed by accident: its string, JSON and inspect forms are all masked.
 * `open` is called only where a value is checked or compared, leaves in a request or a state, or is redacted from a reply.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The password itself. Never into a message, a log or an error. */
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

  [inspect.custom](): string {
    return mask;
  }
}
