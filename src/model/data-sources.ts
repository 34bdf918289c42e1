/**
 * The data sources: one definition each. The schemas, the constructs and the docs are made from these. The attributes of
 * phones and phone aliases are their fields.
 */
import type { FieldDefinition } from './field-definition';
import { phoneAliasType } from './phone-alias-fields';
import { phoneType } from './phone-fields';

/** An argument or attribute of a data source. A row of a field table is one. */
export interface DataField {
  /** Markdown. */
  readonly description: string;
  /** `list` and `logins` hold strings; without it, a string. */
  readonly type?: FieldDefinition['type'] | 'bool' | 'list';
  readonly secret?: true;
}

export interface DataSourceDefinition {
  /** The name in Terraform. */
  readonly type: `vicidial_${string}`;
  /** Markdown. */
  readonly description: string;
  readonly arguments: Readonly<Record<string, DataField & { readonly required?: true }>>;
  readonly attributes: Readonly<Record<string, DataField>>;
  /** The attribute that holds several objects, as a map by their ids. */
  readonly objects?: {
    readonly name: string;
    readonly description: string;
    readonly attributes: Readonly<Record<string, DataField>>;
  };
}

const includeSecrets = {
  type: 'bool',
  description: 'Whether the passwords are read. They are then in the state, in clear. Default: `false`.',
} as const satisfies DataField;

const phoneId = { description: 'Identity of the phone: `SERVER_IP/EXTENSION`.' } as const;
const aliasId = { description: 'Identity of the phone alias: its `alias_id`.' } as const;

export const phoneData = {
  type: 'vicidial_phone',
  description: 'One phone of VICIdial with all its fields.',
  arguments: {
    server_ip: { ...phoneType.fields.server_ip, required: true },
    extension: { ...phoneType.fields.extension, required: true },
    include_secrets: includeSecrets,
  },
  attributes: { id: phoneId, ...phoneType.fields },
} as const satisfies DataSourceDefinition;

export const phonesData = {
  type: 'vicidial_phones',
  description:
    'The phones of VICIdial that the API user may view, with all their fields. Arguments select some of them; a phone has to match all that are set.',
  arguments: {
    server_ip: { description: 'Only the phones of this server.' },
    admin_user_group: { description: 'Only the phones of this user group (case-insensitive).' },
    protocol: { description: 'Only the phones with this protocol, `PJSIP` included (case-insensitive).' },
    extension_pattern: {
      description:
        'Only the phones whose whole extension matches this pattern (case-insensitive): `*` stands for any number of characters, `?` for one, and every other character for itself.',
    },
    include_secrets: includeSecrets,
  },
  attributes: {},
  objects: {
    name: 'phones',
    description: 'The phones by `id`.',
    attributes: { id: phoneId, ...phoneType.fields },
  },
} as const satisfies DataSourceDefinition;

export const phoneAliasData = {
  type: 'vicidial_phone_alias',
  description: 'One phone alias of VICIdial.',
  arguments: { alias_id: { ...phoneAliasType.fields.alias_id, required: true } },
  attributes: { id: aliasId, ...phoneAliasType.fields },
} as const satisfies DataSourceDefinition;

export const phoneAliasesData = {
  type: 'vicidial_phone_aliases',
  description: 'All phone aliases of VICIdial.',
  arguments: {},
  attributes: {},
  objects: {
    name: 'phone_aliases',
    description: 'The phone aliases by `alias_id`.',
    attributes: { id: aliasId, ...phoneAliasType.fields },
  },
} as const satisfies DataSourceDefinition;

export const systemData = {
  type: 'vicidial_system',
  description:
    'The VICIdial system of the provider, and what the API user may do there. It needs neither the admin pages nor the database.',
  arguments: {},
  attributes: {
    system: { description: '`system_name` of the provider, else host, port and path of its `url`.' },
    version: { description: 'Version as the API states it; as the database has it where there is no password.' },
    build: { description: 'Build of the API, for example `241004-1518`. Null where there is no password.' },
    reader: {
      description: 'Where phones are read: `database`, `admin` (the admin pages) or `api` (they are not read).',
    },
    lacks: {
      type: 'list',
      description:
        'The arguments of `vicidial_phone` and `vicidial_phone_alias` that this build or its database lacks.',
    },
    may_add: { type: 'bool', description: 'Whether the API user may call `add_phone`.' },
    may_update: { type: 'bool', description: 'Whether the API user may call `update_phone`.' },
    may_add_alias: { type: 'bool', description: 'Whether the API user may call `add_phone_alias`.' },
    may_update_alias: { type: 'bool', description: 'Whether the API user may call `update_phone_alias`.' },
    may_delete: {
      type: 'bool',
      description:
        'Whether the API user has "AST Delete Phones". A delete also needs `may_update`, that of a phone alias `may_update_alias`. Null where phones are not read.',
    },
  },
} as const satisfies DataSourceDefinition;

export const serversData = {
  type: 'vicidial_servers',
  description: 'The servers of VICIdial. The admin pages show only `server_ip`; the other attributes are then null.',
  arguments: {},
  attributes: {},
  objects: {
    name: 'servers',
    description: 'The servers by `server_ip`.',
    attributes: {
      server_ip: { description: 'Address of the server; what `server_ip` of a phone refers to.' },
      server_id: { description: 'Id of the server.' },
      description: { description: 'Description of the server.' },
      active: { type: 'bool', description: 'Whether the server is active.' },
    },
  },
} as const satisfies DataSourceDefinition;

export const templatesData = {
  type: 'vicidial_templates',
  description: 'The configuration templates of VICIdial.',
  arguments: {},
  attributes: {},
  objects: {
    name: 'templates',
    description: 'The templates by `template_id`.',
    attributes: {
      template_id: { description: 'Id of the template; what `template_id` of a phone refers to.' },
      template_name: { description: 'Name of the template.' },
    },
  },
} as const satisfies DataSourceDefinition;

export const userGroupsData = {
  type: 'vicidial_user_groups',
  description: 'The user groups of VICIdial; on the admin pages, those which the API user may view.',
  arguments: {},
  attributes: {},
  objects: {
    name: 'user_groups',
    description: 'The user groups by `user_group`.',
    attributes: {
      user_group: { description: 'Id of the user group; what `admin_user_group` of a phone refers to.' },
      group_name: { description: 'Name of the user group.' },
    },
  },
} as const satisfies DataSourceDefinition;
