/** Values and aligned lines of HCL, as `terraform fmt` writes them. */
import type { DeclaredValue } from './managed-values';

/** A string, number, list or null; in a string, what begins a template is escaped. */
export function hclValue(value: DeclaredValue | null): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `"${escapeText(value)}"`;
  return `[${value.map(hclValue).join(', ')}]`;
}

/**
 * A string with expressions in it.
 *
 * @param placeholders the expression that stands for each placeholder
 */
export function hclTemplate(text: string, placeholders: Readonly<Record<string, string>>): string {
  const [whole] = Object.entries(placeholders).filter(([placeholder]) => placeholder === text);
  if (whole) return whole[1];
  const pieces = Object.entries(placeholders).reduce(
    (parts, [placeholder, expression]) =>
      parts.flatMap((part) => (typeof part === 'string' ? join(part.split(placeholder), { expression }) : [part])),
    [text] as Piece[],
  );
  return `"${pieces.map((piece) => (typeof piece === 'string' ? escapeText(piece) : `\${${piece.expression}}`)).join('')}"`;
}

type Piece = string | { readonly expression: string };

function join(parts: readonly string[], separator: Piece): Piece[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}

function escapeText(text: string): string {
  return text
    .replace(/[\\"]/gu, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/([$%])\{/gu, '$1$1{');
}

/** An object on one line: `{ a = 1, b = 2 }`. */
export function hclObject(values: Readonly<Record<string, DeclaredValue | null>>): string {
  const entries = Object.entries(values).map(([name, value]) => `${name} = ${hclValue(value)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A line of a block: an assignment, or any other line. */
export type HclLine = string | readonly [name: string, expression: string];

/**
 * Lines of a block, indented. The equal signs of assignments that follow each other are aligned; any other line between
 * them ends that.
 */
export function hclLines(lines: readonly HclLine[], depth = 1): string {
  const indent = '  '.repeat(depth);
  const written: string[] = [];
  for (let start = 0; start < lines.length;) {
    const line = lines[start];
    if (line === undefined || typeof line === 'string') {
      written.push(line === undefined || line === '' ? '' : `${indent}${line}`);
      start += 1;
      continue;
    }
    let end = start;
    while (end < lines.length && typeof lines[end] !== 'string') end += 1;
    const group = lines.slice(start, end).filter((each): each is readonly [string, string] => typeof each !== 'string');
    const width = Math.max(...group.map(([name]) => [...name].length));
    written.push(...group.map(([name, value]) => `${indent}${name}${' '.repeat(width - [...name].length)} = ${value}`));
    start = end;
  }
  return written.join('\n');
}
