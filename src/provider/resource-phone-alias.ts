/** The resource `vicidial_phone_alias`. */
import { phoneAliasType } from '../model/phone-alias-fields';
import { validateValue } from '../model/validate';
import { fail } from '../model/failures';
import { checkNewAlias } from '../vicidial/api/availability';
import { findAlias } from '../vicidial/api/lookup';
import type { Kind } from './resource-type';

export const alias: Kind = {
  table: phoneAliasType,
  description:
    'An alias under which an agent logs in to any of several phones. Arguments that are left out are not managed.',
  id: (values) => String(values.alias_id),
  key(id) {
    const [wrong] = validateValue(phoneAliasType, 'alias_id', id, 'either');
    if (wrong)
      throw fail('import-id', {
        what: `"${id}" is not the id of a phone alias, which is its alias_id, for example desks.`,
      });
    return { alias_id: id };
  },
  find: (client, values) => findAlias(client, String(values.alias_id)),
  unique: ({ alias_id }) => (typeof alias_id === 'string' ? [{ field: 'alias_id', value: alias_id }] : []),
  async checkNew(client, { alias_id }) {
    if (typeof alias_id === 'string') await checkNewAlias(client, alias_id);
  },
  // Its logins may be those of phones that the same plan creates: only the server can tell, in the apply.
  checkChange: () => Promise.resolve(),
  login: ({ phone_logins }) => (Array.isArray(phone_logins) ? String(phone_logins[0]) : undefined),
};
