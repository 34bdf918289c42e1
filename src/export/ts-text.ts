/** Values of TypeScript, as prettier writes them. */
import type { DeclaredValue } from './managed-values';

/** A string, number, list or undefined. */
export function tsValue(value: DeclaredValue | boolean | null | undefined): string {
  if (value === null || value === undefined) return 'undefined';
  if (typeof value === 'string') return tsString(value);
  return typeof value === 'object' ? `[${value.map(tsString).join(', ')}]` : String(value);
}

function tsString(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return text.includes("'") && !text.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}

/** An object on one line. */
export function tsObject(values: Readonly<Record<string, DeclaredValue | boolean | null>>): string {
  const entries = Object.entries(values).map(([name, value]) => `${name}: ${tsValue(value)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A string in which an expression stands for a placeholder. */
export function tsTemplate(text: string, placeholder: string, expression: string): string {
  if (text === placeholder) return expression;
  if (!text.includes(placeholder)) return tsString(text);
  const escaped = text.replace(/[\\`]|\$(?=\{)/gu, '\\$&');
  return `\`${escaped.replaceAll(placeholder, `\${${expression}}`)}\``;
}
