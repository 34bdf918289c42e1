/** What a report needs of an environment: title, limits and where objects are declared. Synthesis writes it (`phonestate.json`). */
import type { Manifest } from '../report/manifest';
import type { Environment, Origin } from './environment';
import { aliasAddress, phoneAddress } from './movements';

/** The content of `phonestate.json`, but its version. */
export function manifestOf({ name, limits = {}, phones, aliases }: Environment): Omit<Manifest, 'version'> {
  const declared: (readonly [string, Origin])[] = [
    ...phones.map((phone) => [phoneAddress(phone), phone.declared] as const),
    ...aliases.map((alias) => [aliasAddress(alias), alias.declared] as const),
  ];
  return {
    title: name,
    limits: Object.fromEntries(
      Object.entries(limits).flatMap(([kind, limit]) => (limit === undefined ? [] : [[kind, limit]])),
    ),
    origins: Object.fromEntries(declared.map(([address, { file, line }]) => [address, { file, line }])),
  };
}
