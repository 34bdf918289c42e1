/** Which phones are exported: `--only` and `--without`. */
import { identityKey } from '../model/identity';
import { matchesPattern } from '../model/pattern';
import type { Stored } from '../model/observed-values';

/** Conditions on one phone. All of a selector must hold; a pattern has `*` and `?`. */
export interface Selector {
  /** Name or `server_ip` of a server. */
  readonly server?: string;
  readonly user_group?: string;
  readonly extension?: string;
}

export interface Selection {
  /** A phone is exported where it matches one of these; where there are none, all are. */
  readonly only: readonly Selector[];
  readonly without: readonly Selector[];
}

const conditions = ['server', 'user_group', 'extension'] as const;

/**
 * Reads a selector as it is written on the command line: `server=10.0.0.11,extension=55*`.
 *
 * @throws Error that shows what may be written
 */
export function parseSelector(text: string): Selector {
  const parts = text.split(',').map((part) => /^\s*([a-z_]+)\s*=\s*(.+?)\s*$/u.exec(part)?.slice(1) ?? []);
  const known: readonly string[] = conditions;
  if (parts.some(([name = '']) => !known.includes(name))) {
    throw new Error(
      `${JSON.stringify(text)} is no selector. Write ${conditions.join('=…, ')}=… or several of them joined by commas, for example server=10.0.0.11,extension=55*.`,
    );
  }
  // The names are those of the conditions.
  return Object.fromEntries(parts) as Selector;
}

/** Whether a phone is selected. */
export function isSelected(
  { only, without }: Selection,
  values: Stored,
  nameOf: (serverIp: string) => string,
): boolean {
  const matches = (selector: Selector) => matchesSelector(selector, values, nameOf);
  return (only.length === 0 || only.some(matches)) && !without.some(matches);
}

function matchesSelector(
  { server, user_group: group, extension }: Selector,
  values: Stored,
  nameOf: (serverIp: string) => string,
): boolean {
  const ip = text(values.server_ip);
  return (
    (server === undefined || identityKey(server) === identityKey(ip) || server === nameOf(ip)) &&
    (group === undefined || matchesPattern(group, text(values.admin_user_group))) &&
    (extension === undefined || matchesPattern(extension, text(values.extension)))
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
