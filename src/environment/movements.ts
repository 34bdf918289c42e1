/** What a file says of its state: `moved`, `removed` and `imports`. */
import { identityKey } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { aliasKey, phoneKey, type Environment } from './environment';
import { placeOf, type FileText } from './file-text';
import type { ProblemList } from './problems';
import { formerPhoneName, phoneAliasName, phoneName } from './resource-names';
import { closest } from './strict-object';

/** An object to import: its address, and its id in VICIdial. */
export interface ImportTarget {
  readonly to: string;
  readonly id: string;
}

/** An address in state that becomes another one. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

type Objects = Pick<Environment, 'phones' | 'aliases'>;

/** The addresses in Terraform of all phones and phone aliases, with the keys that files name them by. */
function targets({ phones, aliases }: Objects): readonly (ImportTarget & { readonly keys: readonly string[] })[] {
  return [
    ...phones.map((phone) => {
      const id = `${phone.server_ip}/${phone.extension}`;
      return { to: phoneAddress(phone), id, keys: [phoneKey(phone), id] };
    }),
    ...aliases.map((alias) => ({ to: aliasAddress(alias), id: alias.alias_id, keys: [aliasKey(alias)] })),
  ];
}

/** The address in Terraform of a phone. */
export function phoneAddress({ server, extension }: Environment['phones'][number]): string {
  return `${phoneType.resourceType}.${phoneName(server, extension)}`;
}

/** The address in Terraform of a phone alias. */
export function aliasAddress({ alias_id }: Environment['aliases'][number]): string {
  return `${phoneAliasType.resourceType}.${phoneAliasName(alias_id)}`;
}

/** What is to be imported. */
export function importTargets(environment: Pick<Environment, 'phones' | 'aliases' | 'imports'>): ImportTarget[] {
  const { imports } = environment;
  if (imports === undefined) return [];
  const wanted = imports === 'all' ? undefined : new Set(imports.map(identityKey));
  return targets(environment)
    .filter(({ keys }) => !wanted || keys.some((key) => wanted.has(identityKey(key))))
    .map(({ to, id }) => ({ to, id }));
}

/** The moves of the file, and those of the addresses of an earlier version. */
export function moves({
  movedFrom,
  moved = [],
  phones,
  servers,
}: Pick<Environment, 'movedFrom' | 'moved' | 'phones' | 'servers'>): Move[] {
  if (movedFrom === undefined) return [...moved];
  const former = phones.map((phone) => {
    // That version had addresses in its names: those from before the move.
    const address = servers[phone.server]?.was ?? phone.server_ip;
    return { from: `${phoneType.resourceType}.${formerPhoneName(address, phone.extension)}`, to: phoneAddress(phone) };
  });
  return [...moved, ...former.filter(({ from, to }) => from !== to)];
}

/** Reports what names no object, and objects that are declared and removed at once. */
export function checkMovements(environment: Environment, text: FileText, problems: ProblemList): void {
  const { imports, moved = [], removed = [] } = environment;
  if (imports === undefined && moved.length === 0 && removed.length === 0) return;
  const all = targets(environment);
  const keys = new Set(all.flatMap((target) => target.keys.map(identityKey)));
  const addresses = new Set(all.map(({ to }) => to));
  for (const [index, key] of (Array.isArray(imports) ? imports : []).entries()) {
    if (keys.has(identityKey(key))) continue;
    const near = closest(
      key,
      all.flatMap((target) => target.keys),
    );
    const hint = near === undefined ? 'a key is SERVER/EXTENSION or alias:ALIAS_ID' : `did you mean "${near}"?`;
    problems.error(placeOf(text, ['imports', index]), `this file has no "${key}"; ${hint}`);
  }
  for (const [index, { from, to }] of moved.entries()) {
    // An instance of a for_each is forgotten by moving it to an address that is removed.
    if (!addresses.has(to) && !removed.includes(to))
      problems.error(placeOf(text, ['moved', index, 'to']), unknownAddress(to, addresses));
    if (addresses.has(from))
      problems.error(
        placeOf(text, ['moved', index, 'from']),
        `${from} is declared in this file, so nothing moves away from it`,
      );
  }
  for (const [index, address] of removed.entries())
    if (addresses.has(address))
      problems.error(
        placeOf(text, ['removed', index]),
        `${address} is declared in this file; leave the phone out, or delete this line`,
      );
}

function unknownAddress(address: string, addresses: ReadonlySet<string>): string {
  const near = closest(address, addresses);
  const hint = near === undefined ? 'phonestate render shows the addresses' : `did you mean ${near}?`;
  return `this file declares no ${address}; ${hint}`;
}
