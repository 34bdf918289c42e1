/** Reads YAML (or JSON, which is YAML) that a person wrote, with complaints that name file, line and field. */
import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';

export interface YamlFile<T> {
  /** The file as it is written, comments and all. */
  readonly document: Document;
  readonly data: T;
}

/**
 * Reads and checks a file.
 *
 * @throws Error with a line for each complaint: `FILE:LINE: FIELD: what is wrong`
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const [broken] = document.errors;
  // The first line of the parser's message; the rest draws the place.
  if (broken) throw new Error(`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`);
  const { data, error } = schema.safeParse(document.toJS());
  if (!error) return { document, data };
  const complaints = error.issues.map(
    ({ path, message }) => `${file}:${lineOf(document, lines, path)}: ${path.map(String).join('.')}: ${message}`,
  );
  throw new Error(complaints.join('\n'));
}

/** The line of the innermost part of a path that the file has. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
