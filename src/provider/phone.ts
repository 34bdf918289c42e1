/** The resource `vicidial_phone`. */
import { phoneTable } from '../phone/fields';
import type { AnyValues } from '../phone/field';
import { parsePhoneId, phoneId } from '../phone/identity';
import { findPhone } from '../vicidial/presence';
import type { Kind } from './kind';

export const phone: Kind = {
  table: phoneTable,
  description: 'A phone of VICIdial: a SIP or IAX entry of one of its dialers. Arguments that are left out are not managed.',
  id: (values) => phoneId(key(values)),
  key: (id) => ({ ...parsePhoneId(id) }),
  find: (client, values) => findPhone(client, key(values), typeof values.phone_login === 'string' ? values.phone_login : undefined),
};

function key(values: AnyValues) {
  return { server_ip: String(values.server_ip), extension: String(values.extension) };
}
