/** The resource `vicidial_phone_alias`. */
import { objectRef } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { checkPhoneAliasAvailable } from '../vicidial/api/availability';
import { isKeyKnown, type ResourceType } from './resource-type';

export const phoneAlias: ResourceType = {
  objectType: phoneAliasType,
  description:
    'A phone alias under which an agent logs in to any of several phones. Arguments that are left out are not managed.',

  uniqueValues: ({ alias_id: id }) => (typeof id === 'string' ? [{ field: 'alias_id', value: id }] : []),

  async checkCreate(client, values) {
    if (isKeyKnown(phoneAliasType, values)) await checkPhoneAliasAvailable(client, objectRef(phoneAliasType, values));
  },

  // Its logins may belong to phones that the same plan creates: only the server can check them, in the apply.
  checkUpdate: () => Promise.resolve(),

  existingLogin: ({ phone_logins: logins }) => (Array.isArray(logins) ? String(logins[0]) : undefined),
};
