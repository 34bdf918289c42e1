/** Objects of an environment file: an unknown key is an error that suggests the closest known one. */
import * as z from 'zod';
import { snakeCase } from '../src/model/case';
import { closestWord } from '../src/model/closest-word';

/**
 * Makes an object schema that allows no keys but those of its shape.
 *
 * @param typeMessage the error where the value is no object
 */
export function strictObject<S extends z.core.$ZodShape>(shape: S, typeMessage: string) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys ?? [], known) : typeMessage),
  });
}

function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  return keys.map((key) => `unknown key "${key}"; ${hint(key, known)}`).join('; ');
}

function hint(key: string, known: readonly string[]): string {
  const closest = closestKey(key, known);
  return closest === undefined ? `allowed keys: ${known.join(', ')}` : `did you mean ${closest}?`;
}

/** The known key that a word misspells, in snake_case or camelCase; undefined where none is close. */
export function closestKey(word: string, known: readonly string[]): string | undefined {
  return closestWord(snakeCase(word), known);
}
