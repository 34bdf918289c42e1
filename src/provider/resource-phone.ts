/** The resource `vicidial_phone`. */
import { phoneType } from '../model/phone-fields';
import type { FieldValues } from '../model/field-definition';
import { parsePhoneId, phoneId, equalIgnoringCase, type PhoneKey } from '../model/identity';
import { checkLoginFree, checkNewPhone } from '../vicidial/api/availability';
import { findPhone } from '../vicidial/api/lookup';
import type { Kind } from './resource-type';

export const phone: Kind = {
  table: phoneType,
  description:
    'A phone of VICIdial: a SIP or IAX entry of one of its dialers. Arguments that are left out are not managed.',
  id: (values) => phoneId(key(values)),
  key: (id) => ({ ...parsePhoneId(id) }),
  find: (client, values) => findPhone(client, key(values), login(values)),
  unique(values) {
    const own = login(values);
    const keyKnown = typeof values.server_ip === 'string' && typeof values.extension === 'string';
    return [
      ...(keyKnown ? [{ field: 'extension', value: phoneId(key(values)) }] : []),
      ...(own === undefined ? [] : [{ field: 'phone_login', value: own }]),
    ];
  },
  async checkNew(client, values) {
    const known = typeof values.server_ip === 'string' && typeof values.extension === 'string';
    if (known) await checkNewPhone(client, key(values), login(values));
  },
  async checkChange(client, values, recorded, changed) {
    const [before, next] = [login(recorded), login(values)];
    // An imported phone has a login that nobody here knows: it may well be this one.
    if (before === undefined || next === undefined || !changed.includes('phone_login')) return;
    if (!equalIgnoringCase(before, next)) await checkLoginFree(client, key(values), next);
  },
  login,
};

function key(values: FieldValues): PhoneKey {
  return { server_ip: String(values.server_ip), extension: String(values.extension) };
}

function login(values: FieldValues): string | undefined {
  return typeof values.phone_login === 'string' ? values.phone_login : undefined;
}
