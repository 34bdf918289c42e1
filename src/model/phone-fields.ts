/**
 * The field table of a phone: one row for each field (vicidial-api.md, sections 4 to 6), in the order in which
 * update_phone checks them. To add a field, add a row.
 */
import { builds } from './builds';
import { allowedCharacters } from './characters';
import type { FieldDefinition, ObjectType } from './field-definition';

/** The offsets that VICIdial accepts, in its own form. */
// prettier-ignore
export const timezoneOffsets = [
  '12.75', '12.00', '11.00', '10.00', '9.50', '9.00', '8.00', '7.00', '6.50', '6.00', '5.75', '5.50', '5.00', '4.50',
  '4.00', '3.50', '3.00', '2.00', '1.00', '0.00', '-1.00', '-2.00', '-3.00', '-3.50', '-4.00', '-5.00', '-6.00',
  '-7.00', '-8.00', '-9.00', '-10.00', '-11.00', '-12.00',
] as const;

const yesNo = ['Y', 'N'] as const;

/** Both functions accept any length that the column holds. */
const anyLength = { create: { min: 1 }, update: { min: 1 } } as const;

/** What the four webphone switches have in common. */
const webphoneSwitch = {
  allowedCharacters: allowedCharacters.word,
  caseInsensitive: true,
  ignoresInvalid: true,
  onCreate: 'optional',
  ...anyLength,
  sinceBuild: builds.webphone,
} as const;

