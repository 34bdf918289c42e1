/** `moved` blocks for objects whose addresses have changed, paired by their keys. */
import type { AddressedObject } from './addressed-objects';

export interface Move {
  readonly from: string;
  readonly to: string;
}

export interface PairedMoves {
  readonly moves: readonly Move[];
  /** What cannot be moved, and why, as sentences. */
  readonly refused: readonly string[];
}

/**
 * Pairs each old address with the new address of the same key. Keys are compared exactly: nothing is guessed.
 *
 * @param old the objects in state
 * @param now what the configuration declares
 */
export function pairMoves(old: readonly AddressedObject[], now: readonly AddressedObject[]): PairedMoves {
  const before = byKey(old);
  const after = byKey(now);
  const refused: string[] = [];
  const wanted: (Move & { readonly what: string })[] = [];
  for (const [what, to] of after) {
    const from = before.get(what) ?? [];
    if (from.length === 0 || from.some((address) => to.includes(address))) continue;
    const [source, target] = [from[0] ?? '', to[0] ?? ''];
    if (from.length > 1) refused.push(`${what} is in state more than once: ${from.join(', ')}. Forget all but one.`);
    else if (to.length > 1) refused.push(`${what} is declared more than once: ${to.join(', ')}. Remove all but one.`);
    else wanted.push({ from: source, to: target, what });
  }
  // Terraform follows moved blocks from one to the next, so that an address cannot be given away and taken at once.
  const occupied = new Set(old.map(({ address }) => address));
  const [taken, free] = partition(wanted, ({ to }) => occupied.has(to));
  const steps = taken.map(
    ({ what, from, to }) =>
      `${what} cannot move from ${from} to ${to}: in state, ${to} is another object. Declare it under an address that is free, such as a key of for_each, or remove that object first and apply.`,
  );
  return { moves: free.map(({ from, to }) => ({ from, to })), refused: [...refused, ...steps] };
}

/** Moves as blocks of Terraform's language. */
export function toHcl(moves: readonly Move[]): string {
  return moves.map(({ from, to }) => `moved {\n  from = ${from}\n  to   = ${to}\n}\n`).join('\n');
}

/** Moves as an environment file has them. */
export function toYaml(moves: readonly Move[]): string {
  const lines = moves.map(({ from, to }) => `  - { from: ${JSON.stringify(from)}, to: ${JSON.stringify(to)} }\n`);
  return lines.length === 0 ? '' : `moved:\n${lines.join('')}`;
}

/** Addresses by type and key. */
function byKey(objects: readonly AddressedObject[]): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { type, key, address } of objects) {
    const what = `${type} ${key}`;
    const addresses = found.get(what) ?? [];
    found.set(what, addresses);
    if (!addresses.includes(address)) addresses.push(address);
  }
  return found;
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((each) => !isFirst(each))];
}
