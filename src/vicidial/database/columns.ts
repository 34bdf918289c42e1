/**
 * The tables that are read, and their columns (reading-vicidial.md, section 2). No others are ever selected: the guide on
 * reading grants exactly these.
 */
import type { ObjectType } from '../../model/field-definition';
import { phoneAliasType } from '../../model/phone-alias-fields';
import { phoneType } from '../../model/phone-fields';

/** The columns of objects that have another name than their API field. */
const renamed: Readonly<Record<string, string>> = {
  phone_login: 'login',
  phone_pass: 'pass',
  registration_password: 'conf_secret',
  phone_full_name: 'fullname',
  admin_user_group: 'user_group',
  phone_logins: 'logins_list',
};

/** The column of an API field. */
export function columnOf(field: string): string {
  return renamed[field] ?? field;
}

export interface TableColumns {
  /** Columns that every schema has. */
  readonly required: readonly string[];
  /** Columns that came with a later build. */
  readonly optional: readonly string[];
}

/** The columns of an object are those of its fields; those of a field that came with a build may be absent. */
function objectColumns({ fields }: ObjectType): TableColumns {
  const columns = (ofLaterBuilds: boolean) =>
    Object.keys(fields)
      .filter((name) => (fields[name]?.sinceBuild !== undefined) === ofLaterBuilds)
      .map(columnOf);
  return { required: columns(false), optional: columns(true) };
}

export const tables = {
  phones: objectColumns(phoneType),
  phones_alias: objectColumns(phoneAliasType),
  servers: { required: ['server_ip', 'server_id', 'server_description', 'active'], optional: [] },
  vicidial_conf_templates: { required: ['template_id', 'template_name'], optional: [] },
  vicidial_user_groups: { required: ['user_group', 'group_name', 'admin_viewable_groups'], optional: [] },
  vicidial_users: {
    required: [
      'user',
      'user_level',
      'user_group',
      'active',
      'vdc_agent_api_access',
      'ast_admin_access',
      'ast_delete_phones',
    ],
    // The list of functions came with build 180301 (vicidial-api.md, section 3).
    optional: ['api_allowed_functions'],
  },
  system_settings: { required: ['use_non_latin', 'db_schema_version', 'version'], optional: [] },
  vicidial_live_agents: {
    required: ['user', 'server_ip', 'extension', 'status', 'campaign_id', 'last_update_time'],
    optional: [],
  },
  // For a report of drift alone. Whether the last two are in every schema is not known.
  vicidial_admin_log: {
    required: ['event_date', 'user', 'event_section', 'event_type', 'record_id'],
    optional: ['event_code', 'event_notes'],
  },
} as const satisfies Record<string, TableColumns>;

export type TableName = keyof typeof tables;
// The type of Object.keys is wider than the keys of a constant.
export const tableNames = Object.keys(tables) as TableName[];

/** The table of a type of object. */
export function tableOf(type: ObjectType): 'phones' | 'phones_alias' {
  return type.resourceType === phoneType.resourceType ? 'phones' : 'phones_alias';
}
