/** The data of an emulator as rows of the database. */
import type { SchemaName } from './mariadb-tables';
import { schemas } from './mariadb-tables';

type Value = string | number | null;
export type TableRow = Readonly<Record<string, Value>>;
export type TableRows = Readonly<Record<string, readonly TableRow[]>>;

interface User {
  readonly user: string;
  readonly password: string;
  readonly level?: number | undefined;
  readonly active?: boolean | undefined;
  readonly api_access?: boolean | undefined;
  readonly ast_admin_access?: boolean | undefined;
  readonly delete_phones?: boolean | undefined;
  readonly allowed_functions?: readonly string[] | undefined;
  readonly user_group?: string | undefined;
  readonly modify_phones?: boolean | undefined;
  readonly api_only_user?: boolean | undefined;
}

/** What an emulator holds, as its data and its store have it; what it does not have is empty. */
export interface SystemRows {
  readonly phones?: readonly Readonly<Record<string, string | null | undefined>>[] | undefined;
  readonly aliases?:
    | readonly {
        readonly alias_id: string;
        readonly alias_name: string;
        readonly phone_logins: string | readonly string[];
        readonly user_group?: string | null | undefined;
      }[]
    | undefined;
  readonly servers?:
    | readonly (
        | string
        | {
            readonly server_ip: string;
            readonly server_id?: string | undefined;
            readonly server_description?: string | undefined;
            readonly active?: string | undefined;
          }
      )[]
    | undefined;
  readonly templates?:
    readonly (string | { readonly template_id: string; readonly template_name?: string | undefined })[] | undefined;
  readonly user_groups?:
    | readonly {
        readonly name: string;
        readonly group_name?: string | undefined;
        readonly viewable_groups?: readonly string[] | undefined;
      }[]
    | undefined;
  readonly users?: readonly User[] | undefined;
  readonly live_agents?:
    | readonly {
        readonly user: string;
        readonly server_ip: string;
        readonly extension: string;
        readonly status?: string | undefined;
        readonly campaign_id?: string | undefined;
        /** `YYYY-MM-DD HH:MM:SS`, or as ISO 8601 has it. Default: now. */
        readonly last_update_time?: string | undefined;
      }[]
    | undefined;
  readonly admin_log?: readonly AdminLogRow[] | undefined;
  readonly use_non_latin?: boolean | undefined;
}

/** A row of the log of the administration. */
interface AdminLogRow {
  readonly event_date: string;
  readonly user: string;
  readonly event_section: 'PHONES' | 'PHONEALIASES' | 'USERS';
  readonly event_type: string;
  readonly record_id: string;
  readonly event_code?: string;
  readonly event_sql?: string;
  readonly event_notes?: string;
}

/** The columns of a phone that have another name than its field. */
const phoneColumns: Readonly<Record<string, string>> = {
  phone_login: 'login',
  phone_pass: 'pass',
  registration_password: 'conf_secret',
  phone_full_name: 'fullname',
  admin_user_group: 'user_group',
};

/** The rows of all tables, with the columns that a schema has. */
export function tableRows(system: SystemRows, schema: SchemaName): TableRows {
  const rows: Record<string, TableRow[]> = {
    phones: (system.phones ?? []).map(phoneRow),
    phones_alias: (system.aliases ?? []).map(
      ({ phone_logins: logins, alias_id, alias_name, user_group = '---ALL---' }) => ({
        alias_id,
        alias_name,
        logins_list: typeof logins === 'string' ? logins : logins.join(','),
        user_group,
      }),
    ),
    servers: (system.servers ?? []).map((given) => serverRow(given)),
    vicidial_conf_templates: (system.templates ?? []).map((given) => {
      const template = typeof given === 'string' ? { template_id: given } : given;
      return { template_id: template.template_id, template_name: template.template_name ?? '' };
    }),
    vicidial_user_groups: (system.user_groups ?? []).map(
      ({ name, group_name = '', viewable_groups = ['---ALL---'] }) => ({
        user_group: name,
        group_name,
        admin_viewable_groups: spaced(viewable_groups),
      }),
    ),
    vicidial_users: (system.users ?? []).map(userRow),
    system_settings: [
      { version: '2.14-930a', use_non_latin: flag(system.use_non_latin ?? false), db_schema_version: 1720 },
    ],
    vicidial_live_agents: (system.live_agents ?? []).map(({ last_update_time: time, ...agent }) => ({
      ...agent,
      last_update_time: time === undefined || time.includes('T') ? localTime(time) : time,
    })),
    vicidial_admin_log: (system.admin_log ?? []).map((row, index) => ({
      admin_log_id: index + 1,
      ip_address: '192.0.2.1',
      event_code: '',
      event_sql: '',
      event_notes: '',
      ...row,
    })),
  };
  return Object.fromEntries(
    Object.entries(schemas[schema]).map(([table, columns]) => [
      table,
      (rows[table] ?? []).map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name in columns))),
    ]),
  );
}

function phoneRow(phone: Readonly<Record<string, string | null | undefined>>): TableRow {
  const entries = Object.entries(phone).filter((entry): entry is [string, string | null] => entry[1] !== undefined);
  // Every row has the same columns, so that rows are inserted together.
  return {
    ...defaultPhone,
    ...Object.fromEntries(entries.map(([name, value]) => [phoneColumns[name] ?? name, value])),
  };
}

const defaultPhone: TableRow = {
  extension: '',
  dialplan_number: '',
  voicemail_id: '',
  server_ip: '',
  login: '',
  pass: '',
  status: 'ACTIVE',
  active: 'Y',
  fullname: '',
  protocol: 'SIP',
  local_gmt: '-5.00',
  email: '',
  outbound_cid: '',
  template_id: '',
  phone_context: 'default',
  conf_secret: '',
  user_group: '---ALL---',
  is_webphone: 'N',
  use_external_server_ip: 'N',
  on_hook_agent: 'N',
  webphone_auto_answer: 'Y',
  outbound_alt_cid: '',
  phone_ring_timeout: '60',
  delete_vm_after_email: 'N',
};

function serverRow(given: NonNullable<SystemRows['servers']>[number]): TableRow {
  const {
    server_ip,
    server_id,
    server_description = '',
    active = 'Y',
  } = typeof given === 'string' ? { server_ip: given } : given;
  return { server_id: server_id ?? '', server_description, server_ip, active };
}

function userRow(user: User): TableRow {
  const { level = 9, active = true, user_group = 'ADMIN', allowed_functions: functions = ['ALL_FUNCTIONS'] } = user;
  return {
    user: user.user,
    pass: user.password,
    user_level: level,
    user_group,
    active: active ? 'Y' : 'N',
    vdc_agent_api_access: flag(user.api_access ?? true),
    ast_admin_access: flag(user.ast_admin_access ?? true),
    ast_delete_phones: flag(user.delete_phones ?? true),
    modify_phones: flag(user.modify_phones ?? true),
    failed_login_count: 0,
    api_only_user: flag(user.api_only_user ?? false),
    api_allowed_functions: spaced(functions),
  };
}

function flag(value: boolean): string {
  return value ? '1' : '0';
}

/** A list of words with a space on each side of every word. */
function spaced(words: readonly string[]): string {
  return ` ${words.join(' ')} `;
}

/** A time as the database writes it: its time zone is that of the process which starts it. */
function localTime(given: string | undefined): string {
  const time = given === undefined ? new Date() : new Date(given);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}
