import { textMatcher } from './match-words.mjs';
import { texts } from './word-lists.mjs';

const find = textMatcher(texts);

/**
 * Refuses the words of the list in strings, template strings and comments, and anywhere in a file that is read with
 * `plain-text-parser.mjs`.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export default {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { text: '"{{word}}": {{why}}. Instead: {{instead}}.' },
  },
  create({ sourceCode, report }) {
    const check = (start, end) => {
      for (const found of find(sourceCode.text.slice(start, end)))
        report({
          loc: {
            start: sourceCode.getLocFromIndex(start + found.start),
            end: sourceCode.getLocFromIndex(start + found.end),
          },
          messageId: 'text',
          data: { word: found.word, why: found.row.why, instead: found.row.instead },
        });
    };
    return {
      Program() {
        if (sourceCode.parserServices.isPlainText) return check(0, sourceCode.text.length);
        for (const token of sourceCode.ast.tokens)
          if (token.type === 'String' || token.type === 'Template') check(...token.range);
        for (const range of commentRanges(sourceCode)) check(...range);
      },
    };
  },
};

/** The comments, with those of adjacent lines as one: a phrase may continue on the next line. */
function commentRanges(sourceCode) {
  const ranges = [];
  for (const { range } of sourceCode.getAllComments()) {
    const last = ranges.at(-1);
    if (last && sourceCode.text.slice(last[1], range[0]).trim() === '') last[1] = range[1];
    else ranges.push([...range]);
  }
  return ranges;
}
