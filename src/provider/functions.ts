/** The functions of the provider: between the id of a phone and the fields of its key. */
import { objectId, parseObjectId } from '../model/identity';
import { phoneType } from '../model/phone-fields';
import type { ProviderFunction } from '../terraform/function';
import type { ObjectValue } from '../terraform/value';
import { encodeFields, toText } from './resource-values';

const { server_ip: server, extension } = phoneType.fields;

export const functions: Readonly<Record<string, ProviderFunction>> = {
  phone_id: {
    summary: 'The id of a phone',
    description: 'The id and import id of a phone, `SERVER_IP/EXTENSION`, for example `10.0.0.11/55000`.',
    parameters: [
      { name: 'server_ip', description: server.description, type: 'string' },
      { name: 'extension', description: extension.description, type: 'string' },
    ],
    returns: 'string',
    call: (...key) => objectId(phoneType, parseObjectId(phoneType, key.map(toText).join('/'))),
  },
  parse_phone_id: {
    summary: 'The key of a phone, from its id',
    description: 'The `server_ip` and the `extension` in the id of a phone.',
    parameters: [{ name: 'id', description: 'An id of the form `SERVER_IP/EXTENSION`.', type: 'string' }],
    returns: ['object', { server_ip: 'string', extension: 'string' }],
    call: (id): ObjectValue => encodeFields(parseObjectId(phoneType, toText(id ?? null))),
  },
};
