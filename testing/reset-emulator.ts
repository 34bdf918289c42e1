import type { Emulator } from '../src/emulator/emulator';
import { systemData, type SystemInput } from '../src/emulator/system-data';

/**
 * Puts a running emulator back to how it was started: no journal, no faults, no bad logins; users, phones and aliases as
 * in `data`. Its build, servers, templates and user groups cannot change while it runs.
 */
export function resetEmulator({ store, api, journal, faults }: Emulator, data: SystemInput): void {
  const { users, phones, aliases } = systemData.parse(data);
  for (const { server_ip, extension } of store.phones) store.removePhone(server_ip ?? '', extension ?? '');
  for (const { alias_id } of store.aliases) store.removeAlias(alias_id);
  for (const phone of phones) store.putPhone(phone);
  for (const alias of aliases) store.putAlias({ ...alias, phone_logins: alias.phone_logins.join(',') });
  store.users.clear();
  for (const user of users) store.users.set(user.user, user);
  store.rebuilding.clear();
  api.authentication.counters.clear();
  faults.clear();
  journal.clear();
}
