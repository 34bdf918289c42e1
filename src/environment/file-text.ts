/** Where the parts of an environment are written. */
import type { Origin, OriginKind } from './environment';
import type { Place } from './problems';

/** A file, or what a program gives instead of one. */
export interface FileText {
  /** The name in messages. */
  readonly file: string;
  /** The line of a part; undefined where there is no file. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/** The place of a part of a file. */
export function placeOf(text: FileText, path: readonly PropertyKey[]): Place {
  return { file: text.file, line: text.lineOf(path), field: path.map(String).join('.') };
}

export function originOf(text: FileText, path: readonly PropertyKey[], kind: OriginKind): Origin {
  return { kind, ...placeOf(text, path) };
}

/** What a program gives: it has no lines. */
export function programText(file: string): FileText {
  return { file, lineOf: () => undefined };
}
