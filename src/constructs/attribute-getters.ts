/** Getters for attributes, so that other constructs may refer to them. */
import type { IResolvable } from 'cdktf';
import { camelCase } from '../model/case';
import type { DataField } from '../model/data-sources';

/** What a construct, or an object of a map, can give references to. */
interface Referable {
  getStringAttribute(name: string): string;
  getNumberAttribute(name: string): number;
  getListAttribute(name: string): string[];
  getBooleanAttribute(name: string): IResolvable;
}

type Typed = Pick<DataField, 'type'>;

/**
 * Defines a getter for each attribute, in camelCase.
 *
 * @param target a construct, the prototype of its class, or an object of a map
 * @param attributes by the names of Terraform
 */
export function defineAttributes(target: object, attributes: Readonly<Record<string, Typed>>): void {
  for (const [name, field] of Object.entries(attributes)) {
    Object.defineProperty(target, camelCase(name), { get: getter(name, field) });
  }
}

function getter(name: string, { type }: Typed) {
  return function get(this: Referable): unknown {
    if (type === 'number') return this.getNumberAttribute(name);
    if (type === 'bool') return this.getBooleanAttribute(name);
    return type === undefined ? this.getStringAttribute(name) : this.getListAttribute(name);
  };
}
