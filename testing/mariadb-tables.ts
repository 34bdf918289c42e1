/** The tables of VICIdial that a reader uses, as reading-vicidial.md, section 2, describes them; of two schemas. */

export type SchemaName = 'current' | '150217';

/** The definition of each column, by table. */
export type TableDefinitions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The schema of build 241004. */
const current: TableDefinitions = {
  phones: {
    extension: 'varchar(100)',
    dialplan_number: 'varchar(20)',
    voicemail_id: 'varchar(10)',
    server_ip: 'varchar(15)',
    login: 'varchar(15)',
    pass: 'varchar(100)',
    status: 'varchar(10)',
    active: "enum('Y','N')",
    fullname: 'varchar(50)',
    protocol: "enum('SIP','PJSIP','Zap','IAX2','EXTERNAL')",
    local_gmt: "varchar(6) default '-5.00'",
    email: 'varchar(100)',
    outbound_cid: 'varchar(20)',
    template_id: 'varchar(15) not null',
    phone_context: "varchar(20) default 'default'",
    conf_secret: "varchar(100) default 'test'",
    user_group: "varchar(20) default '---ALL---'",
    is_webphone: "enum('Y','N','Y_API_LAUNCH') default 'N'",
    use_external_server_ip: "enum('Y','N') default 'N'",
    on_hook_agent: "enum('Y','N') default 'N'",
    webphone_auto_answer: "enum('Y','N') default 'Y'",
    outbound_alt_cid: "varchar(20) default ''",
    phone_ring_timeout: "smallint(3) default '60'",
    delete_vm_after_email: "enum('N','Y') default 'N'",
  },
  phones_alias: {
    alias_id: 'varchar(20) not null',
    alias_name: 'varchar(50)',
    logins_list: 'varchar(255)',
    user_group: "varchar(20) default '---ALL---'",
  },
  servers: {
    server_id: 'varchar(10) not null',
    server_description: 'varchar(255)',
    server_ip: 'varchar(15) not null',
    active: "enum('Y','N')",
  },
  vicidial_conf_templates: { template_id: 'varchar(15) not null', template_name: 'varchar(50) not null' },
  vicidial_user_groups: {
    user_group: 'varchar(20) not null',
    group_name: 'varchar(40) not null',
    admin_viewable_groups: 'text',
  },
  vicidial_users: {
    user: 'varchar(20) not null',
    pass: 'varchar(100) not null',
    user_level: "tinyint unsigned default '1'",
    user_group: 'varchar(20)',
    active: "enum('Y','N') default 'Y'",
    vdc_agent_api_access: "enum('0','1') default '0'",
    ast_admin_access: "enum('0','1') default '0'",
    ast_delete_phones: "enum('0','1') default '0'",
    modify_phones: "enum('0','1') default '0'",
    failed_login_count: "tinyint unsigned default '0'",
    api_only_user: "enum('0','1') default '0'",
    api_allowed_functions: "varchar(1000) default ' ALL_FUNCTIONS '",
  },
  system_settings: {
    version: 'varchar(50)',
    use_non_latin: "enum('0','1') default '0'",
    db_schema_version: "int unsigned default '0'",
  },
  vicidial_live_agents: {
    user: 'varchar(20)',
    server_ip: 'varchar(15) not null',
    extension: 'varchar(100)',
    status: "enum('READY','QUEUE','INCALL','PAUSED','CLOSER','MQUEUE') default 'PAUSED'",
    campaign_id: 'varchar(20)',
    last_update_time: 'timestamp null',
  },
  vicidial_admin_log: {
    admin_log_id: 'int unsigned not null auto_increment',
    event_date: 'datetime not null',
    user: 'varchar(20) not null',
    ip_address: 'varchar(15) not null',
    event_section: 'varchar(30) not null',
    event_type: "enum('ADD','COPY','LOAD','RESET','MODIFY','DELETE','SEARCH','LOGIN','LOGOUT','CLEAR','OTHER')",
    record_id: 'varchar(50) not null',
    event_code: 'varchar(255) not null',
    event_sql: 'mediumtext',
    event_notes: 'mediumtext',
  },
};

/** What the schema of build 150217 lacks: the columns of later builds (vicidial-api.md, sections 3 and 5). */
const laterColumns: Readonly<Record<string, readonly string[]>> = {
  phones: [
    'is_webphone',
    'use_external_server_ip',
    'on_hook_agent',
    'webphone_auto_answer',
    'template_id',
    'outbound_alt_cid',
    'phone_ring_timeout',
    'delete_vm_after_email',
  ],
  vicidial_users: ['api_only_user', 'api_allowed_functions'],
};

const build150217: TableDefinitions = Object.fromEntries(
  Object.entries(current).map(([table, columns]) => [
    table,
    {
      ...Object.fromEntries(Object.entries(columns).filter(([name]) => !laterColumns[table]?.includes(name))),
      ...(table === 'phones' ? { pass: 'varchar(10)', conf_secret: "varchar(20) default 'test'" } : {}),
    },
  ]),
);

export const schemas: Readonly<Record<SchemaName, TableDefinitions>> = { current, '150217': build150217 };

/** The columns by which a row is found; unique. */
export const keyColumns: Readonly<Record<string, readonly string[]>> = {
  phones: ['extension', 'server_ip'],
  phones_alias: ['alias_id'],
  servers: ['server_ip'],
  vicidial_conf_templates: ['template_id'],
  vicidial_user_groups: ['user_group'],
  vicidial_users: ['user'],
  vicidial_live_agents: ['user'],
  vicidial_admin_log: ['admin_log_id'],
};

/** The statements that create all tables, as a plain installation has them: MyISAM, latin1. */
export function createStatements(schema: SchemaName, charset = 'latin1'): string[] {
  return Object.entries(schemas[schema]).map(([table, columns]) => {
    const key = keyColumns[table];
    const lines = Object.entries(columns).map(([name, definition]) => `${name} ${definition}`);
    const unique = key ? [`unique index by_key (${key.join(', ')})`] : [];
    return `create table ${table} (${[...lines, ...unique].join(', ')}) engine=MyISAM default charset=${charset}`;
  });
}
