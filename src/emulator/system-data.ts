/** The file that describes a system, and the sample system that is used without one. */
import * as z from 'zod';
import { readYaml, type YamlFile } from '../yaml-file';

const yesNo = z.enum(['Y', 'N']);

const user = z.strictObject({
  user: z.string().min(2),
  password: z.string().min(1),
  level: z.int().min(0).max(9).default(9),
  active: z.boolean().default(true),
  api_access: z.boolean().default(true),
  ast_admin_access: z.boolean().default(true),
  delete_phones: z.boolean().default(true),
  allowed_functions: z.array(z.string()).default(['ALL_FUNCTIONS']),
  user_group: z.string().default('ADMIN'),
  blocked_address: z.boolean().default(false),
  second_factor: z.boolean().default(false),
});

/** A row of the table `phones`: the columns that the API writes, all as strings. */
const phone = z.strictObject({
  extension: z.string(),
  server_ip: z.string(),
  dialplan_number: z.string().default(''),
  voicemail_id: z.string().default(''),
  phone_login: z.string().default(''),
  phone_pass: z.string().default(''),
  registration_password: z.string().default(''),
  phone_full_name: z.string().default(''),
  protocol: z.enum(['IAX2', 'SIP', 'Zap', 'EXTERNAL', 'PJSIP']).default('SIP'),
  local_gmt: z.string().default('-5.00'),
  outbound_cid: z.string().default(''),
  email: z.string().default(''),
  phone_context: z.string().default('default'),
  active: yesNo.default('Y'),
  status: z.string().default('ACTIVE'),
  admin_user_group: z.string().default('---ALL---'),
  outbound_alt_cid: z.string().default(''),
  phone_ring_timeout: z.string().default('60'),
  delete_vm_after_email: yesNo.default('N'),
  is_webphone: z.enum(['Y', 'N', 'Y_API_LAUNCH']).default('N'),
  webphone_auto_answer: yesNo.default('Y'),
  use_external_server_ip: yesNo.default('N'),
  on_hook_agent: yesNo.default('N'),
  template_id: z.string().default(''),
});

const alias = z.strictObject({
  alias_id: z.string().min(2),
  alias_name: z.string(),
  phone_logins: z.array(z.string()),
});

export const systemData = z.strictObject({
  servers: z.array(z.string()).min(1),
  templates: z.array(z.string()).default([]),
  user_groups: z
    .array(z.strictObject({ name: z.string(), viewable_groups: z.array(z.string()).default(['---ALL---']) }))
    .default([]),
  users: z.array(user).min(1),
  phones: z.array(phone).default([]),
  aliases: z.array(alias).default([]),
  /** The system setting that keeps letters of every script, not only a to z. */
  use_non_latin: z.boolean().default(false),
});

export type SystemData = z.output<typeof systemData>;
/** System data before the defaults are filled in, as files and tests write it. */
export type SystemInput = z.input<typeof systemData>;

/** Two servers, a user with every permission, and users that each lack one. */
export const sampleSystem: SystemInput = {
  servers: ['10.0.0.11', '10.0.0.12'],
  templates: ['SIP_generic', 'WebRTC'],
  user_groups: [{ name: 'ADMIN' }, { name: 'SALES', viewable_groups: ['SALES'] }],
  users: [
    { user: '6666', password: 'admin1234' },
    { user: 'nodelete', password: 'admin1234', delete_phones: false },
    { user: 'readonly', password: 'admin1234', ast_admin_access: false },
    { user: 'sales', password: 'admin1234', user_group: 'SALES' },
  ],
};

/**
 * Reads a system from a file.
 *
 * @throws Error whose message lists every error with file and line
 */
export function readSystem(file: string): YamlFile<SystemData> {
  return readYaml(file, systemData);
}
