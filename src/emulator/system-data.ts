/** The file that describes a system, and the sample system that is used without one. */
import * as z from 'zod';
import { readYaml, type YamlFile } from '../yaml-file';

export const defaultLanguage = 'default English';

const yesNo = z.enum(['Y', 'N']);
const text = z.string().nullable();

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
  blocked_address: z
    .boolean()
    .default(false)
    .describe('Whether the user group refuses calls of the API from this address'),
  blocked_page_address: z
    .boolean()
    .default(false)
    .describe('Whether the user group refuses the admin pages from this address'),
  second_factor: z.boolean().default(false),
  api_only_user: z.boolean().default(false),
  modify_phones: z.boolean().default(true),
  view_reports: z.boolean().default(false),
  admin_redirect: z.string().default('').describe('Where the admin pages send the user instead'),
  language: z.string().default(defaultLanguage).describe('The language of the admin pages'),
});

/** A row of the table `phones`: the columns that the API writes, all as strings. Most may be NULL. */
const phone = z.strictObject({
  extension: z.string(),
  server_ip: z.string(),
  dialplan_number: text.default(''),
  voicemail_id: text.default(''),
  phone_login: text.default(''),
  phone_pass: text.default(''),
  registration_password: text.default(''),
  phone_full_name: text.default(''),
  protocol: z.enum(['IAX2', 'SIP', 'Zap', 'EXTERNAL', 'PJSIP']).nullable().default('SIP'),
  local_gmt: text.default('-5.00'),
  outbound_cid: text.default(''),
  email: text.default(''),
  phone_context: text.default('default'),
  active: yesNo.nullable().default('Y'),
  status: text.default('ACTIVE'),
  admin_user_group: text.default('---ALL---'),
  outbound_alt_cid: text.default(''),
  phone_ring_timeout: text.default('60'),
  delete_vm_after_email: yesNo.nullable().default('N'),
  is_webphone: z.enum(['Y', 'N', 'Y_API_LAUNCH']).nullable().default('N'),
  webphone_auto_answer: yesNo.nullable().default('Y'),
  use_external_server_ip: yesNo.nullable().default('N'),
  on_hook_agent: yesNo.nullable().default('N'),
  template_id: z.string().default(''),
});

const alias = z.strictObject({
  alias_id: z.string().min(2),
  alias_name: z.string(),
  phone_logins: z.array(z.string()),
  user_group: text.default('---ALL---'),
});

const server = z.strictObject({
  server_ip: z.string(),
  server_id: z.string().default(''),
  server_description: z.string().default(''),
  active: yesNo.default('Y'),
});

const template = z.strictObject({ template_id: z.string(), template_name: z.string().default('') });

const userGroup = z.strictObject({
  name: z.string(),
  group_name: z.string().default(''),
  viewable_groups: z.array(z.string()).default(['---ALL---']),
});

/** An agent that is logged in at a phone. */
const liveAgent = z.strictObject({
  user: z.string(),
  server_ip: z.string(),
  extension: z.string().describe('With the protocol of the phone: `SIP/55000`'),
  status: z.enum(['READY', 'QUEUE', 'INCALL', 'PAUSED', 'CLOSER', 'MQUEUE']).default('READY'),
  campaign_id: z.string().default(''),
  last_update_time: z.string().optional().describe('As MySQL prints it, or as ISO 8601 has it. Default: now'),
});

export const systemData = z
  .strictObject({
    servers: z.array(z.union([z.string().transform((server_ip) => server.parse({ server_ip })), server])).min(1),
    templates: z
      .array(z.union([z.string().transform((template_id) => template.parse({ template_id })), template]))
      .default([]),
    user_groups: z.array(userGroup).default([]),
    users: z.array(user).min(1),
    phones: z.array(phone).default([]),
    aliases: z.array(alias).default([]),
    live_agents: z.array(liveAgent).default([]),
    entries_per_page: z
      .int()
      .min(0)
      .default(0)
      .describe('How many phones the list of the admin pages shows at once; 0 for all'),
    first_login_trigger: z
      .boolean()
      .default(false)
      .describe('Whether the installation was never finished: the admin pages then show the licence'),
    use_non_latin: z
      .boolean()
      .default(false)
      .describe('The system setting that keeps letters of every script, not only a to z'),
    latin1_tables: z
      .boolean()
      .default(false)
      .describe('Whether the tables hold no letters of other scripts although the setting is on'),
    php: z
      .enum(['strict', 'silent'])
      .default('strict')
      .describe('What PHP does with a failed statement: from 8.1 on it ends the call, before it is silent'),
    output_buffering: z
      .boolean()
      .default(false)
      .describe('Whether PHP collects the reply: a failure after the reply then changes the status only'),
    races: z
      .strictObject({
        seed: z.int().describe('The same seed gives the same moments'),
        max_ms: z.number().min(0).max(10_000).default(20).describe('The longest moment, in milliseconds'),
      })
      .optional()
      .describe('Calls that overlap race: each writes a random moment after its checks'),
  })
  .describe('A VICIdial system, for phonestate emulator --data');

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
