/** Text in Markdown that no value can break. */

/** A value as code, with its control characters visible. */
export function code(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, escapeCharacter);
  if (visible === '') return '`""`';
  const runs = visible.match(/`+/gu) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  // Spaces keep the fence apart from backticks of the value, and are not shown.
  const padding = runs.length > 0 || /^ .* $/u.test(visible) ? ' ' : '';
  return fence + padding + visible + padding + fence;
}

/** A sentence that is not ours, such as the message of a check: its characters have no meaning in Markdown. */
export function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\\`*_{}[\]<>()#+\-.!|~&@]/gu, (character) => `\\${character}`);
}

/** Text of several lines, as a block of code. */
export function block(text: string): string {
  const lines = text.replace(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}]/gu, escapeCharacter);
  const fence = '`'.repeat(Math.max(2, ...(lines.match(/`+/gu) ?? []).map(({ length }) => length)) + 1);
  return `${fence}text\n${lines}\n${fence}`;
}

/** What opens on a click. */
export function details(summary: string, lines: readonly string[]): string[] {
  return [`<details><summary>${summary}</summary>`, '', ...lines, '', '</details>'];
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
