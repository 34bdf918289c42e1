/** The rows of a phone's page that the API has nothing of. They show no data, and are made once for each language. */
import { formRow, select, selectedTextOption, textInput, textOption } from './html';
import type { Translate } from './language';

const textFields = [
  'phone_ip',
  'computer_ip',
  'picture',
  'company',
  'phone_type',
  'asterisk_version',
  'login_user',
  'login_pass',
  'login_campaign',
  'park_on_extension',
  'conf_on_extension',
  'monitor_prefix',
  'recording_exten',
  'voicemail_exten',
  'voicemail_dump_exten',
  'ext_context',
  'dtmf_send_extension',
  'call_out_number_group',
  'client_browser',
  'install_directory',
  'local_web_callerID_URL',
  'web_client_sessions',
  'fast_refresh_rate',
  'voicemail_greeting',
  'voicemail_instructions_text',
  'webphone_layout',
  'webphone_dialpad_text',
  'conf_override',
  'mohsuggest',
  'peer_status',
];
const yesNoFields = [
  'user_switching_enabled',
  'conferencing_enabled',
  'admin_hangup_enabled',
  'admin_hijack_enabled',
  'admin_monitor_enabled',
  'call_parking_enabled',
  'updater_check_enabled',
  'log_uploads_enabled',
  'queue_action_enabled',
  'caller_popup_enabled',
  'voicemail_button_enabled',
  'fast_refresh_enabled',
  'persistent_database_enabled',
  'auto_dial_next_number',
  'stop_recording_after_each_call',
  'alternate_database_enabled',
  'reports_database_enabled',
  'outbound_calls_enabled',
  'webphone_mute_enabled',
  'webphone_volume_enabled',
  'webphone_debug_enabled',
  'unavailable_dialplan_forward_enabled',
  'voicemail_messages_shown',
  'agent_login_on_phone',
];

const notes =
  'Changes are written to the configuration of the server within a minute. Calls in progress are not affected by them, and a phone that is registered stays registered until its next attempt.';

const rows = new Map<Translate, string>();

export function unmanagedRows(translate: Translate): string {
  const made = rows.get(translate) ?? makeRows(translate);
  rows.set(translate, made);
  return made;
}

function makeRows(translate: Translate): string {
  const options = ['1', '0'].map(textOption).join('');
  const fields = [
    ...textFields.map((name) => [name, textInput(name, '', { size: 20, maxLength: 100 })] as const),
    ...yesNoFields.map((name) => [name, select(name, options, selectedTextOption('1'))] as const),
  ];
  return fields
    .map(([name, field]) =>
      formRow(
        translate(name.replaceAll('_', ' ')),
        `phones-${name}`,
        `${field} <font size=1 color='#666'>${translate(notes)}</font>`,
      ),
    )
    .join('');
}
