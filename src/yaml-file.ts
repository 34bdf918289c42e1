/** Reads and validates YAML files (JSON is YAML too); errors name file, line and field. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Pair,
  type Scalar,
} from 'yaml';
import type { z } from 'zod';
import { readFile } from './read-file';
import { bindAliases, keyOf, startOf } from './yaml-nodes';

/** What is wrong with one value of a file. */
export interface FileProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export interface YamlFile<T> {
  /** The parsed file, comments included. */
  readonly document: Document;
  readonly data: T;
}

/**
 * How often a file may repeat what an anchor names: once for each phone of a large call centre. A bound keeps nested
 * aliases from growing without end.
 */
const maxAliasCount = 200_000;

/** A parsed file that knows the line of each of its values. */
export class YamlText {
  readonly #lines = new LineCounter();
  readonly #pairs = new WeakMap<object, Map<string, Pair>>();
  readonly document: Document;
  /** The values; undefined where the text is no YAML. */
  readonly value: unknown;
  /** What is wrong with the text itself, with the line of each. */
  readonly syntaxErrors: readonly { readonly line: number; readonly message: string }[];

  constructor(text: string) {
    // The parser would compare each key of a map with all others.
    this.document = parseDocument(text, { lineCounter: this.#lines, merge: true, uniqueKeys: false });
    // The other lines of the parser's message quote the source.
    const errors = this.document.errors.map(({ message, pos: [start] }) => ({
      start,
      message: message.split('\n')[0],
    }));
    const problems = [...errors, ...bindAliases(this.document, this.#lines)].sort((a, b) => a.start - b.start);
    if (problems.length === 0) {
      try {
        this.value = this.document.toJS({ maxAliasCount });
      } catch (error) {
        // Aliases that repeat too much; which of them is not said.
        problems.push({ start: 0, message: error instanceof Error ? error.message : String(error) });
      }
    }
    this.syntaxErrors = problems.map(({ start, message = '' }) => ({ line: this.#lines.linePos(start).line, message }));
  }

  /** The line of the deepest part of a path that the file contains. Follows aliases and merge keys. */
  lineOf(path: readonly PropertyKey[]): number {
    let node: unknown = this.document.contents;
    let offset = startOf(node) ?? 0;
    for (const key of path) {
      const child = this.#child(node, key);
      if (!child) break;
      offset = child.offset ?? offset;
      node = child.node;
    }
    return this.#lines.linePos(offset).line;
  }

  /** What YAML reads otherwise than it seems: numbers with leading zeros, and keys without a value. */
  misleadingValues(): FileProblem[] {
    const found: FileProblem[] = [];
    const visit = (node: unknown, path: readonly PropertyKey[]): void => {
      const message = isScalar(node) ? misleadingScalar(node) : undefined;
      if (message !== undefined) found.push({ path, message });
      if (isSeq(node)) node.items.forEach((item, index) => visit(item, [...path, index]));
      if (!isMap(node)) return;
      for (const { key, value } of node.items) {
        visit(key, [...path, keyOf(key)]);
        visit(value, [...path, keyOf(key)]);
      }
    };
    visit(this.document.contents, []);
    return found;
  }

  /** An entry of a list or map, and where it starts. The entry of a map starts at its key. */
  #child(
    parent: unknown,
    key: PropertyKey,
  ): { readonly node: unknown; readonly offset: number | undefined } | undefined {
    const node = this.#resolve(parent);
    if (isSeq(node)) {
      const item = node.items[Number(key)];
      return item === undefined ? undefined : { node: item, offset: startOf(item) };
    }
    const pair = isMap(node) ? this.#pairsOf(node).get(String(key).normalize('NFC')) : undefined;
    return pair && { node: pair.value, offset: startOf(pair.key) };
  }

  #resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  /** The pairs of a map by key, with those that it merges. */
  #pairsOf(map: { readonly items: readonly Pair[] }): Map<string, Pair> {
    const known = this.#pairs.get(map);
    if (known) return known;
    const pairs = new Map<string, Pair>();
    this.#pairs.set(map, pairs);
    const isMerge = ({ key }: Pair) => isScalar(key) && key.source === '<<';
    for (const pair of map.items) if (!isMerge(pair)) pairs.set(keyOf(pair.key), pair);
    for (const pair of map.items.filter(isMerge)) {
      const merged = this.#resolve(pair.value);
      for (const each of isSeq(merged) ? merged.items : [merged]) {
        const node = this.#resolve(each);
        if (!isMap(node)) continue;
        for (const [key, own] of this.#pairsOf(node)) if (!pairs.has(key)) pairs.set(key, own);
      }
    }
    return pairs;
  }
}

function misleadingScalar({ value, source = '' }: Scalar): string | undefined {
  if (typeof value === 'number' && /^[-+]?0\d/u.test(source))
    return `${source} has leading zeros, which YAML drops; write "${source}"`;
  return value === null && source === ''
    ? 'has no value; write ~ for one that is not managed, or "" for an empty one'
    : undefined;
}

/**
 * Reads and validates a file.
 *
 * @throws Error whose message has a line for each error: `FILE:LINE: FIELD: what is wrong`
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>): YamlFile<T> {
  const yaml = new YamlText(readFile(file).toString());
  const [syntaxError] = yaml.syntaxErrors;
  if (syntaxError) throw new Error(`${file}:${syntaxError.line}: ${syntaxError.message}`);
  const { data, error } = schema.safeParse(yaml.value, { reportInput: true });
  if (!error) return { document: yaml.document, data };
  const errors = schemaProblems(error).map(({ path, message }) =>
    [`${file}:${yaml.lineOf(path)}`, ...fieldOf(path), message].join(': '),
  );
  throw new Error(errors.join('\n'));
}

/** An error about the whole file is about no field. */
function fieldOf(path: readonly PropertyKey[]): readonly string[] {
  return path.length === 0 ? [] : [path.map(String).join('.')];
}

/**
 * The issues of a schema in plain words.
 *
 * @param error of `safeParse` with `reportInput`, so that an issue is that of the form that a value has
 */
export function schemaProblems({ issues }: z.core.$ZodError): FileProblem[] {
  return issues.flatMap(plainIssues);
}

function plainIssues(issue: z.core.$ZodIssue): FileProblem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    // A schema that has a message for each key writes one line for each.
    const messages = issue.message.split('\n');
    if (messages.length === issue.keys.length)
      return issue.keys.map((key, index) => ({ path: [...path, key], message: messages[index] ?? '' }));
  }
  if (issue.code !== 'invalid_union') return [{ path, message: plainMessage(issue.message) }];
  const forms = matchingForms(issue.errors, issue.input);
  const [first = []] = forms;
  if (forms.length === 1) {
    const problems = first.flatMap(plainIssues);
    return problems.map((problem) => ({ path: [...path, ...problem.path], message: problem.message }));
  }
  const messages = forms.map(([form]) => (form ? plainIssues(form)[0]?.message : '') ?? '');
  return [{ path, message: messages.join(', or ') || issue.message }];
}

type Form = readonly z.core.$ZodIssue[];

/**
 * The forms that a value may have been meant to have: "Invalid input" alone does not say what to write. A form whose type
 * the value has, or else those of the same kind: an object, a list, or a single value.
 */
function matchingForms(forms: readonly Form[], input: unknown): readonly Form[] {
  const ofType = forms.filter((form) => !form.some(isOfAnotherType));
  if (ofType.length > 0) return ofType.slice(0, 1);
  const ofKind = forms.filter(([first]) => first && kindOfForm(first) === kindOf(input));
  return ofKind.length > 0 ? ofKind : forms;
}

function isOfAnotherType({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union');
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null ? 'object' : 'single';
}

function kindOfForm(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return 'single';
  if (issue.expected === 'array') return 'list';
  return issue.expected === 'object' || issue.expected === 'record' ? 'object' : 'single';
}

function plainMessage(message: string): string {
  return message
    .replace(/^Invalid (?:input|option): /u, '')
    .replace(/^expected (.*), received undefined$/u, 'is missing; expected $1')
    .replace(/^expected (.*), received (.*)$/u, 'expected $1, not $2')
    .replaceAll('"|"', '" or "');
}
