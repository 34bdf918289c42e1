/** From the form fields and cells of the admin pages to the API's names (reading-vicidial.md, section 1). */
import type { FieldValue, ObjectType } from '../../model/field-definition';
import { phoneAliasType } from '../../model/phone-alias-fields';
import { phoneType } from '../../model/phone-fields';
import type { StoredValues } from '../reader';
import { ownText, storedValue } from '../stored-text';
import type { Form } from './html-form';
import type { ListRow } from './html-list';

/** How the admin pages show a type of object. */
export interface PageType {
  readonly type: ObjectType;
  /** The values of `ADD` in the address of an object's page and of the list. */
  readonly viewAction: string;
  readonly listAction: string;
  /** The value of the hidden field `ADD` in the form of an object. */
  readonly modifyAction: string;
  /** The value of `ADD` in the link that deletes the object. */
  readonly deleteAction: string;
  /** The hidden fields that hold the stored key, by the names of the key fields. They are empty where there is no object. */
  readonly keyFormFields: Readonly<Record<string, string>>;
  /** The other form fields, each with its API name. */
  readonly formFields: Readonly<Record<string, string>>;
  /** The address of a row's link, with the key fields as groups. It is not URL-encoded, and a key may hold any character. */
  readonly rowAddress: RegExp;
  /** The API names of the cells of a row; undefined for what is no field. */
  readonly cells: readonly (string | undefined)[];
}

export const phonePages: PageType = {
  type: phoneType,
  viewAction: '31111111111',
  listAction: '10000000000',
  modifyAction: '41111111111',
  deleteAction: '51111111111',
  keyFormFields: { extension: 'old_extension', server_ip: 'old_server_ip' },
  formFields: {
    dialplan_number: 'dialplan_number',
    voicemail_id: 'voicemail_id',
    outbound_cid: 'outbound_cid',
    outbound_alt_cid: 'outbound_alt_cid',
    login: 'phone_login',
    pass: 'phone_pass',
    conf_secret: 'registration_password',
    fullname: 'phone_full_name',
    protocol: 'protocol',
    active: 'active',
    is_webphone: 'is_webphone',
    webphone_auto_answer: 'webphone_auto_answer',
    use_external_server_ip: 'use_external_server_ip',
    on_hook_agent: 'on_hook_agent',
    template_id: 'template_id',
    phone_ring_timeout: 'phone_ring_timeout',
    phone_context: 'phone_context',
    delete_vm_after_email: 'delete_vm_after_email',
    email: 'email',
    local_gmt: 'local_gmt',
    user_group: 'admin_user_group',
  },
  rowAddress: /[?&]ADD=31111111111&extension=(?<extension>.+)&server_ip=(?<server_ip>[^&]+)$/u,
  cells: [
    'extension',
    'protocol',
    'server_ip',
    'dialplan_number',
    'voicemail_id',
    undefined,
    'phone_full_name',
    undefined,
    undefined,
    'admin_user_group',
    undefined,
  ],
};

export const aliasPages: PageType = {
  type: phoneAliasType,
  viewAction: '32111111111',
  listAction: '12000000000',
  modifyAction: '42111111111',
  deleteAction: '52111111111',
  keyFormFields: { alias_id: 'alias_id' },
  formFields: { alias_name: 'alias_name', logins_list: 'phone_logins' },
  rowAddress: /[?&]ADD=32111111111&alias_id=(?<alias_id>.+)$/u,
  cells: ['alias_id', 'alias_name', 'phone_logins', undefined, undefined],
};

/** The values of a form but for the key. A field that the page does not have or not show reliably is left out. */
export function formValues({ type, formFields }: PageType, { fields }: Form): StoredValues {
  return convert(
    type,
    Object.entries(formFields).map(([name, apiName]) => [apiName, fields.get(name)?.value]),
  );
}

/** The fields that a form has, of those that `formValues` leaves out. An older build does not have all fields. */
export function unreadableFields({ formFields }: PageType, { fields }: Form, values: StoredValues): readonly string[] {
  return Object.entries(formFields)
    .filter(([name, apiName]) => fields.has(name) && values[apiName] === undefined)
    .map(([, apiName]) => apiName);
}

/** Whether the list of a type has every field: a row of it then stands for the page of its object. */
export function listsEveryField({ type, cells }: PageType): boolean {
  return Object.keys(type.fields).every((name) => cells.includes(name));
}

/**
 * The values of a row of a list, the key among them. Where the list has every field, a row that may not show what the page
 * of its object shows has its key only.
 *
 * @returns undefined for a row that shows no object
 */
export function rowValues(pageType: PageType, row: ListRow): StoredValues | undefined {
  const { type, rowAddress, cells: names } = pageType;
  // A value may have ended its cell, and then the others are not where they should be.
  const isReadable = row.cells.length === names.length && (row.isPlain || !listsEveryField(pageType));
  const cells = isReadable ? row.cells : [];
  const values = convert(
    type,
    names.flatMap((name, index) => (name === undefined ? [] : [[name, withoutMark(name, cells[index])] as const])),
  );
  const key = row.address === undefined ? undefined : rowAddress.exec(row.address)?.groups;
  const all = { ...values, ...key };
  return type.idFields.every((name) => all[name] !== undefined && all[name] !== '') ? all : undefined;
}

/** A webphone is marked behind its protocol. The mark does not distinguish `Y` from `Y_API_LAUNCH`. */
function withoutMark(name: string, cell: string | undefined): string | undefined {
  return name === 'protocol' ? cell?.replace(/\s*\(w\)$/u, '') : cell;
}

function convert(type: ObjectType, texts: readonly (readonly [string, string | undefined])[]): StoredValues {
  return Object.fromEntries(
    texts.flatMap(([name, text]) => {
      const value = text === undefined ? undefined : convertText(type, name, text);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function convertText(type: ObjectType, name: string, text: string): FieldValue | undefined {
  // A byte that is not UTF-8: the tables have another character set than the page.
  return text.includes('\uFFFD') ? undefined : storedValue(type, name, ownText(text));
}
