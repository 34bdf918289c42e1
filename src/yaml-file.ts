/** Reads and validates YAML files (JSON is YAML too); errors name file, line and field. */
import { readFileSync } from 'node:fs';
import { isNode, isScalar, LineCounter, parseDocument, type Document, type ParsedNode } from 'yaml';
import type { z } from 'zod';

export interface YamlFile<T> {
  /** The parsed file, comments included. */
  readonly document: Document;
  readonly data: T;
}

/**
 * Reads and validates a file.
 *
 * @throws Error whose message has a line for each error: `FILE:LINE: FIELD: what is wrong`
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, uniqueKeys: isSameKey });
  const [syntaxError] = document.errors;
  if (syntaxError) {
    // The other lines of the parser's message quote the source.
    const [message] = syntaxError.message.split('\n');
    throw new Error(`${file}:${lines.linePos(syntaxError.pos[0]).line}: ${message}`);
  }
  const { data, error } = schema.safeParse(document.toJS());
  if (!error) return { document, data };
  const errors = error.issues
    .map(plainIssue)
    .map(({ path, message }) => `${file}:${lineOf(document, lines, path)}: ${path.map(String).join('.')}: ${message}`);
  throw new Error(errors.join('\n'));
}

/** Keys that differ only in whether their letters are composed are one key: Terraform composes them. */
function isSameKey(a: ParsedNode, b: ParsedNode): boolean {
  if (a === b) return true;
  if (!isScalar(a) || !isScalar(b)) return false;
  return a.value === b.value || String(a.value).normalize('NFC') === String(b.value).normalize('NFC');
}

interface PlainIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * An issue in plain words. Where a value has several forms, the issue is that of the form that it has, or else what the
 * forms expect: "Invalid input" alone does not say what to write.
 */
function plainIssue(issue: z.core.$ZodIssue): PlainIssue {
  if (issue.code !== 'invalid_union') return { path: issue.path, message: plainMessage(issue.message) };
  const forms = issue.errors.map(([first]) => first && plainIssue(first));
  const [deepest] = forms.filter((form) => form && form.path.length > 0);
  if (deepest) return { path: [...issue.path, ...deepest.path], message: deepest.message };
  return { path: issue.path, message: forms.map((form) => form?.message ?? '').join(', or ') || issue.message };
}

function plainMessage(message: string): string {
  return message
    .replace(/^Invalid (?:input|option): /u, '')
    .replace(/^expected (.*), received undefined$/u, 'is missing; expected $1')
    .replace(/^expected (.*), received (.*)$/u, 'expected $1, not $2')
    .replaceAll('"|"', '" or "');
}

/** The line of the deepest part of a path that the file contains. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
