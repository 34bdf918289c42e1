/** The phones of a server as a table: what they share, and what each has of its own. For HCL and TypeScript. */
import { extensionPlaceholder, templateOf } from './templates';
import type { DeclaredValue } from './managed-values';
import type { ExportedServer } from './exported-system';

export interface TableRow {
  readonly extension: string;
  /** Null where the field is not managed although the server shares a value. */
  readonly own: Readonly<Record<string, DeclaredValue | null>>;
}

interface WritableRow {
  readonly extension: string;
  readonly own: Record<string, DeclaredValue | null>;
}

export interface ServerTable {
  /** The value of each field that a phone has without one of its own; strings may have `{extension}`. */
  readonly shared: Readonly<Record<string, DeclaredValue>>;
  /** Fields that some rows have of their own. */
  readonly ownFields: ReadonlySet<string>;
  readonly rows: readonly TableRow[];
}

/**
 * Factors out what phones share.
 *
 * @param fields the names of all fields, in the order in which they are written
 */
export function serverTable({ phones }: ExportedServer, fields: readonly string[]): ServerTable {
  const shared: Record<string, DeclaredValue> = {};
  const rows = phones.map(({ extension }): WritableRow => ({ extension, own: {} }));
  const ownFields = new Set<string>();
  for (const field of fields) {
    const common = commonValue(phones, field);
    if (common !== undefined) shared[field] = common;
    phones.forEach(({ extension, values }, index) => {
      const value = values[field];
      if (value === (common === undefined ? undefined : expand(common, extension))) return;
      ownFields.add(field);
      const row = rows[index];
      if (row) row.own[field] = value ?? null;
    });
  }
  return { shared, ownFields, rows };
}

/** A shared value for one phone. */
function expand(value: DeclaredValue, extension: string): DeclaredValue {
  return typeof value === 'string' ? value.replaceAll(extensionPlaceholder, extension) : value;
}

/** What most phones have in a field, as a template; undefined where that is no value, or no two have the same. */
function commonValue(phones: ExportedServer['phones'], field: string): DeclaredValue | undefined {
  const counts = new Map<string, { readonly value: DeclaredValue | undefined; count: number }>();
  for (const { extension, values } of phones) {
    const value = values[field];
    const template = typeof value === 'string' ? templateOf(value, extension) : undefined;
    for (const candidate of template === undefined ? [value] : [value, template]) {
      const key = `${typeof candidate} ${String(candidate)}`;
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { value: candidate, count: 1 });
    }
  }
  const [[, best] = ['', { value: undefined, count: 0 }]] = [...counts].sort(
    ([a, first], [b, second]) => second.count - first.count || (a < b ? -1 : 1),
  );
  return best.count > 1 || phones.length === 1 ? best.value : undefined;
}
