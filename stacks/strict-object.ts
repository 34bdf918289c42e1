/** Maps of an environment file: a key that is not known is named, with the one that was probably meant. */
import * as z from 'zod';
import { snakeCase } from '../src/model/case';

/** Letters that may be wrong in a key for it to be taken for another. */
const maxEditDistance = 2;

/**
 * An object schema that takes no other keys than those of its shape.
 *
 * @param otherwise what to say where there is no map at all
 */
export function strictObject<S extends z.core.$ZodShape>(shape: S, otherwise: string) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys ?? [], known) : otherwise),
  });
}

function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  return keys.map((key) => `there is no "${key}" here; ${hint(key, known)}`).join('; ');
}

function hint(key: string, known: readonly string[]): string {
  const near = closestKey(key, known);
  return near === undefined ? `it takes ${known.join(', ')}` : `did you mean ${near}?`;
}

/** The word that differs in a few letters only, whether written as in the API or as in TypeScript. */
export function closestKey(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, far: distance(snakeCase(word).toLowerCase(), name) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best && best.far <= maxEditDistance ? best.name : undefined;
}

/** How many letters must be put in, taken out or changed to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_none, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const [above = 0, left = 0, diagonal = 0] = [row[j + 1], next[j], row[j]];
      next.push(Math.min(above + 1, left + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
