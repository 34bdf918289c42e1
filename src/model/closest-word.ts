/** The known word that a misspelt one probably means. */
import { distance } from 'fastest-levenshtein';

/** Edits after which a word is no longer taken for a misspelt one. */
const maxEdits = 2;

/**
 * The closest known word, compared case-insensitively.
 *
 * @param maxEditsOf how many edits a known word may be away; by default two
 * @returns undefined where none is close
 */
export function closestWord(
  word: string,
  known: readonly string[],
  maxEditsOf: (known: string) => number = () => maxEdits,
): string | undefined {
  const [closest] = known
    .map((each) => ({ each, edits: distance(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, edits }) => edits <= maxEditsOf(each))
    .sort((a, b) => a.edits - b.edits);
  return closest?.each;
}
