/** The functions add_phone_alias and update_phone_alias, which also deletes (vicidial-api.md, section 7). */
import type { ApiRequest, Outcome } from './request';

export function addPhoneAlias(request: ApiRequest): Outcome {
  const { store } = request;
  const { id, name, logins, all } = readFields(request);
  if (request.lengthOf('alias_id') < 2 || request.lengthOf('alias_name') < 1 || request.lengthOf('phone_logins') < 2)
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', all);
  if (store.alias(request.key('alias_id'))) return request.error('PHONE ALIAS ALREADY EXISTS', id);
  const missing = missingLogin(request);
  if (missing !== undefined) return request.error('PHONE DOES NOT EXIST', missing);
  const alias = {
    alias_id: request.column('alias_id', id),
    alias_name: request.column('alias_name', name),
    phone_logins: request.column('phone_logins', logins),
  };
  return request.inserted('PHONE ALIAS HAS BEEN ADDED', all, {
    isTaken: () => store.alias(alias.alias_id) !== undefined,
    write: () => store.putAlias(alias),
  });
}

export function updatePhoneAlias(request: ApiRequest): Outcome {
  const { store, user } = request;
  const { id, name, logins, all } = readFields(request);
  const deletion = request.get('delete_alias');
  const lengthOf = (field: string) => request.lengthOf(field);
  const hasNothing = () => lengthOf('alias_name') < 1 && lengthOf('phone_logins') < 2 && lengthOf('delete_alias') < 1;
  if (lengthOf('alias_id') < 2 || hasNothing()) return request.error('YOU MUST USE ALL REQUIRED FIELDS', all);
  if (!store.alias(request.key('alias_id'))) return request.error('PHONE ALIAS DOES NOT EXIST', id);
  if (deletion === 'Y') {
    if (!user.delete_phones) return request.deletionDenied('USER DOES NOT HAVE PERMISSION TO DELETE PHONE ALIASES');
    return request.success('PHONE ALIAS HAS BEEN DELETED', id, () => store.removeAlias(id));
  }
  const nameLength = lengthOf('alias_name');
  if (nameLength === 1 || nameLength > 50) return request.error('YOU MUST USE A VALID ALIAS NAME', name);
  const listsLogins = lengthOf('phone_logins') > 1;
  const missing = listsLogins ? missingLogin(request) : undefined;
  if (missing !== undefined) return request.error('PHONE DOES NOT EXIST', missing);
  if (name === '' && !listsLogins) return request.notice('NO UPDATES DEFINED', '');
  const changes = {
    ...(name === '' ? {} : { alias_name: request.column('alias_name', name) }),
    ...(listsLogins ? { phone_logins: request.column('phone_logins', logins) } : {}),
  };
  return request.success('PHONE ALIAS HAS BEEN UPDATED', `${id}|`, () => {
    // Another call may have deleted it since the checks.
    const alias = store.alias(id);
    if (alias) store.putAlias({ ...alias, ...changes });
  });
}

function readFields(request: ApiRequest) {
  const [id, name, logins] = [request.get('alias_id'), request.get('alias_name'), request.get('phone_logins')];
  return { id, name, logins, all: [id, name, logins].join('|') };
}

/** The first listed login that no phone has. */
function missingLogin(request: ApiRequest): string | undefined {
  const logins = request.key('phone_logins').split(',');
  return logins.find((login) => !request.store.hasLogin(login));
}
