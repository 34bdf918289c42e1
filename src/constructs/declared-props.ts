/** The props of a construct by their names in Terraform, as they are until it is synthesised. */
import { camelCase } from '../model/case';
import { composed } from '../model/composed-letters';
import { toHclTerraform, toTerraform, type ValueType } from './synthesized-values';

type Arguments = Readonly<Record<string, { readonly type?: ValueType }>>;

export class DeclaredProps {
  readonly #props: Record<string, unknown>;

  constructor(props: object) {
    this.#props = { ...composed(props) };
  }

  /** The value of an argument; undefined where it is not set. */
  get(name: string): unknown {
    return this.#props[camelCase(name)];
  }

  set(name: string, value: unknown): void {
    this.#props[camelCase(name)] = composed(value);
  }

  /** The names of what is set, as a program writes them. */
  names(): string[] {
    return Object.keys(this.#props).filter((name) => this.#props[name] !== undefined);
  }

  /** For `synthesizeAttributes`. */
  toTerraform(known: Arguments): Record<string, unknown> {
    return this.#write(known, toTerraform);
  }

  /** For `synthesizeHclAttributes`. */
  toHcl(known: Arguments): Record<string, unknown> {
    return this.#write(known, toHclTerraform);
  }

  #write(known: Arguments, write: (value: unknown, type?: ValueType) => unknown): Record<string, unknown> {
    const given = Object.entries(known).filter(([name]) => this.get(name) !== undefined);
    return Object.fromEntries(given.map(([name, { type }]) => [name, write(this.get(name), type)]));
  }
}
