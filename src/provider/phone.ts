/** The resource `vicidial_phone`. */
import { phoneTable } from '../phone/fields';
import type { AnyValues } from '../phone/field';
import { parsePhoneId, phoneId, sameKey, type PhoneKey } from '../phone/identity';
import { checkLoginFree, checkNewPhone } from '../vicidial/collisions';
import { findPhone } from '../vicidial/presence';
import type { Kind } from './kind';

export const phone: Kind = {
  table: phoneTable,
  description: 'A phone of VICIdial: a SIP or IAX entry of one of its dialers. Arguments that are left out are not managed.',
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
    if (!sameKey(before, next)) await checkLoginFree(client, key(values), next);
  },
  login,
};

function key(values: AnyValues): PhoneKey {
  return { server_ip: String(values.server_ip), extension: String(values.extension) };
}

function login(values: AnyValues): string | undefined {
  return typeof values.phone_login === 'string' ? values.phone_login : undefined;
}
