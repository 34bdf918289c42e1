/** Entries of an environment file: phones and seats that have the same values, and those that differ in few of them. */
import type { ExportedPhone, ExportedServer } from './exported-system';
import { isNumeric } from './extension-list';
import { compareNaturally } from './natural-order';
import type { Template, Templates } from './phone-templates';
import type { ExportedSeat } from './seats';

/** Values of one extension that differ from those of its entry; null is "not managed". */
export type Changes = Readonly<Record<string, Template | null>>;

/** What an entry declares: phones of a server, or seats. */
export interface EntryItem {
  readonly extension: string;
  readonly values: Templates;
  readonly phones: readonly ExportedPhone[];
}

export interface Entry<I extends EntryItem = EntryItem> {
  /** Its phones are on these servers. */
  readonly servers: readonly ExportedServer[];
  readonly items: readonly I[];
  readonly values: Templates;
  readonly exceptions: ReadonlyMap<string, Changes>;
}

export type PhoneItem = EntryItem;

export interface SeatItem extends EntryItem {
  readonly seat: ExportedSeat;
  /** The alias with placeholders; undefined where there is none. */
  readonly alias: { readonly alias_id: string; readonly alias_name: Template | undefined } | undefined;
}

/** An entry that is this large may have exceptions. */
const minSizeWithExceptions = 5;
/** An exception changes so many fields at the most; with more, an entry of its own is easier to read. */
const maxChanges = 2;

/**
 * Makes entries of items.
 *
 * @param kindOf what items of one entry must share besides their values
 */
export function makeEntries<I extends EntryItem>(items: readonly I[], kindOf: (item: I) => string): Entry<I>[] {
  const groups = new Map<string, I[]>();
  for (const item of items) {
    const key = JSON.stringify([kindOf(item), Object.entries(item.values).sort()]);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  const sorted = [...groups.values()].sort((a, b) => b.length - a.length || compareFirst(a, b));
  const entries: Draft<I>[] = [];
  const hosts = new Map<string, Draft<I>[]>();
  for (const group of sorted) {
    const [first] = group;
    const kind = first ? kindOf(first) : '';
    const isLarge = group.length >= minSizeWithExceptions;
    // Several with the same values are one line as an entry of their own.
    const host = group.length === 1 && first ? hostOf(first, hosts.get(kind) ?? []) : undefined;
    if (host && first) {
      host.exceptions.set(first.extension, changesOf(host.values, first.values));
      host.items.push(first);
      continue;
    }
    const entry = draft(group);
    entries.push(entry);
    if (isLarge) hosts.set(kind, [...(hosts.get(kind) ?? []), entry]);
  }
  return entries
    .map((entry) => ({ ...entry, items: [...entry.items].sort(byExtension) }))
    .sort((a, b) => compareServers(a, b) || compareFirst(a.items, b.items));
}

interface Draft<I> {
  readonly servers: readonly ExportedServer[];
  readonly items: I[];
  readonly values: Templates;
  readonly exceptions: Map<string, Changes>;
  /** The first and the last number, by the number of digits. */
  readonly bounds: ReadonlyMap<number, readonly [number, number]>;
}

function draft<I extends EntryItem>(group: readonly I[]): Draft<I> {
  const [first] = group;
  const servers = first?.phones.map(({ server }) => server) ?? [];
  const bounds = boundsOf(group.map(({ extension }) => extension));
  return { servers, items: [...group], values: first?.values ?? {}, exceptions: new Map(), bounds };
}

function boundsOf(extensions: readonly string[]): ReadonlyMap<number, readonly [number, number]> {
  const bounds = new Map<number, readonly [number, number]>();
  for (const extension of extensions.filter(isNumeric)) {
    const [first, last] = bounds.get(extension.length) ?? [Infinity, -Infinity];
    bounds.set(extension.length, [Math.min(first, Number(extension)), Math.max(last, Number(extension))]);
  }
  return bounds;
}

/** The large entry whose range has the extension of an item and whose values are nearly the same. */
function hostOf<I extends EntryItem>(item: I, hosts: readonly Draft<I>[]): Draft<I> | undefined {
  const changes = ({ values }: Draft<I>) => Object.keys(changesOf(values, item.values)).length;
  return hosts
    .filter((host) => isWithin(host, item.extension) && changes(host) <= maxChanges)
    .sort((a, b) => changes(a) - changes(b))[0];
}

/** Whether an extension lies between the first and the last one, so that it joins two ranges. */
function isWithin<I>({ bounds }: Draft<I>, extension: string): boolean {
  const [first, last] = bounds.get(extension.length) ?? [Infinity, -Infinity];
  return isNumeric(extension) && first < Number(extension) && Number(extension) < last;
}

function changesOf(from: Templates, to: Templates): Changes {
  const fields = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return Object.fromEntries(
    fields.filter((field) => from[field] !== to[field]).map((field) => [field, to[field] ?? null]),
  );
}

function byExtension(a: EntryItem, b: EntryItem): number {
  return compareNaturally(a.extension, b.extension);
}

function compareFirst(a: readonly EntryItem[], b: readonly EntryItem[]): number {
  const first = (items: readonly EntryItem[]) => [...items].sort(byExtension)[0]?.extension ?? '';
  return compareNaturally(first(a), first(b));
}

function compareServers(a: { readonly servers: readonly ExportedServer[] }, b: typeof a): number {
  const names = ({ servers }: typeof a) => servers.map(({ name }) => name).join(' ');
  return compareNaturally(names(a), names(b));
}
