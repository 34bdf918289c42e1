/**
 * Lets ESLint read files that are no JavaScript (Markdown, HCL, YAML) for rules that read the text alone: an empty program.
 *
 * @param {string} text
 */
function parseForESLint(text) {
  const lines = text.split('\n');
  return {
    ast: {
      type: 'Program',
      sourceType: 'script',
      body: [],
      tokens: [],
      comments: [],
      range: [0, text.length],
      loc: {
        start: { line: 1, column: 0 },
        end: { line: lines.length, column: lines[lines.length - 1].length },
      },
    },
    services: { isPlainText: true },
    visitorKeys: { Program: [] },
  };
}

export default { parseForESLint };
