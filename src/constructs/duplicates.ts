/** Finds declarations of the same object, and of values that only one object of a VICIdial may have. */
import { identityKey } from '../model/identity';
import { isUnresolved } from './unresolved';

/** An object that a stack declares. */
export interface DeclaredObject {
  /** Path of the construct, for messages. */
  readonly path: string;
  /** Address of the provider configuration; objects of two of these belong to two systems. */
  readonly provider: string;
  /** Declared values by API name; undefined where a field is not set. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Fields whose values, taken together, must differ between the objects of one VICIdial. */
export interface UniqueFields {
  readonly fields: readonly string[];
  /** Message for two objects that share the values, given their paths. */
  readonly message: (first: string, second: string) => string;
}

export const uniquePhoneFields: readonly UniqueFields[] = [
  {
    fields: ['server_ip', 'extension'],
    message: (a, b) =>
      `${a} and ${b} declare the same phone (serverIp and extension, case-insensitive). Remove one of them.`,
  },
  {
    fields: ['phone_login'],
    message: (a, b) =>
      `${a} and ${b} have the same phoneLogin (case-insensitive). It must be unique across all servers: change one of them.`,
  },
];

export const uniquePhoneAliasFields: readonly UniqueFields[] = [
  {
    fields: ['alias_id'],
    message: (a, b) => `${a} and ${b} declare the same phone alias (aliasId, case-insensitive). Remove one of them.`,
  },
];

/**
 * Compares literal values as the server does, without case and accents; what is unresolved until Terraform runs is equal to nothing.
 *
 * @returns a message for each object that repeats an earlier one
 */
export function findDuplicates(objects: readonly DeclaredObject[], uniques: readonly UniqueFields[]): string[] {
  return uniques.flatMap((unique) => duplicatesOf(objects, unique));
}

function duplicatesOf(objects: readonly DeclaredObject[], { fields, message }: UniqueFields): string[] {
  const seen = new Map<string, DeclaredObject>();
  return objects.flatMap((object) => {
    const values = fields.map((field) => object.values[field]);
    if (values.some((value) => value === undefined || isUnresolved(value))) return [];
    const key = JSON.stringify([object.provider, ...values.map((value) => identityKey(String(value)))]);
    const first = seen.get(key);
    if (first) return [message(first.path, object.path)];
    seen.set(key, object);
    return [];
  });
}
