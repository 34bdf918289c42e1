import { choiceOf, openPages, optionsOf, tagOf, valueOf } from './pages';

const columns = {
  dialplan_number: '5500',
  voicemail_id: '5501',
  outbound_cid: '7275551212',
  outbound_alt_cid: '7275551213',
  phone_login: 'login1',
  phone_pass: 'agentSecret',
  registration_password: 'deviceSecret',
  phone_full_name: 'Desk 1',
  email: 'a+b@example.com',
  phone_ring_timeout: '45',
  phone_context: 'inner',
};
const choices = {
  protocol: 'PJSIP',
  local_gmt: '-5',
  active: 'N',
  delete_vm_after_email: 'Y',
  status: 'SUSPENDED',
  is_webphone: 'Y_API_LAUNCH',
  webphone_auto_answer: 'N',
  use_external_server_ip: 'Y',
  on_hook_agent: 'Y',
  template_id: 'WebRTC',
};

test('every field of a phone is on its page, the current value of a choice in the last selected option', () => {
  const { put, phone } = openPages();
  put({ ...columns, ...choices, admin_user_group: 'SALES' });
  const html = phone();
  const { phone_login: login, phone_pass: pass, registration_password, phone_full_name, ...same } = columns;
  const expected = { ...same, login, pass, conf_secret: registration_password, fullname: phone_full_name };
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, valueOf(html, name)]))).toEqual(expected);
  expect(Object.fromEntries(Object.keys(choices).map((name) => [name, choiceOf(html, name)]))).toEqual(choices);
  expect([choiceOf(html, 'user_group'), choiceOf(html, 'server_ip')]).toEqual(['SALES', '10.0.0.11']);
});

test('the form names the phone as the table spells it, and posts to the number of a modification', () => {
  const { put, phone } = openPages();
  put({ extension: 'Desk-A' });
  const html = phone('6666', { extension: 'dESK-a', server_ip: '10.0.0.11' });
  expect(html).toMatch(/<input type=hidden name=ADD value=41111111111>/u);
  expect([valueOf(html, 'old_extension'), valueOf(html, 'old_server_ip')]).toEqual(['Desk-A', '10.0.0.11']);
  expect(valueOf(html, 'extension')).toBe('Desk-A');
});

test('the form of a phone that does not exist, or is hidden, is the same one without a key', () => {
  const { put, phone } = openPages();
  const absent = phone('sales');
  expect(valueOf(absent, 'old_extension')).toBe('');
  expect(valueOf(absent, 'phone_context')).toBe('');
  expect(optionsOf(absent, 'server_ip').map(({ text }) => text)).toEqual(['10.0.0.11', '10.0.0.12', '']);
  put({ admin_user_group: 'SUPPORT' });
  expect(phone('sales')).toBe(absent);
  expect(valueOf(phone(), 'old_extension')).toBe('55000');
  put({ admin_user_group: 'SALES' });
  expect(valueOf(phone('sales'), 'old_extension')).toBe('55000');
});

test('NULL reads as empty', () => {
  const { put, phone } = openPages();
  put({ outbound_cid: null, active: null, email: null, admin_user_group: null, phone_login: null });
  const html = phone();
  expect(['outbound_cid', 'email', 'login'].map((name) => valueOf(html, name))).toEqual(['', '', '']);
  expect(['active', 'user_group'].map((name) => choiceOf(html, name))).toEqual(['', '']);
  expect(html).not.toContain('null');
});

test('values are not escaped: a quote ends the attribute, and the rest becomes attributes', () => {
  const { put, phone } = openPages();
  put({ phone_full_name: 'Desk "A" & <b>', email: 'a&amp;b' });
  const html = phone();
  expect(html).toContain('name=fullname size=20 maxlength=50 value="Desk "A" & <b>">');
  expect(valueOf(html, 'email')).toBe('a&amp;b');
});

test('template_id has two selected options, and lists every template', () => {
  const { put, phone } = openPages();
  put({ template_id: 'WebRTC' });
  const options = optionsOf(phone(), 'template_id');
  expect(options.filter(({ selected }) => selected).map(({ value }) => value)).toEqual(['--NONE--', 'WebRTC']);
  expect(options.map(({ value }) => value)).toEqual(['--NONE--', 'SIP_generic', 'WebRTC', 'WebRTC']);
  put({ template_id: '' });
  expect(choiceOf(phone(), 'template_id')).toBe('');
});

test('server_ip and the older choices have no value attribute', () => {
  const { put, phone } = openPages();
  put({});
  const html = phone();
  for (const name of ['server_ip', 'active', 'delete_vm_after_email', 'protocol'])
    expect([name, optionsOf(html, name).filter(({ value }) => value !== undefined)]).toEqual([name, []]);
});

test('attributes are quoted in three ways, tags are in either case, and the button is never closed', () => {
  const { put, phone } = openPages();
  put({});
  const html = phone();
  expect(tagOf(html, 'pass')).toMatch(/ id='\S+' name=pass .* value="" onkeyup="/u);
  expect(tagOf(html, 'old_extension')).toMatch(/^<INPUT TYPE=hidden/u);
  expect(html).toMatch(/<input style='[^>]*value='SUBMIT'<\/td>/u);
});

test('the link to delete is there exactly if the user may delete phones, even without a phone', () => {
  const { put, phone } = openPages();
  const link = /href="admin\.php\?ADD=51111111111&/u;
  expect([link.test(phone()), link.test(phone('nodel'))]).toEqual([true, false]);
  put({});
  expect([link.test(phone()), link.test(phone('nodel'))]).toEqual([true, false]);
});

test.each([
  ['150217', []],
  ['180301', []],
  ['200622', ['outbound_alt_cid', 'phone_ring_timeout', 'delete_vm_after_email', 'is_webphone', 'template_id']],
  ['241004', ['outbound_alt_cid', 'phone_ring_timeout', 'delete_vm_after_email', 'is_webphone', 'template_id']],
] as const)('the page of build %s has of the newer fields: %j', (build, expected) => {
  const { put, phone } = openPages({ build });
  put({});
  const html = phone();
  const newer = ['outbound_alt_cid', 'phone_ring_timeout', 'delete_vm_after_email', 'is_webphone', 'template_id'];
  expect(newer.filter((name) => html.includes(` name=${name}`))).toEqual(expected);
  expect(valueOf(html, 'old_extension')).toBe('55000');
});

test('a page has about 96 KB, 55 KB of them before the form', () => {
  const { put, phone } = openPages();
  put({});
  const html = phone();
  expect(html.length / 1000).toBeCloseTo(97, -1);
  expect(html.indexOf('<form') / 1000).toBeCloseTo(55, -1);
});
