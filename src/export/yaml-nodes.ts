/** Nodes of YAML as exported environment files have them. */
import { Document, Scalar, YAMLSeq, type Node, type YAMLMap } from 'yaml';

/** Words such as `yes` are booleans to older programs: they are quoted. */
export const schemaOptions = { compat: 'yaml-1.1' } as const;

/** A key of digits is a number of YAML without quotes. */
export function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}

const document = new Document({}, schemaOptions);

/** Characters of a line on which an entry is easy to read. */
const maxLineLength = 160;

/** An entry of a list: on one line where that is short enough. */
export function entry(values: Readonly<Record<string, unknown>>, note: string): YAMLMap {
  const map = flow(values);
  const isLong = map.toString().length > maxLineLength || 'exceptions' in values;
  if (isLong) map.flow = false;
  if (note === '') return map;
  if (isLong) map.commentBefore = ` ${note}`;
  else map.comment = ` ${note}`;
  return map;
}

/** A map on one line. */
export function flow(values: Readonly<Record<string, unknown>>): YAMLMap {
  return document.createNode(values, { flow: true });
}

/** A map of several lines. */
export function block(values: Readonly<Record<string, unknown>>): YAMLMap {
  return document.createNode(values);
}

/** A map of one value on one line, any other as a block. */
export function shortMap(values: Readonly<Record<string, unknown>>): YAMLMap {
  return Object.keys(values).length === 1 ? flow(values) : block(values);
}

/** A list on one line. */
export function flowList(values: readonly unknown[]): YAMLSeq {
  return document.createNode(values, { flow: true });
}

/** A list of nodes, one a line. */
export function list(nodes: readonly Node[]): YAMLSeq {
  const sequence = new YAMLSeq();
  sequence.items.push(...nodes);
  return sequence;
}
