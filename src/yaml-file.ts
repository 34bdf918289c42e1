/** Reads and validates YAML files (JSON is YAML too); errors name file, line and field. */
import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
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
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const [syntaxError] = document.errors;
  if (syntaxError) {
    // The other lines of the parser's message quote the source.
    const [message] = syntaxError.message.split('\n');
    throw new Error(`${file}:${lines.linePos(syntaxError.pos[0]).line}: ${message}`);
  }
  const { data, error } = schema.safeParse(document.toJS());
  if (!error) return { document, data };
  const errors = error.issues.map(
    ({ path, message }) => `${file}:${lineOf(document, lines, path)}: ${path.map(String).join('.')}: ${message}`,
  );
  throw new Error(errors.join('\n'));
}

/** The line of the deepest part of a path that the file contains. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
