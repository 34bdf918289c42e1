/** Text in Markdown that no value can break. */

/** Characters that are not seen, or that change the direction or the order of what follows. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A value as code, with the characters visible that are not seen. */
export function code(text: string): string {
  const visible = visibleText(text);
  if (visible === '') return '`""`';
  const runs = visible.match(/`+/gu) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  // Spaces keep the fence apart from backticks of the value, and are not shown.
  const padding = runs.length > 0 || /^ .* $/u.test(visible) ? ' ' : '';
  return fence + padding + visible + padding + fence;
}

/** A text with the characters visible that are not seen, such as a line break. */
export function visibleText(text: string): string {
  return text.replace(unseen, escapeCharacter);
}

/** A sentence that is not ours, such as the message of a check: its characters have no meaning in Markdown. */
export function plain(text: string): string {
  return (
    text
      .replace(/[\n\r\t]+/gu, ' ')
      .replace(unseen, escapeCharacter)
      .trim()
      .replace(/[\\`*_{}[\]<>#|~&@$]|^[-+=]|(?<=^\d+)[.)]|:(?=\/\/)|(?<=www)[.]|!(?=\d)/giu, '\\$&')
      // Git servers make a mention or a link of these even where they are escaped, unless something follows.
      .replace(/\\[@#!$]/gu, '$&<!-- -->')
  );
}

/** Text of several lines, as a block of code. */
export function block(text: string): string {
  const lines = text
    .replaceAll('\r\n', '\n')
    .replace(unseen, (character) => (character === '\n' ? character : escapeCharacter(character)));
  const fence = '`'.repeat(Math.max(2, ...(lines.match(/`+/gu) ?? []).map(({ length }) => length)) + 1);
  return `${fence}text\n${lines}\n${fence}`;
}

/** What opens on a click. */
export function details(summary: string, lines: readonly string[]): string[] {
  return [`<details><summary>${summary}</summary>`, '', ...lines, '', '</details>', ''];
}

/** Text in HTML, in an element or in an attribute. */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"'`]/gu, (character) => `&#${character.charCodeAt(0)};`);
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
