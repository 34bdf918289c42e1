/** A call that creates a phone, of the default user of an emulator. */
export const addPhoneForm = {
  function: 'add_phone',
  source: 'test',
  user: '6666',
  pass: 'admin1234',
  extension: '55000',
  server_ip: '10.0.0.11',
  dialplan_number: '55000',
  voicemail_id: '55000',
  phone_login: '55000',
  phone_pass: 'agentSecret',
  registration_password: 'deviceSecret',
  protocol: 'SIP',
  phone_full_name: 'Desk',
  local_gmt: '-5.00',
  outbound_cid: '7275551212',
};
