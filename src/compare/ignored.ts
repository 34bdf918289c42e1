/** What an environment file leaves out of comparisons: fields, and objects of its system that are managed elsewhere. */
import type { Selector } from '../environment/derive-schema';
import type { Environment } from '../environment/environment';
import { equalIdentities, identityKey, objectId } from '../model/identity';
import type { Stored } from '../model/observed-values';
import { Patterns } from '../model/pattern';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import type { StoredObject, SystemRows } from '../model/system-rows';

/** The fields that are left out. */
export function ignoredFields({ ignore = [] }: Pick<Environment, 'ignore'>): string[] {
  return ignore.filter((each) => typeof each === 'string');
}

/** Rows of a system without what is managed elsewhere, and that. What the environment declares is never left out. */
export function splitIgnored(
  { phones, aliases }: SystemRows,
  environment: Environment,
): { readonly rows: SystemRows; readonly ignored: SystemRows } {
  const selectors = (environment.ignore ?? []).filter((each) => typeof each !== 'string').map(prepare);
  const declared = new Set([
    ...environment.phones.map((phone) => identityKey(`${phone.server_ip}/${phone.extension}`)),
    ...environment.aliases.map(({ alias_id }) => identityKey(`alias:${alias_id}`)),
  ]);
  const namesOf = (address: string) =>
    Object.entries(environment.servers).flatMap(([name, { ip }]) =>
      ip !== undefined && equalIdentities(ip, address) ? [name] : [],
    );
  const isIgnored = (key: string, values: Readonly<Record<keyof Selector, string[]>>) =>
    selectors.length > 0 && !declared.has(identityKey(key)) && selectors.some((selector) => matches(selector, values));
  const isIgnoredPhone = ({ values }: StoredObject) => {
    const server = text(values, 'server_ip');
    return isIgnored(objectId(phoneType, values), {
      server: [server, ...namesOf(server)],
      extension: [text(values, 'extension')],
      user_group: [text(values, 'admin_user_group')],
      alias_id: [],
    });
  };
  const isIgnoredAlias = ({ values }: StoredObject) => {
    const id = objectId(phoneAliasType, values);
    return isIgnored(`alias:${id}`, { server: [], extension: [], user_group: [], alias_id: [id] });
  };
  const select = (isWanted: boolean): SystemRows => ({
    phones: phones.filter((each) => isIgnoredPhone(each) === isWanted),
    aliases: aliases.filter((each) => isIgnoredAlias(each) === isWanted),
  });
  return { rows: select(false), ignored: select(true) };
}

/** Conditions that must all hold. */
type Prepared = readonly (readonly [keyof Selector, Patterns])[];

function prepare(selector: Selector): Prepared {
  const conditions = Object.entries(selector).filter(([, patterns]) => patterns !== undefined);
  // The schema has these keys only.
  return conditions.map(([name, patterns]) => [name as keyof Selector, new Patterns([patterns ?? []].flat())]);
}

function matches(selector: Prepared, values: Readonly<Record<keyof Selector, string[]>>): boolean {
  return selector.every(([name, patterns]) => values[name].some((value) => patterns.match(value)));
}

function text(values: Stored, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}
