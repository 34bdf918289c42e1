/** Goes through the nodes of a YAML document once: what aliases stand for, and what is wrong that its parser does not report. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  visit,
  type Alias,
  type Document,
  type LineCounter,
  type Pair,
} from 'yaml';

/** What is wrong with a node, and where it starts. */
export interface NodeProblem {
  readonly start: number;
  readonly message: string;
}

/**
 * Lets each alias know what it stands for. An anchor holds until the next one of its name.
 *
 * @returns the keys that a map repeats, and the aliases and merge keys that have no value: from these the parser would throw
 * an error without a line, and of a cycle not end
 */
export function bindAliases(document: Document, lines: LineCounter): NodeProblem[] {
  const anchors = new Map<string, AliasTarget>();
  const problems: NodeProblem[] = [];
  const merged: unknown[] = [];
  visit(document, {
    Node: (_key, node, path) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        bindAlias(node, target);
        if (!target || path.includes(target)) problems.push(aliasProblem(node, target));
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
      if (!isMap(node)) return;
      problems.push(...repeatedKeys(node).map((start) => repeatedKey(start, lines)));
      merged.push(...node.items.filter(isMerge).map(({ value }) => value));
    },
  });
  return [...problems, ...merged.flatMap((value) => mergeProblems(document, value))];
}

type AliasTarget = NonNullable<ReturnType<Alias['resolve']>>;

/**
 * For each alias, the parser would go through the whole document, or through all aliases before it. It still counts how
 * often an anchor is repeated.
 */
function bindAlias(alias: Alias, target: AliasTarget | undefined): void {
  const resolve = alias.resolve.bind(alias);
  const nodes = target ? [target, alias] : [alias];
  alias.resolve = (document, context) =>
    context ? resolve(document, { ...context, aliasResolveCache: nodes }) : target;
}

function aliasProblem(alias: Alias, target: AliasTarget | undefined): NodeProblem {
  const { source } = alias;
  const message = target
    ? `*${source} is inside of what it stands for, the value of &${source}`
    : `*${source} stands for nothing; no &${source} comes before it`;
  return { start: startOf(alias) ?? 0, message };
}

function isMerge({ key }: Pair): boolean {
  // The parser reads a merge key as a symbol, and one in quotes as text.
  return isScalar(key) && typeof key.value === 'symbol';
}

/** What a merge key names that is neither a map nor a list of maps. An alias that stands for nothing has a problem already. */
function mergeProblems(document: Document, value: unknown): NodeProblem[] {
  const resolved = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  const list = resolved(value);
  return (isSeq(list) ? list.items : [value])
    .filter((each) => resolved(each) !== undefined && !isMap(resolved(each)))
    .map((each) => ({ start: startOf(each) ?? startOf(value) ?? 0, message: 'a merge key (<<) takes maps' }));
}

/**
 * Where the keys start that a map has already. Keys that differ only in whether their letters are composed are one key:
 * Terraform composes them.
 */
function repeatedKeys({ items }: { readonly items: readonly Pair[] }): number[] {
  const known = new Set<string>();
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = keyOf(key);
    if (known.has(name)) return [startOf(key) ?? 0];
    known.add(name);
    return [];
  });
}

function repeatedKey(start: number, lines: LineCounter): NodeProblem {
  const { line, col } = lines.linePos(start);
  return { start, message: `Map keys must be unique at line ${line}, column ${col}:` };
}

/** A key in composed letters, as Terraform reads it. */
export function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key).normalize('NFC');
}

/** Where a node starts. */
export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
