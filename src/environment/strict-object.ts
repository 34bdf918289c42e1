/** Objects of an environment file: an unknown key is an error that suggests the closest known one. */
import * as z from 'zod';
import { snakeCase } from '../model/case';
import { closestWord } from '../model/closest-word';

/** Keys of a user's own, which are ignored: a place for YAML anchors. */
const ownKey = /^x-/u;

/** What a key was called, or may be expected to be called, where that is not close to its name. */
const otherNames: Readonly<Record<string, string>> = {
  deletion_protection: 'protect',
  user_group: 'admin_user_group',
  fullname: 'phone_full_name',
  full_name: 'phone_full_name',
  login: 'phone_login',
  pass: 'phone_pass',
};

/**
 * Makes an object schema that allows no keys but those of its shape, and keys that begin with `x-`.
 *
 * @param typeMessage the error where the value is no object
 */
export function strictObject<S extends z.core.$ZodShape>(shape: S, typeMessage: string) {
  const known = Object.keys(shape);
  return z.preprocess(
    withoutOwnKeys,
    z.strictObject(shape, {
      error: (issue) => {
        if (issue.code === 'unrecognized_keys')
          return (issue.keys ?? []).map((key) => unknownKey(key, known)).join('\n');
        return issue.input === undefined ? `is missing; ${typeMessage}` : typeMessage;
      },
    }),
  );
}

function withoutOwnKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  return entries.some(([key]) => ownKey.test(key))
    ? Object.fromEntries(entries.filter(([key]) => !ownKey.test(key)))
    : value;
}

function unknownKey(key: string, known: readonly string[]): string {
  const closest = closestKey(key, known);
  return `unknown key; ${closest === undefined ? `allowed keys: ${known.join(', ')}` : `did you mean ${closest}?`}`;
}

/** The known key that a word misspells, in snake_case or camelCase; undefined where none is close. */
export function closestKey(word: string, known: readonly string[]): string | undefined {
  const name = snakeCase(word).toLowerCase();
  const other = otherNames[name];
  if (other !== undefined && known.includes(other)) return other;
  return closest(name, known);
}

/** The candidate with the fewest edits to a word; undefined where none is close. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  return closestWord(word, [...candidates]);
}
