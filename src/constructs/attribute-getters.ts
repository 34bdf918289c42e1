/** Getters, setters and the rest of what the bindings that CDKTF generates have for each attribute. */
import type { IResolvable } from 'cdktf';
import { camelCase } from '../model/case';
import type { ValueType } from './synthesized-values';

/** What a construct, or an object of a map, can give references to. */
interface Referable {
  getStringAttribute(name: string): string;
  getNumberAttribute(name: string): number;
  getListAttribute(name: string): string[];
  getBooleanAttribute(name: string): IResolvable;
}

interface Typed {
  readonly type?: ValueType;
}

/** A construct whose arguments can be changed until it is synthesised. */
interface Changeable {
  input(name: string): unknown;
  setInput(name: string, value: unknown): void;
}

/**
 * Defines a getter for each attribute, in camelCase.
 *
 * @param target a construct, the prototype of its class, or an object of a map
 * @param attributes by the names of Terraform
 */
export function defineAttributes(target: object, attributes: Readonly<Record<string, Typed>>): void {
  for (const [name, field] of Object.entries(attributes)) {
    Object.defineProperty(target, camelCase(name), { get: attributeGetter(name, field), configurable: true });
  }
}

/**
 * Defines a setter for each argument, beside the getter of the attribute where there is one, the getter of its input, and
 * a method that leaves it out.
 *
 * @param target the prototype of a class
 * @param names of the arguments in Terraform
 */
export function defineArguments(target: object, names: readonly string[]): void {
  for (const name of names) {
    const prop = camelCase(name);
    Object.defineProperty(target, prop, {
      ...Object.getOwnPropertyDescriptor(target, prop),
      set(this: Changeable, value: unknown) {
        this.setInput(name, value);
      },
    });
    Object.defineProperty(target, `${prop}Input`, { get: inputGetter(name) });
    Object.defineProperty(target, `reset${prop.charAt(0).toUpperCase()}${prop.slice(1)}`, {
      value(this: Changeable) {
        this.setInput(name, undefined);
      },
    });
  }
}

/** A getter of what an argument is set to, where it is no attribute that could be referred to. */
export function defineInputs(target: object, names: readonly string[]): void {
  for (const name of names)
    Object.defineProperty(target, camelCase(name), { get: inputGetter(name), configurable: true });
}

function attributeGetter(name: string, { type }: Typed) {
  return function get(this: Referable): unknown {
    if (type === 'number') return this.getNumberAttribute(name);
    if (type === 'bool') return this.getBooleanAttribute(name);
    return type === undefined ? this.getStringAttribute(name) : this.getListAttribute(name);
  };
}

function inputGetter(name: string) {
  return function get(this: Changeable): unknown {
    return this.input(name);
  };
}
