/** The functions add_phone_alias and update_phone_alias, which also deletes (vicidial-api.md, section 7). */
import type { ApiRequest, Outcome } from './request';
import { truncateToColumn } from './sanitize';

export function addPhoneAlias(request: ApiRequest): Outcome {
  const { store } = request;
  const { id, name, logins, all } = readFields(request);
  if (!hasLength(id, 2, 20) || !hasLength(name, 1, 50) || !hasLength(logins, 2, 255))
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', all);
  if (store.alias(id)) return request.error('PHONE ALIAS ALREADY EXISTS', id);
  const missing = missingLogin(request, logins);
  if (missing !== undefined) return request.error('PHONE DOES NOT EXIST', missing);
  return request.success('PHONE ALIAS HAS BEEN ADDED', all, () =>
    store.putAlias({ alias_id: id, alias_name: name, phone_logins: logins }),
  );
}

export function updatePhoneAlias(request: ApiRequest): Outcome {
  const { store, user } = request;
  const { id, name, logins, all } = readFields(request);
  const deletes = request.parameters.get('delete_alias') === 'Y';
  if (!hasLength(id, 2, 20) || (name === '' && logins === '' && !deletes))
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', all);
  const alias = store.alias(id);
  if (!alias) return request.error('PHONE ALIAS DOES NOT EXIST', id);
  if (deletes) {
    if (!user.delete_phones) return request.deletionDenied('USER DOES NOT HAVE PERMISSION TO DELETE PHONE ALIASES');
    return request.success('PHONE ALIAS HAS BEEN DELETED', id, () => store.removeAlias(id));
  }
  if (name !== '' && !hasLength(name, 2, 50)) return request.error('YOU MUST USE A VALID ALIAS NAME', name);
  const missing = missingLogin(request, logins);
  if (missing !== undefined) return request.error('PHONE DOES NOT EXIST', missing);
  return request.success('PHONE ALIAS HAS BEEN UPDATED', `${id}|`, () =>
    store.putAlias({
      ...alias,
      alias_name: name || alias.alias_name,
      phone_logins: truncateToColumn('phone_logins', logins) || alias.phone_logins,
    }),
  );
}

function readFields(request: ApiRequest) {
  const [id, name, logins] = [request.get('alias_id'), request.get('alias_name'), request.get('phone_logins')];
  return { id, name, logins, all: [id, name, logins].join('|') };
}

function hasLength(value: string, min: number, max: number): boolean {
  const { length } = [...value];
  return length >= min && length <= max;
}

/** The first listed login that no phone has. */
function missingLogin(request: ApiRequest, logins: string): string | undefined {
  return logins === '' ? undefined : logins.split(',').find((login) => !request.store.hasLogin(login));
}
