/**
 * A phone with only what add_phone requires, by the names of the API.
 *
 * @param fields added to it, or in place of what it has
 */
export function samplePhone(
  extension: string,
  fields: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    server_ip: '10.0.0.11',
    extension,
    dialplan_number: extension,
    voicemail_id: extension,
    phone_login: extension,
    phone_pass: `agent${extension}`,
    registration_password: `device${extension}`,
    protocol: 'SIP',
    phone_full_name: `Desk ${extension}`,
    local_gmt: '-5.00',
    outbound_cid: '7275551212',
    ...fields,
  };
}
