/** The fields of the form of a phone that the API knows too, and the field `status`, in the order of the page. */
import type { Store } from '../store';
import { select, selectedTextOption, selectedValueOption, textOption, valueOption, type TextOptions } from './html';
import type { Translate } from './language';

interface Context {
  readonly store: Store;
  readonly translate: Translate;
}

interface PageField {
  /** The name of the form field. */
  readonly name: string;
  /** The column under its API name, where that differs. */
  readonly column?: string;
  readonly label: string;
  /** Older builds do not have the field on the page. */
  readonly sinceBuild?: number;
  /** A text field, or the choice that shows a value. */
  readonly field: TextOptions | ((name: string, value: string, context: Context) => string);
}

const timezones =
  '12.75 12.00 11.00 10.00 9.50 9.00 8.00 7.00 6.50 6.00 5.75 5.50 5.00 4.50 4.00 3.50 3.00 2.00 1.00 0.00 -1.00 -2.00 -3.00 -3.50 -4.00 -5.00 -6.00 -7.00 -8.00 -9.00 -10.00 -11.00 -12.00';

export const phonePageFields: readonly PageField[] = [
  { name: 'extension', label: 'Phone Extension', field: { size: 20, maxLength: 100 } },
  { name: 'dialplan_number', label: 'Dial Plan Number', field: { size: 15, maxLength: 20 } },
  { name: 'voicemail_id', label: 'Voicemail Box', field: { size: 10, maxLength: 10 } },
  {
    name: 'delete_vm_after_email',
    label: 'Delete Voicemail After Email',
    sinceBuild: 180331,
    field: textChoice('N', 'Y'),
  },
  { name: 'outbound_cid', label: 'Outbound CallerID', field: { size: 10, maxLength: 20 } },
  {
    name: 'outbound_alt_cid',
    label: 'Outbound Alternate CallerID',
    sinceBuild: 180331,
    field: { size: 10, maxLength: 20 },
  },
  { name: 'user_group', column: 'admin_user_group', label: 'Admin User Group', field: userGroupChoice },
  { name: 'server_ip', label: 'Server IP', field: serverChoice },
  { name: 'login', column: 'phone_login', label: 'Agent Screen Login', field: { size: 10, maxLength: 15 } },
  {
    name: 'pass',
    column: 'phone_pass',
    label: 'Login Password',
    field: { size: 40, maxLength: 100, id: 'pass_field' },
  },
  {
    name: 'conf_secret',
    column: 'registration_password',
    label: 'Registration Password',
    field: { size: 40, maxLength: 100, id: 'reg_pass_field' },
  },
  { name: 'is_webphone', label: 'Set As Webphone', sinceBuild: 200622, field: valueChoice('Y', 'N', 'Y_API_LAUNCH') },
  { name: 'webphone_auto_answer', label: 'Webphone Auto-Answer', sinceBuild: 200622, field: valueChoice('Y', 'N') },
  {
    name: 'use_external_server_ip',
    label: 'Use External Server IP',
    sinceBuild: 200622,
    field: valueChoice('Y', 'N'),
  },
  {
    name: 'status',
    label: 'Status',
    field: valueChoice('ACTIVE', 'SUSPENDED', 'CLOSED', 'PENDING', 'ADMIN'),
  },
  { name: 'active', label: 'Active Account', field: textChoice('Y', 'N') },
  { name: 'fullname', column: 'phone_full_name', label: 'Full Name', field: { size: 20, maxLength: 50 } },
  { name: 'email', label: 'Email', field: { size: 50, maxLength: 100 } },
  { name: 'protocol', label: 'Client Protocol', field: textChoice('SIP', 'PJSIP', 'Zap', 'IAX2', 'EXTERNAL') },
  { name: 'local_gmt', label: 'Local GMT', field: textChoice(...timezones.split(' ')) },
  { name: 'phone_ring_timeout', label: 'Phone Ring Timeout', sinceBuild: 180331, field: { size: 4, maxLength: 4 } },
  { name: 'on_hook_agent', label: 'On-Hook Agent', sinceBuild: 200622, field: valueChoice('N', 'Y') },
  { name: 'phone_context', label: 'Phone Context', field: { size: 20, maxLength: 20 } },
  { name: 'template_id', label: 'Template ID', sinceBuild: 200622, field: templateChoice },
];

/** A choice whose options have no `value`. */
function textChoice(...values: string[]) {
  const options = values.map(textOption).join('');
  return (name: string, value: string) => select(name, options, selectedTextOption(value));
}

/** A choice whose options have a `value`, and a translated text. */
function valueChoice(...values: string[]) {
  return (name: string, value: string, { translate }: Context) =>
    select(
      name,
      values.map((each) => valueOption(each, translate(each))).join(''),
      selectedValueOption(value, translate(value)),
    );
}

function serverChoice(name: string, value: string, { store }: Context): string {
  return select(name, store.servers.map(textOption).join(''), selectedTextOption(value));
}

export function userGroupChoice(name: string, value: string, { store, translate }: Context): string {
  const options = [
    valueOption('---ALL---', translate('All Admin User Groups')),
    ...store.groups.map((group) => valueOption(group.name, `${group.name} - ${group.group_name}`)),
  ];
  return select(name, options.join(''), selectedValueOption(value, value));
}

/** Two options are selected: `--NONE--`, and the template at the end. */
function templateChoice(name: string, value: string, { store }: Context): string {
  const options = [
    `<option value="--NONE--" SELECTED>--NONE--</option>`,
    ...store.templates.map(({ template_id, template_name }) =>
      valueOption(template_id, `${template_id} - ${template_name}`),
    ),
  ];
  return select(name, options.join(''), selectedValueOption(value, value));
}
