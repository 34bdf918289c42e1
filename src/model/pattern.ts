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

const wildcards = /[*?]/u;

/** Several patterns. Those without wildcards are looked up, so that their number does not count. */
export class Patterns {
  readonly #identities: ReadonlySet<string>;
  readonly #others: readonly string[];

  constructor(patterns: readonly string[]) {
    this.#identities = new Set(patterns.filter((each) => !wildcards.test(each)).map(identityKey));
    this.#others = patterns.filter((each) => wildcards.test(each));
  }

  /** Whether a text matches one of them. */
  match(text: string): boolean {
    return this.#identities.has(identityKey(text)) || this.#others.some((each) => matchesPattern(each, text));
  }

  /** Those that match none of the texts. */
  static unmatched(patterns: readonly string[], texts: readonly string[]): string[] {
    const identities = new Set(texts.map(identityKey));
    return patterns.filter((each) =>
      wildcards.test(each) ? !texts.some((text) => matchesPattern(each, text)) : !identities.has(identityKey(each)),
    );
  }
}