export const phoneFields = {
  extension: {
    description:
      'The SIP or IAX entry on its server. Together with `server_ip` it is the identity of the phone (case-insensitive).',
    key: true,
    allowedCharacters: allowedCharacters.word,
    columnLength: 100,
    onCreate: 'required',
    create: { min: 2 },
    update: { min: 1 },
    example: '55000',
  },
  server_ip: {
    description: 'The server that the phone belongs to, as VICIdial lists it in Admin > Servers.',
    key: true,
    allowedCharacters: allowedCharacters.address,
    allowedCharactersBefore: { build: builds.serverNames, allowed: allowedCharacters.addressDigits },
    columnLength: 15,
    onCreate: 'required',
    ...anyLength,
    example: '10.0.0.11',
  },
  local_gmt: {
    description: 'Offset of the phone from GMT in hours, with two decimals.',
    choices: timezoneOffsets,
    offset: true,
    allowedCharacters: allowedCharacters.offset,
    columnLength: 6,
    onCreate: 'required',
    ...anyLength,
    example: '-5.00',
  },
  email: {
    description: 'Address to which voicemail of the phone is sent.',
    email: true,
    allowedCharacters: allowedCharacters.email,
    columnLength: 100,
    onCreate: 'optional',
    create: { min: 1 },
    update: { min: 5, max: 300 },
    clearable: true,
    serverDefault: '',
    example: 'desk@example.com',
  },
  phone_context: {
    description: 'Asterisk dialplan context in which the phone dials.',
    allowedCharacters: allowedCharacters.word,
    columnLength: 20,
    onCreate: 'optional',
    create: { min: 1 },
    update: { min: 2, max: 30 },
    clearable: true,
    serverDefault: 'default',
    example: 'default',
  },
  phone_full_name: {
    description: 'Name shown for the phone in VICIdial.',
    allowedCharacters: allowedCharacters.name,
    columnLength: 50,
    onCreate: 'required',
    create: { min: 1 },
    update: { min: 2, max: 30 },
    clearable: true,
    example: 'Front desk',
  },
  registration_password: {
    description: 'Password with which the device registers at the server (`conf_secret`).',
    secret: true,
    allowedCharacters: allowedCharacters.word,
    columnLength: 100,
    columnLengthBefore: { build: builds.longRegistrationPasswords, length: 20 },
    onCreate: 'required',
    create: { min: 1 },
    update: { min: 2, max: 30 },
    clearable: true,
    example: 'a-long-random-word',
  },
  protocol: {
    description: 'Protocol of the device. The API refuses `PJSIP`, although the database has it.',
    choices: ['SIP', 'IAX2', 'Zap', 'EXTERNAL'],
    // Asterisk renamed Zap.
    choiceSynonyms: { DAHDI: 'Zap', Zaptel: 'Zap', chan_dahdi: 'Zap', IAX: 'IAX2', chan_iax2: 'IAX2', chan_sip: 'SIP' },
    unsupportedChoices: {
      PJSIP:
        'The API does not accept PJSIP, although the database has it: add such a phone on the admin pages, import it, and leave protocol out.',
    },
    allowedCharacters: allowedCharacters.alphanumeric,
    columnLength: 8,
    onCreate: 'required',
    ...anyLength,
    example: 'SIP',
  },
  phone_pass: {
    description: 'Password with which an agent logs in to the phone.',
    secret: true,
    allowedCharacters: allowedCharacters.word,
    columnLength: 100,
    columnLengthBefore: { build: builds.webphone, length: 10 },
    onCreate: 'required',
    create: { min: 1 },
    update: { min: 2, max: 30 },
    example: 'a-random-word',
  },
  phone_login: {
    description: 'Login with which an agent selects the phone; unique across all servers (case-insensitive).',
    allowedCharacters: allowedCharacters.word,
    columnLength: 15,
    onCreate: 'required',
    ...anyLength,
    example: '55000',
  },
  voicemail_id: {
    description: 'Voicemail box of the phone. Letters are allowed from build 220312 on.',
    allowedCharacters: allowedCharacters.alphanumeric,
    allowedCharactersBefore: { build: builds.voicemailLetters, allowed: allowedCharacters.digits },
    columnLength: 10,
    onCreate: 'required',
    create: { min: 1 },
    update: { min: 2, max: 30 },
    notClearableReason:
      'The server would store the word BLANK as the mailbox, or ignore the request, depending on its build.',
    sharedWarning: 'mailbox-shared',
    example: '55000',
  },
  dialplan_number: {
    description: 'Number that rings the phone in the dialplan.',
    allowedCharacters: allowedCharacters.dialplan,
    columnLength: 20,
    onCreate: 'required',
    create: { min: 2 },
    update: { min: 3, max: 30 },
    sharedWarning: 'dialplan-number-shared',
    example: '55000',
  },
  active: {
    description: 'Whether the phone is written into the configuration of its server.',
    choices: yesNo,
    allowedCharacters: allowedCharacters.capitals,
    columnLength: 1,
    onCreate: 'ignored',
    ...anyLength,
    serverDefault: 'Y',
    addSetsDefault: true,
    example: 'Y',
  },
  outbound_cid: {
    description: 'Outbound caller ID.',
    allowedCharacters: allowedCharacters.digits,
    columnLength: 20,
    onCreate: 'required',
    create: { min: 1 },
    update: { min: 6, max: 18 },
    example: '7275551212',
  },
  admin_user_group: {
    description: 'User group whose administrators may view the phone. The server does not check that it exists.',
    allowedCharacters: allowedCharacters.word,
    columnLength: 20,
    onCreate: 'optional',
    create: { min: 1 },
    update: { min: 2, max: 20 },
    serverDefault: '---ALL---',
    example: 'ADMIN',
  },
  outbound_alt_cid: {
    description: 'Alternate outbound caller ID.',
    allowedCharacters: allowedCharacters.alphanumeric,
    digitsOnly: true,
    columnLength: 20,
    onCreate: 'ignored',
    create: { min: 6, max: 18 },
    update: { min: 6, max: 18 },
    notClearableReason:
      'VICIdial documents --BLANK-- for it, but every build examined strips the dashes and then refuses BLANK as too short.',
    serverDefault: '',
    sinceBuild: builds.alternateCallerId,
    example: '7275551213',
  },
  phone_ring_timeout: {
    description: 'Seconds that the phone rings before voicemail answers.',
    type: 'number',
    range: [2, 180],
    allowedCharacters: allowedCharacters.digits,
    columnLength: 3,
    onCreate: 'ignored',
    ...anyLength,
    serverDefault: '60',
    sinceBuild: builds.alternateCallerId,
    example: '45',
  },
  delete_vm_after_email: {
    description: 'Whether voicemail is deleted after it has been sent by email.',
    choices: yesNo,
    allowedCharacters: allowedCharacters.letters,
    columnLength: 1,
    onCreate: 'ignored',
    ...anyLength,
    serverDefault: 'N',
    sinceBuild: builds.alternateCallerId,
    example: 'N',
  },
  is_webphone: {
    description: "Whether the phone runs in the agent's browser.",
    choices: ['Y', 'N', 'Y_API_LAUNCH'],
    columnLength: 12,
    serverDefault: 'N',
    example: 'N',
    ...webphoneSwitch,
  },
  webphone_auto_answer: {
    description: 'Whether the webphone answers calls automatically.',
    choices: yesNo,
    columnLength: 1,
    serverDefault: 'Y',
    example: 'Y',
    ...webphoneSwitch,
  },
  use_external_server_ip: {
    description: 'Whether the webphone connects to the external address of its server.',
    choices: yesNo,
    columnLength: 1,
    serverDefault: 'N',
    example: 'N',
    ...webphoneSwitch,
  },
  on_hook_agent: {
    description: 'Whether the agent receives calls on-hook.',
    choices: yesNo,
    columnLength: 1,
    serverDefault: 'N',
    example: 'N',
    ...webphoneSwitch,
  },
  template_id: {
    description: 'Configuration template of the phone. It must exist on the server.',
    allowedCharacters: allowedCharacters.word,
    ignoresInvalid: true,
    columnLength: 15,
    onCreate: 'optional',
    create: { min: 2 },
    update: { min: 2 },
    clearable: true,
    serverDefault: '',
    sinceBuild: builds.webphone,
    example: 'SIP_generic',
  },
} as const satisfies Record<string, FieldDefinition>;

export const phoneType = {
  noun: 'phone',
  resourceType: 'vicidial_phone',
  idFields: ['server_ip', 'extension'],
  addFunction: 'add_phone',
  updateFunction: 'update_phone',
  deleteParameter: 'delete_phone',
  loginField: 'phone_login',
  passwordField: 'phone_pass',
  fields: phoneFields,
} as const satisfies ObjectType;

export type PhoneFieldName = keyof typeof phoneFields;
