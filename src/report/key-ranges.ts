/** Many keys in few words: the phones of a server as ranges of extensions. */

/** The digits at the end of an extension, with what stands before them. */
interface Numbered {
  readonly prefix: string;
  readonly digits: string;
}

/**
 * Keys by server, with extensions that follow one another as ranges: `10.0.0.11: 55000–55299, reception`.
 *
 * @param keys ids of phones (`SERVER_IP/EXTENSION`), or of anything else
 * @returns a line for each server
 */
export function keyRanges(keys: readonly string[]): string[] {
  const byServer = new Map<string, string[]>();
  for (const key of keys) {
    const slash = key.indexOf('/');
    const server = slash < 0 ? '' : key.slice(0, slash);
    const extensions = byServer.get(server) ?? [];
    byServer.set(server, extensions);
    extensions.push(key.slice(slash + 1));
  }
  return [...byServer]
    .sort(([a], [b]) => compare(a, b))
    .map(([server, extensions]) => (server === '' ? '' : `${server}: `) + ranges(extensions).join(', '));
}

function ranges(extensions: readonly string[]): string[] {
  const sorted = [...new Set(extensions)].sort(compare);
  const found: [string, string][] = [];
  for (const extension of sorted) {
    const last = found.at(-1);
    if (last && follows(last[1], extension)) last[1] = extension;
    else found.push([extension, extension]);
  }
  return found.flatMap(([first, last]) => {
    if (first === last) return [first];
    return follows(first, last) ? [first, last] : [`${first}–${last}`];
  });
}

function follows(before: string, after: string): boolean {
  const [a, b] = [split(before), split(after)];
  if (!a || !b || a.prefix !== b.prefix || a.digits.length !== b.digits.length) return false;
  return BigInt(b.digits) === BigInt(a.digits) + 1n;
}

function split(extension: string): Numbered | undefined {
  const [, prefix = '', digits] = /^(.*?)(\d+)$/su.exec(extension) ?? [];
  return digits === undefined ? undefined : { prefix, digits };
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(a: string, b: string): number {
  return collator.compare(a, b);
}
