/** Warns where a derived environment has objects that its bases have too, on the same system: two states would own them. */
import { identityKey } from '../model/identity';
import { aliasKey, phoneKey, phoneLogin, type Environment } from './environment';
import { placeOf, type FileText } from './file-text';
import type { ProblemList } from './problems';
import { isSameSystem } from './system-of-environment';

/** Objects that a message names; the others are counted. */
const maxNamed = 3;

export function warnOfSharedObjects(environment: Environment, text: FileText, problems: ProblemList): void {
  if (environment.abstract) return;
  for (const { name, environment: base } of environment.bases) {
    if (base.abstract || !isSameSystem(base.provider, environment.provider)) continue;
    const identities = new Set(identitiesOf(base).map(({ identity }) => identity));
    const shared = identitiesOf(environment).filter(({ identity }) => identities.has(identity));
    const keys = [...new Set(shared.map(({ key }) => key))];
    if (keys.length === 0) continue;
    const named = keys.slice(0, maxNamed).join(', ');
    const others = keys.length > maxNamed ? ` and ${keys.length - maxNamed} others` : '';
    problems.warning(
      placeOf(text, ['extends']),
      `${named}${others} would have the key or phone_login of an object of ${name}, which is of the same system (provider.url): map them, or leave them out`,
    );
  }
}

/** What no two objects of a system may share. */
function identitiesOf({ phones, aliases }: Environment): { readonly key: string; readonly identity: string }[] {
  return [
    ...phones.flatMap((phone) => {
      const login = phoneLogin(phone);
      const key = phoneKey(phone);
      return [
        { key, identity: `phone ${identityKey(phone.server_ip)} ${identityKey(phone.extension)}` },
        ...(login === undefined ? [] : [{ key, identity: `login ${identityKey(login)}` }]),
      ];
    }),
    ...aliases.map((alias) => ({ key: aliasKey(alias), identity: `alias ${identityKey(alias.alias_id)}` })),
  ];
}
