/** The admin pages of a small system, and how their tests read HTML: with plain searches, not as the client does. */
import { AdminPages } from '../../../src/emulator/admin-pages/admin-pages';

import { NonAgentApi } from '../../../src/emulator/non-agent-api';
import type { Phone } from '../../../src/emulator/store';
import { systemData, type SystemInput } from '../../../src/emulator/system-data';

const password = 'good';
const system: SystemInput = {
  servers: ['10.0.0.11', { server_ip: '10.0.0.12', server_id: 'second' }],
  templates: ['SIP_generic', { template_id: 'WebRTC', template_name: 'Browser phones' }],
  user_groups: [{ name: 'SALES', group_name: 'Sales floor', viewable_groups: ['SALES'] }],
  users: [
    { user: '6666', password },
    { user: 'nodel', password, delete_phones: false },
    { user: 'sales', password, user_group: 'SALES' },
    { user: 'noadmin', password, ast_admin_access: false },
    { user: 'nophones', password, ast_admin_access: false, modify_phones: false },
    { user: 'french', password, language: 'French' },
  ],
};

export const phoneAdd = '31111111111';
const aliasAdd = '32111111111';
export const phonesAdd = '10000000000';
const aliasesAdd = '12000000000';

interface Setting {
  readonly build?: string;
  readonly more?: Partial<SystemInput>;
  readonly now?: () => number;
}

export function openPages({ build, more, now }: Setting = {}) {
  const api = new NonAgentApi(systemData.parse({ ...system, ...more }), build, now);
  const pages = new AdminPages(api);
  const serve = (query: Record<string, string>, user = '6666', typed = password) =>
    pages.serve(new Map(Object.entries(query)), { user, password: typed });
  return {
    api,
    store: api.store,
    serve,
    /** Changes a phone by hand. */
    put: (row: Phone) =>
      api.store.putPhone({ server_ip: '10.0.0.11', extension: '55000', phone_login: '55000', ...row }),
    phone: (user?: string, key: Record<string, string> = { extension: '55000', server_ip: '10.0.0.11' }) =>
      serve({ ADD: phoneAdd, ...key }, user).body,
    alias: (id: string, user?: string) => serve({ ADD: aliasAdd, alias_id: id }, user).body,
    phones: (query: Record<string, string> = {}, user?: string) => serve({ ADD: phonesAdd, ...query }, user).body,
    aliases: (user?: string) => serve({ ADD: aliasesAdd }, user).body,
  };
}

/** The tag of a text or hidden field. */
export function tagOf(html: string, name: string): string {
  const [tag] = new RegExp(`<input [^>]*name='?${name}'?[ >][^>]*>?`, 'iu').exec(html) ?? [];
  if (tag === undefined) throw new Error(`the page has no field ${name}`);
  return tag;
}

/** The value of a text or hidden field, up to the first `"`. */
export function valueOf(html: string, name: string): string | undefined {
  return / value="?([^">]*)/iu.exec(tagOf(html, name))?.[1];
}

/** The options of a choice, in order. */
export function optionsOf(html: string, name: string) {
  const [, list] = new RegExp(`<select size=1 name=${name}>(.*?)</select>`, 'su').exec(html) ?? [];
  if (list === undefined) throw new Error(`the page has no choice ${name}`);
  return [...list.matchAll(/<option([^>]*)>(.*?)<\/option>/gisu)].map(([, attributes = '', text = '']) => ({
    value: /value=["']([^"']*)/u.exec(attributes)?.[1],
    text,
    selected: /\bselected\b/iu.test(attributes),
  }));
}

/** The value of a choice: that of the last selected option, or its text where it has no value. */
export function choiceOf(html: string, name: string): string | undefined {
  const option = optionsOf(html, name).findLast(({ selected }) => selected);
  return option?.value ?? option?.text;
}

/** The extensions that a list links to, in order. */
export function listedKeys(html: string): string[] {
  return [...html.matchAll(/<a href="admin\.php\?ADD=31111111111&extension=([^&]*)&server_ip=([^"]*)">/gu)].map(
    ([, extension, server]) => `${server}/${extension}`,
  );
}
