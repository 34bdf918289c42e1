/** The functions add_phone_alias and update_phone_alias, which also deletes. */
import type { Reply, Request } from './request';
import { truncateToColumn } from './sanitize';

const within = (text: string, least: number, most: number) => [...text].length >= least && [...text].length <= most;

export function addPhoneAlias(request: Request): Reply {
  const { id, name, logins, all } = read(request);
  if (!within(id, 2, 20) || !within(name, 1, 50) || !within(logins, 2, 255))
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', all);
  if (request.store.alias(id)) return request.error('PHONE ALIAS ALREADY EXISTS', id);
  const missing = missingLogin(request, logins);
  if (missing !== undefined) return request.error('PHONE DOES NOT EXIST', missing);
  request.store.putAlias({ alias_id: id, alias_name: name, phone_logins: logins });
  return request.success('PHONE ALIAS HAS BEEN ADDED', all);
}

export function updatePhoneAlias(request: Request): Reply {
  const { id, name, logins, all } = read(request);
  const removes = request.parameters.get('delete_alias') === 'Y';
  if (!within(id, 2, 20) || (name === '' && logins === '' && !removes))
    return request.error('YOU MUST USE ALL REQUIRED FIELDS', all);
  const alias = request.store.alias(id);
  if (!alias) return request.error('PHONE ALIAS DOES NOT EXIST', id);
  if (removes) {
    if (!request.user.delete_phones)
      return request.notice('USER DOES NOT HAVE PERMISSION TO DELETE PHONE ALIASES', '0');
    request.store.removeAlias(id);
    return request.success('PHONE ALIAS HAS BEEN DELETED', id);
  }
  if (name !== '' && !within(name, 2, 50)) return request.error('YOU MUST USE A VALID ALIAS NAME', name);
  const missing = missingLogin(request, logins);
  if (missing !== undefined) return request.error('PHONE DOES NOT EXIST', missing);
  request.store.putAlias({
    ...alias,
    alias_name: name || alias.alias_name,
    phone_logins: truncateToColumn('phone_logins', logins) || alias.phone_logins,
  });
  return request.success('PHONE ALIAS HAS BEEN UPDATED', `${id}|`);
}

function read(request: Request) {
  const [id, name, logins] = [request.get('alias_id'), request.get('alias_name'), request.get('phone_logins')];
  return { id, name, logins, all: [id, name, logins].join('|') };
}

function missingLogin(request: Request, logins: string): string | undefined {
  return logins === '' ? undefined : logins.split(',').find((login) => !request.store.hasLogin(login));
}
