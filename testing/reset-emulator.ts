import type { Emulator } from '../src/emulator/emulator';
import { systemData, type SystemInput } from '../src/emulator/system-data';

/**
 * Puts a running emulator back to how it was started: no journal, no faults, no bad logins; users, phones and aliases as
 * in `data`. Its build, servers, templates and user groups cannot change while it runs.
 */
export function resetEmulator({ store, api, journal, pages, faults }: Emulator, data: SystemInput): void {
  const { users, phones, aliases, live_agents, entries_per_page, first_login_trigger } = systemData.parse(data);
  for (const { server_ip, extension } of store.phones) store.removePhone(server_ip ?? '', extension ?? '');
  for (const { alias_id } of store.aliases) store.removeAlias(alias_id);
  for (const phone of phones) store.putPhone(phone);
  for (const alias of aliases) store.putAlias({ ...alias, phone_logins: alias.phone_logins.join(',') });
  store.users.clear();
  for (const user of users) store.users.set(user.user, user);
  store.liveAgents.splice(0, Infinity, ...live_agents);
  Object.assign(store.settings, { entries_per_page, first_login_trigger });
  store.rebuilding.clear();
  api.authentication.counters.clear();
  faults.clear();
  journal.clear();
  pages.clear();
}
