/** The resource `vicidial_phone_alias`. */
import { aliasTable } from '../phone/alias-fields';
import { checkValue } from '../phone/check';
import { fail } from '../phone/failures';
import { checkNewAlias } from '../vicidial/collisions';
import { findAlias } from '../vicidial/presence';
import type { Kind } from './kind';

export const alias: Kind = {
  table: aliasTable,
  description: 'An alias under which an agent logs in to any of several phones. Arguments that are left out are not managed.',
  id: (values) => String(values.alias_id),
  key(id) {
    const [wrong] = checkValue(aliasTable, 'alias_id', id, 'either');
    if (wrong) throw fail('import-id', { what: `"${id}" is not the id of a phone alias, which is its alias_id, for example desks.` });
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
