/** @typedef {import('./word-lists.mjs').Row} Row */

/** Between the words of a phrase: spaces, or a line break with the comment or quote mark that starts the next line. */
const gap = /\s+(?:(?:\*|\/\/|#|>)\s+)?/;

const escape = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const phrase = (words) => words.split(' ').map(escape).join(gap.source);

/** @param {string[]} phrases @param {string} flags */
const wholeWords = (phrases, flags) => new RegExp(`\\b(?:${phrases.map(phrase).join('|')})\\b`, flags);

/**
 * Finds refused words in a text.
 *
 * @param {Row[]} rows
 * @returns {(text: string) => { row: Row; word: string; start: number; end: number }[]} In the order of the list.
 */
export function textMatcher(rows) {
  const matchers = rows.map((row) => ({
    row,
    refused: wholeWords(row.words, 'gi'),
    allowed: row.allow && wholeWords(row.allow, 'gi'),
  }));
  // One pass over the text decides for nearly every text that there is nothing to find.
  const any = wholeWords(
    rows.flatMap(({ words }) => words),
    'i',
  );
  return (text) => {
    if (!any.test(text)) return [];
    return matchers.flatMap(({ row, refused, allowed }) => {
      const rest = allowed ? text.replace(allowed, (found) => '_'.repeat(found.length)) : text;
      return [...rest.matchAll(refused)].map((found) => ({
        row,
        word: found[0].split(gap).join(' '),
        start: found.index,
        end: found.index + found[0].length,
      }));
    });
  };
}

/** `httpServer2_id` is "http server id". @param {string} name */
const partsOf = (name) =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z]+/g, ' ')
    .toLowerCase();

/**
 * Finds refused words among the parts of a name.
 *
 * @param {Row[]} rows
 * @returns {(name: string) => { row: Row; word: string }[]}
 */
export function nameMatcher(rows) {
  const find = textMatcher(rows.map((row) => ({ ...row, allow: row.allow?.map(partsOf) })));
  return (name) => find(partsOf(name)).map(({ row, word }) => ({ row, word }));
}
