/** Finds objects that VICIdial takes for one, or that share what it gives to one only. Both are named, by their paths. */
import { isUnresolved } from './unresolved';

/** An object that a stack declares. */
export interface DeclaredObject {
  /** Of the construct, to name it by. */
  readonly path: string;
  /** Which VICIdial it belongs to. */
  readonly provider: string;
  /** What was declared, by API name; undefined where it was not. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Fields that no two objects of one VICIdial may agree in. */
export interface UniqueFields {
  readonly fields: readonly string[];
  /** What to say of the paths of two that do. */
  readonly message: (first: string, second: string) => string;
}

export const uniquePhoneFields: readonly UniqueFields[] = [
  {
    fields: ['server_ip', 'extension'],
    message: (a, b) =>
      `${a} and ${b} are the same phone: one extension of one server, in whichever case of letters. Remove one of them.`,
  },
  {
    fields: ['phone_login'],
    message: (a, b) =>
      `${a} and ${b} have the same phoneLogin. A login belongs to one phone across all servers: give one of them another.`,
  },
];

export const uniquePhoneAliasFields: readonly UniqueFields[] = [
  {
    fields: ['alias_id'],
    message: (a, b) =>
      `${a} and ${b} are the same phone alias: one aliasId, in whichever case of letters. Remove one of them.`,
  },
];

/**
 * Compares objects in what is known of them before Terraform runs.
 *
 * @returns a message for each object that agrees with one before it
 */
export function findDuplicates(objects: readonly DeclaredObject[], uniques: readonly UniqueFields[]): string[] {
  return uniques.flatMap((unique) => duplicatesOf(objects, unique));
}

function duplicatesOf(objects: readonly DeclaredObject[], { fields, message }: UniqueFields): string[] {
  const seen = new Map<string, DeclaredObject>();
  return objects.flatMap((object) => {
    const values = fields.map((field) => object.values[field]);
    if (values.some((value) => value === undefined || isUnresolved(value))) return [];
    const key = JSON.stringify([object.provider, ...values.map((value) => String(value).toLowerCase())]);
    const first = seen.get(key);
    if (first) return [message(first.path, object.path)];
    seen.set(key, object);
    return [];
  });
}
