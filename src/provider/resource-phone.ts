/** The resource `vicidial_phone`. */
import type { FieldValues } from '../model/field-definition';
import { equalIdentities, objectId, objectRef } from '../model/identity';
import { phoneType } from '../model/phone-fields';
import { checkLoginAvailable, checkPhoneAvailable } from '../vicidial/api/availability';
import { isKeyKnown, type ResourceType } from './resource-type';

export const phone: ResourceType = {
  objectType: phoneType,
  description:
    'A phone of VICIdial: a SIP or IAX entry of one of its servers. Arguments that are left out are not managed.',

  uniqueValues(values) {
    const login = phoneLogin(values);
    return [
      ...(isKeyKnown(phoneType, values) ? [{ field: 'extension', value: objectId(phoneType, values) }] : []),
      ...(login === undefined ? [] : [{ field: 'phone_login', value: login }]),
    ];
  },

  async checkCreate(client, values) {
    if (isKeyKnown(phoneType, values)) await checkPhoneAvailable(client, objectRef(phoneType, values));
  },

  async checkUpdate(client, values, prior, changed) {
    const [before, after] = [phoneLogin(prior), phoneLogin(values)];
    // The login of an imported phone is not in state: it may be this one.
    if (before === undefined || after === undefined || !changed.includes('phone_login')) return;
    if (!equalIdentities(before, after)) await checkLoginAvailable(client, objectRef(phoneType, values), after);
  },

  existingLogin: phoneLogin,
};

function phoneLogin({ phone_login: login }: FieldValues): string | undefined {
  return typeof login === 'string' ? login : undefined;
}
