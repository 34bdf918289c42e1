/**
 * Systems in the pattern of VICIdial's sample of seats: one extension on several servers, a login with the suffix of its
 * server for each, and a phone alias over them. And rows as other programs than the API store them.
 */
import type { SystemInput } from '../src/emulator/system-data';

type PhoneRow = NonNullable<SystemInput['phones']>[number];
type AliasRow = NonNullable<SystemInput['aliases']>[number];

export interface SampleRows {
  readonly servers: string[];
  readonly phones: PhoneRow[];
  readonly aliases: AliasRow[];
}

const suffixes = ['a', 'b', 'c'];
const seatServers = ['10.10.10.11', '10.10.10.12', '10.10.10.13'];

/** Seats with extensions from 2000 on: three phones and a phone alias each. */
export function sampleSeats(count: number): SampleRows {
  const extensions = Array.from({ length: count }, (_, index) => String(2000 + index));
  const phones = seatServers.flatMap((server_ip, index) =>
    extensions.map((extension): PhoneRow => {
      const login = `${extension}${suffixes[index] ?? ''}`;
      return {
        server_ip,
        extension,
        dialplan_number: extension,
        voicemail_id: extension,
        phone_login: login,
        phone_pass: `agentPass${extension}`,
        registration_password: `devicePass${login}`,
        phone_full_name: `Seat ${login}`,
        local_gmt: '-5',
        outbound_cid: null,
        email: null,
      };
    }),
  );
  const aliases = extensions.map((extension): AliasRow => ({
    alias_id: extension,
    alias_name: extension,
    phone_logins: suffixes.map((suffix) => `${extension}${suffix}`),
  }));
  return { servers: [...seatServers], phones, aliases };
}

/** What differs from a plain phone in each awkward row. */
const awkwardColumns: readonly Partial<PhoneRow>[] = [
  {},
  { phone_full_name: 'Front desk', phone_ring_timeout: '45', email: 'desk@example.com' },
  { local_gmt: '-8.00', outbound_cid: '7275551300' },
  { protocol: 'PJSIP' },
  { protocol: null, active: null, is_webphone: null, local_gmt: null },
  { outbound_cid: '911' },
  { email: "o'neil@example.com" },
  { email: 'desk+one@example.com' },
  { phone_full_name: 'Desk "by the door"' },
  { phone_full_name: 'Desk ${1} %{2} <b> {extension}' },
  { phone_full_name: 'A name of more than thirty characters' },
  { phone_full_name: 'Café' },
  { phone_full_name: 'Desk: one # two' },
  { phone_full_name: 'yes' },
  { phone_full_name: '0123', voicemail_id: '0123' },
  { phone_full_name: null, voicemail_id: null },
  { phone_login: 'repeated' },
  { phone_login: 'repeated' },
  { phone_login: null },
  { template_id: '--NONE--', phone_context: null },
  { template_id: 'SIP_generic', admin_user_group: 'SALES' },
  { template_id: 'missing', phone_ring_timeout: '250' },
  { active: 'N', delete_vm_after_email: 'Y', on_hook_agent: 'Y' },
  { is_webphone: 'Y_API_LAUNCH', webphone_auto_answer: 'N', use_external_server_ip: 'Y' },
  { dialplan_number: '8*600#', outbound_alt_cid: '7275551301' },
  { registration_password: '', phone_pass: '' },
];

/** Keys that need care: leading zeros, letters, `-` and `_`, one that only the admin pages can address. */
const awkwardKeys = ['00100', 'gs-102', 'CC_100', '9.9'];

/** The phones that an export of the awkward rows leaves out: the API cannot address them. */
export const notExported = 1;

/** Thirty phones of one server, no two alike, and phone aliases with logins that no phone has. */
export function awkwardRows(count = awkwardColumns.length + awkwardKeys.length): SampleRows {
  const [server_ip = ''] = seatServers;
  const rows = [
    ...awkwardColumns.map((columns, index) => ({ extension: String(9000 + index), columns })),
    ...awkwardKeys.map((extension) => ({ extension, columns: {} })),
  ];
  const phones = rows.slice(-count).map(({ extension, columns }): PhoneRow => {
    const plain = {
      dialplan_number: '8600',
      voicemail_id: '8600',
      protocol: 'SIP',
      outbound_cid: '7275551212',
    } as const;
    const passwords = { phone_pass: `agentPass${extension}`, registration_password: `devicePass${extension}` };
    return {
      server_ip,
      extension,
      phone_login: extension,
      phone_full_name: `Desk ${extension}`,
      ...plain,
      ...passwords,
      ...columns,
    };
  });
  const aliases: AliasRow[] = [
    { alias_id: 'desks', alias_name: 'Desks', phone_logins: ['9001', '9002'] },
    { alias_id: 'elsewhere', alias_name: 'Logins of no phone', phone_logins: ['9001', 'nophone'] },
    { alias_id: 'quoted', alias_name: 'Desks "east"', phone_logins: ['9002'] },
    { alias_id: 'empty', alias_name: 'Empty', phone_logins: [] },
    { alias_id: 'case', alias_name: 'Another spelling', phone_logins: ['cc_100', 'repeated'] },
  ];
  return { servers: [...seatServers], phones, aliases };
}

/** The rows of several samples as one system, for the emulator. */
export function joinSamples(...samples: readonly SampleRows[]): SampleRows {
  return {
    servers: [...seatServers],
    phones: samples.flatMap(({ phones }) => phones),
    aliases: samples.flatMap(({ aliases }) => aliases),
  };
}
