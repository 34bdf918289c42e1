/** What all formats say at their beginning: where the file is from, and what it does not manage. */
import type { ExportedPhone, ExportedSystem, Unmanaged } from './exported-system';

/** Where a file is from. */
export interface Provenance {
  /** Source address and version of the provider. */
  readonly address: string;
  readonly version: string;
  /** The command that writes it. Default: `export`. */
  readonly command?: 'export' | 'clone';
  /** Settings of the provider that are not read from the environment. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** The first lines of a file. The same system gives the same lines, so there is no date. */
export function describeOrigin({ version, command = 'export' }: Provenance): string[] {
  return [`Written by phonestate ${command} ${version}. A value that is not here is not managed: it stays as it is.`];
}

const maxObjects = 3;

/** What is left unmanaged, one line for each reason, with the first objects. `--json` lists all of them. */
export function unmanagedLines({ unmanaged }: ExportedSystem): string[] {
  const byReason = new Map<string, Unmanaged[]>();
  for (const each of unmanaged) {
    const reason = each.field === undefined ? `not exported: ${each.reason}` : each.reason;
    const known = byReason.get(reason);
    if (known) known.push(each);
    else byReason.set(reason, [each]);
  }
  if (byReason.size === 0) return [];
  const lines = [...byReason].map(([reason, objects]) => `- ${reason} (${describeObjects(objects)})`);
  return ['Left unmanaged:', ...lines];
}

function describeObjects(objects: readonly Unmanaged[]): string {
  const names = objects.slice(0, maxObjects).map(({ object }) => object.replace(/^phone (?=\S+\/)/u, ''));
  const others = objects.length - names.length;
  return others > 0 ? `${names.join(', ')} and ${others} more` : names.join(', ');
}

/** What is left unmanaged of the phones of one entry, in a line; empty where there is nothing. */
export function unmanagedNote(phones: readonly ExportedPhone[]): string {
  const byReason = new Map<string, ExportedPhone[]>();
  for (const phone of phones) {
    for (const { reason } of phone.unmanaged) byReason.set(reason, [...(byReason.get(reason) ?? []), phone]);
  }
  const reasons = [...byReason].map(([reason, some]) =>
    some.length === phones.length ? reason : `${reason} (${describePhones(some)})`,
  );
  return reasons.length === 0 ? '' : `Not managed: ${reasons.join('; ')}.`;
}

function describePhones(phones: readonly ExportedPhone[]): string {
  const names = phones.slice(0, maxObjects).map(({ extension }) => extension);
  const others = phones.length - names.length;
  return others > 0 ? `${names.join(', ')} and ${others} more` : names.join(', ');
}
