/**
 * What the resources and data sources ask of VICIdial, and what the API user needs for it (vicidial-api.md, sections 3 and 8;
 * reading-vicidial.md). A test compares the functions with the calls of a whole life.
 */
import type { ObjectType, WriteFunction } from '../../src/model/field-definition';
import { phoneType } from '../../src/model/phone-fields';
import type { TableName } from '../../src/vicidial/database/columns';
import { aliasPages, phonePages } from '../../src/vicidial/admin/stored-fields';
import { code, enumeration, page, table } from './markdown';

type ApiFunction = WriteFunction | 'version';

interface CallRow {
  readonly purpose: string;
  /** Those of the API; `version` needs no login. */
  readonly functions: readonly ApiFunction[];
  readonly how?: string;
  readonly needs: string;
}

/** The calls of a resource, but for those that only `delete_permission_check = "canary"` makes. */
export function callsOf(type: ObjectType): readonly CallRow[] {
  const { addFunction: add, updateFunction: update, noun, fields } = type;
  const mayUpdate = `${code(update)} among its functions`;
  const later = Object.keys(fields).filter((name) => fields[name]?.onCreate === 'ignored');
  return [
    {
      purpose: `whether the ${noun} exists`,
      functions: [update],
      how: 'with a value that VICIdial always refuses',
      needs: mayUpdate,
    },
    ...(type === phoneType
      ? [
          {
            purpose: 'whether it is hidden from the API user',
            functions: [add],
            how: 'with a value that VICIdial always refuses',
            needs: `${code(add)} among its functions`,
          },
        ]
      : []),
    { purpose: 'the build', functions: ['version'], needs: 'nothing: it has no login' },
    {
      purpose: 'create',
      functions: [add, ...(later.length > 0 ? [update] : [])],
      ...(later.length > 0 ? { how: `the second one for ${enumeration(later.map(code))}` } : {}),
      needs: `${enumeration([add, ...(later.length > 0 ? [update] : [])].map(code))} among its functions`,
    },
    { purpose: 'update, adopt', functions: [update], needs: mayUpdate },
    {
      purpose: 'delete',
      functions: [update],
      how: `with ${code(`${type.deleteParameter}=Y`)}`,
      needs: `${mayUpdate}, and "AST Delete Phones"`,
    },
  ];
}

/** The section of a resource. */
export function callsSection(type: ObjectType): string {
  const rows = callsOf(type).map(({ purpose, functions, how, needs }) => [
    purpose,
    `${enumeration(functions.map(code))}${how === undefined ? '' : `, ${how}`}`,
    needs,
  ]);
  return page([
    '## API Functions and Permissions',
    'The API user needs level 8 or higher, API access and "AST Admin Access". From build 180301 on, each user has a list of the API functions that it may call.',
    table(['for', 'calls', 'the API user needs'], rows),
    'The API shows no fields. They are read from the admin pages or the database; with the database, a plan makes no call, unless an object is missing in a replica:',
    readersTable(resourceReads(type)),
    'With `delete_permission_check = "canary"`, a plan that deletes calls `add_phone_alias` and `update_phone_alias`. The guide [Permissions of the API user](../guides/permissions.md) shows how to set a user up, and how to check it.',
  ]).trimEnd();
}

interface Reads {
  /** With the admin pages: the values of `ADD`. */
  readonly pages: readonly string[];
  /** With the database. */
  readonly tables: readonly TableName[];
  /** The functions of the API, where it calls any. */
  readonly functions?: readonly WriteFunction[];
}

const { viewAction: phonePage, listAction: phoneList } = phonePages;
/** The list shows every field of most aliases; the others have their page. */
const aliasReads = [phonePage, aliasPages.listAction, aliasPages.viewAction];
const user = ['vicidial_users', 'vicidial_user_groups'] as const;

/** What plans of a resource read, and a refresh. */
export function resourceReads(type: ObjectType): Reads {
  return type === phoneType
    ? { pages: [phonePage], tables: ['phones', ...user, 'servers', 'vicidial_conf_templates', 'vicidial_live_agents'] }
    : { pages: aliasReads, tables: ['phones_alias', ...user, 'phones'] };
}

/** By the type of a data source. The choices on the page of a phone are the lists of servers, templates and user groups. */
export const dataSourceReads: Readonly<Record<string, Reads>> = {
  vicidial_phone: { pages: [phonePage], tables: ['phones', ...user] },
  vicidial_phones: { pages: [phonePage, phoneList], tables: ['phones', ...user] },
  vicidial_phone_alias: { pages: aliasReads, tables: ['phones_alias', ...user] },
  vicidial_phone_aliases: { pages: aliasReads, tables: ['phones_alias', ...user] },
  vicidial_system: {
    pages: [phonePage],
    tables: ['system_settings', ...user],
    functions: ['add_phone', 'update_phone', 'add_phone_alias', 'update_phone_alias'],
  },
  vicidial_servers: { pages: [phonePage], tables: ['servers'] },
  vicidial_templates: { pages: [phonePage], tables: ['vicidial_conf_templates'] },
  vicidial_user_groups: { pages: [phonePage], tables: ['vicidial_user_groups'] },
};

/** The section of a data source. */
export function readsSection(type: string): string {
  const reads = dataSourceReads[type];
  if (!reads) throw new Error(`scripts/docs/calls.ts does not have what the data source ${type} reads.`);
  return page([
    '## API Functions and Permissions',
    readersTable(reads),
    reads.functions
      ? `It calls \`version\` where there is a password. What the API user may do is read from the database, or else seen from calls of ${enumeration(reads.functions.map(code))} without fields, which change nothing.`
      : 'It calls no function of the API that writes.',
  ]).trimEnd();
}

const pagePermissions = 'level 8 or higher, "AST Admin Access" and "Modify Phones", and not `API Only User`';

function readersTable({ pages, tables: read }: Reads): string {
  return table(
    ['`read_from`', 'pages or tables', 'needs'],
    [
      ['`admin`', enumeration(pages.map((action) => code(`admin.php?ADD=${action}`))), pagePermissions],
      ['`database`', enumeration(read.map(code)), '`SELECT` for the user in `database_url`'],
    ],
  );
}
