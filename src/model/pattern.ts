/** Patterns of identities, such as `55*`. */
import { identityKey } from './identity';

/**
 * Whether the whole text matches a pattern: `*` stands for any number of characters, `?` for one, and every other
 * character for itself. Case and accents are ignored, as the server does (vicidial-api.md, section 6).
 *
 * The time grows with the product of both lengths at most: after a mismatch only the last `*` is extended.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const [wanted, actual] = [[...identityKey(pattern)], [...identityKey(text)]];
  let [position, index] = [0, 0];
  let lastStar: { readonly position: number; index: number } | undefined;
  while (index < actual.length) {
    if (wanted[position] === '*') {
      lastStar = { position, index };
      position += 1;
    } else if (wanted[position] === '?' || wanted[position] === actual[index]) {
      position += 1;
      index += 1;
    } else if (lastStar) {
      lastStar.index += 1;
      [position, index] = [lastStar.position + 1, lastStar.index];
    } else {
      return false;
    }
  }
  return wanted.slice(position).every((each) => each === '*');
}
