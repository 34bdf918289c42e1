import { newPhone, startApi, update } from './api-calls';

test('the recorded conversation of build 241004 is reproduced exactly', () => {
  const { call, stored } = startApi();
  expect(call(newPhone)).toBe('SUCCESS: add_phone PHONE HAS BEEN ADDED - 6666|55000|10.0.0.11|SIP|55000');
  expect(call(update)).toBe('SUCCESS: update_phone PHONE HAS BEEN UPDATED - 6666|55000|10.0.0.11|');
  expect(call(`${update} local_gmt=99`)).toBe('ERROR: update_phone YOU MUST USE A VALID TIMEZONE: |6666|99');
  expect(call(`${update} outbound_alt_cid=--BLANK--`)).toBe(
    'ERROR: update_phone OUTBOUND ALT CID MUST BE FROM 6 TO 18 DIGITS, THIS IS AN OPTIONAL FIELD: |6666|BLANK',
  );
  expect(call(`${update} email=a+b@x.com`)).toBe(
    'SUCCESS: update_phone PHONE HAS BEEN UPDATED - 6666|55000|10.0.0.11|',
  );
  expect(stored()?.email).toBe('a b@x.com');
  expect(call(`${update} delete_phone=Y user=nodel`)).toBe(
    'NOTICE: update_phone USER DOES NOT HAVE PERMISSION TO DELETE PHONES: |nodel|0',
  );
  expect(call('function=update_phone extension=55000 server_ip=10.9.9.9')).toBe(
    'ERROR: update_phone SERVER DOES NOT EXIST: |6666|10.9.9.9',
  );
  expect(call('function=update_phone pass=bad')).toBe('ERROR: Login incorrect, please try again: |6666|bad|BAD|');
});

describe('login and permission, in the order of the server', () => {
  test.each([
    [
      'function=version user=unknown',
      /^VERSION: 2\.14-194\|BUILD: 241004-1518\|DATE: .*\|EPOCH: \d+\|DST: 0\|TZ: -5\.00\|TZNOW: -5\.00\|$/u,
    ],
    ['function=nothing pass=bad', /Login incorrect/u],
    ['function=add_phone user=level6', /^ERROR: Login incorrect, please try again: \|level6\|good\|BAD\|$/u],
    ['function=add_phone user=idle', /\|BAD\|$/u],
    ['function=add_phone user=elsewhere', /^ERROR: Your IP Address is not allowed: 127\.0\.0\.1: \|\|IPBLOCK\|$/u],
    ['function=add_phone user=factor', /\|2FA\|$/u],
    ['function=nothing', /^ERROR: NO FUNCTION SPECIFIED$/u],
    ['function=constructor', /^ERROR: NO FUNCTION SPECIFIED$/u],
    ['function=add_phone source=x', /^ERROR: Invalid Source - x\nERROR: Invalid Source: \|x\|$/u],
    [
      'function=update_phone user=listed',
      /^ERROR: auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION: \|listed\|update_phone\|$/u,
    ],
    ['function=add_phone user=level7', /^ERROR: add_phone USER DOES NOT HAVE PERMISSION TO ADD PHONES: \|level7\|0$/u],
    [
      'function=update_phone user=noapi',
      /^ERROR: update_phone USER DOES NOT HAVE PERMISSION TO UPDATE PHONES: \|noapi\|0$/u,
    ],
    [
      'function=add_phone_alias user=noadmin',
      /^ERROR: add_phone_alias USER DOES NOT HAVE PERMISSION TO ADD PHONE ALIASES: \|noadmin\|0$/u,
    ],
    [
      'function=update_phone_alias user=noadmin',
      /^ERROR: update_phone_alias USER DOES NOT HAVE PERMISSION TO UPDATE PHONE ALIASES: \|noadmin\|0$/u,
    ],
    ['function=server_refresh stage=REFRESH', /^SUCCESS: server_refresh SERVER REFRESH HAS BEEN TRIGGERED - 6666\|2$/u],
    [
      'function=server_refresh user=noadmin',
      /^ERROR: server_refresh USER DOES NOT HAVE PERMISSION TO REFRESH SERVERS: /u,
    ],
    ['function=update_phone', /^ERROR: update_phone YOU MUST USE ALL REQUIRED FIELDS: \|6666\|\|$/u],
  ])('%s', (words, reply) => {
    expect(startApi().call(words)).toMatch(reply);
  });

  test('ten failed logins lock the user for fifteen minutes, even with the right password', () => {
    let now = 0;
    const { call } = startApi('241004', {}, () => now);
    call('function=add_phone');
    for (let attempt = 0; attempt < 10; attempt += 1) expect(call('function=add_phone pass=bad')).toContain('|BAD|');
    expect(call('function=add_phone')).toBe('ERROR: Too many login attempts, try again in 15 minutes: |6666|LOCK|');
    now += 15 * 60_000 - 1;
    expect(call('function=add_phone')).toContain('|LOCK|');
    now += 1;
    expect(call('function=add_phone')).toContain('REQUIRED FIELDS');
  });

  test('a user without a successful login in fifteen minutes has twenty failed ones before the lock', () => {
    const { call } = startApi();
    for (let attempt = 0; attempt < 20; attempt += 1) expect(call('function=add_phone pass=bad')).toContain('|BAD|');
    expect(call('function=add_phone pass=bad')).toContain('|LOCK|');
    expect(call('function=add_phone')).toContain('|LOCK|');
  });

  test('after ten failed logins, the right password gets in where the last successful login is long ago', () => {
    let now = 0;
    const { call } = startApi('241004', {}, () => now);
    call('function=add_phone');
    now += 15 * 60_000;
    for (let attempt = 0; attempt < 10; attempt += 1) call('function=add_phone pass=bad');
    expect(call('function=add_phone')).toContain('REQUIRED FIELDS');
  });

  test('a name that no user has is never locked', () => {
    const { call } = startApi();
    for (let attempt = 0; attempt < 25; attempt += 1)
      expect(call('function=add_phone user=unknown')).toContain('|unknown|good|BAD|');
  });

  test('user and password are compared without letter case, and the reply has the name as it was sent', () => {
    const { call } = startApi();
    expect(call('function=update_phone user=SALES pass=GOOD')).toContain('REQUIRED FIELDS: |SALES|');
    for (let attempt = 0; attempt < 10; attempt += 1) call('function=add_phone pass=bad user=Sales');
    expect(call('function=add_phone user=sales')).toContain('|sales|LOCK|');
  });

  test('a successful login resets the count of failed ones', () => {
    const { call } = startApi();
    for (let attempt = 0; attempt < 9; attempt += 1) call('function=add_phone pass=bad');
    call('function=add_phone');
    for (let attempt = 0; attempt < 9; attempt += 1) call('function=add_phone pass=bad');
    expect(call('function=add_phone')).toContain('REQUIRED FIELDS');
  });
});

describe('add_phone', () => {
  test.each([
    [
      'extension=5',
      'YOU MUST USE ALL REQUIRED FIELDS: |6666|5|55000|55000|55000|test|10.0.0.11|SIP|test|Extension_55000|-5.00|7275551212',
    ],
    [
      'protocol=PJSIP',
      'YOU MUST USE ALL REQUIRED FIELDS: |6666|55000|55000|55000|55000|test|10.0.0.11|PJSIP|test|Extension_55000|-5.00|7275551212',
    ],
    ['server_ip=10.9.9.9', 'SERVER DOES NOT EXIST: |6666|10.9.9.9'],
    ['local_gmt=99', 'YOU MUST USE A VALID TIMEZONE: |6666|99'],
    ['template_id=none', 'TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD: |6666|55000|none'],
  ])('with %s is refused', (words, reply) => {
    const { call, api } = startApi();
    expect(call(`${newPhone} ${words}`)).toBe(`ERROR: add_phone ${reply}`);
    expect(api.store.phones).toEqual([]);
  });

  test('refuses a key that exists in any case, then a phone login that exists on any server', () => {
    const { call } = startApi();
    call(`${newPhone} extension=cc100 phone_login=cc100`);
    expect(call(`${newPhone} extension=CC100`)).toBe(
      'ERROR: add_phone PHONE ALREADY EXISTS ON THIS SERVER: |6666|10.0.0.11|CC100',
    );
    expect(call(`${newPhone} server_ip=10.0.0.12 phone_login=CC100`)).toBe(
      'ERROR: add_phone PHONE LOGIN ALREADY EXISTS: |6666|CC100',
    );
  });

  test('ignores the fields that only update_phone reads, and sets the defaults', () => {
    const { call, stored } = startApi();
    call(
      `${newPhone} active=N phone_ring_timeout=20 delete_vm_after_email=Y outbound_alt_cid=7275551213 is_webphone=y_api_launch`,
    );
    expect(stored()).toMatchObject({
      active: 'Y',
      phone_ring_timeout: '60',
      delete_vm_after_email: 'N',
      outbound_alt_cid: '',
      is_webphone: 'Y_API_LAUNCH',
      webphone_auto_answer: 'Y',
      phone_context: 'default',
      admin_user_group: '---ALL---',
    });
  });

  test('strips and truncates silently', () => {
    const { call, stored } = startApi();
    expect(call(`${newPhone} phone_pass=p@ss$w phone_full_name=${'n'.repeat(60)} outbound_cid=+1727`)).toContain(
      'SUCCESS',
    );
    expect(stored()).toMatchObject({ phone_pass: 'pssw', phone_full_name: 'n'.repeat(50), outbound_cid: '1727' });
  });

  test('with an apostrophe in the email fails inside SQL', () => {
    const { send, api } = startApi();
    expect(send(`${newPhone} email=o'neil@x.com`)).toEqual({ status: 500, body: '' });
    expect(api.store.phones).toEqual([]);
  });
});

describe('update_phone', () => {
  const refusals: readonly (readonly [string, string])[] = [
    ['email=a@b', 'YOU MUST USE A VALID EMAIL: |6666|a@b'],
    ['phone_context=a', 'YOU MUST USE A VALID PHONE CONTEXT: |6666|a'],
    ['phone_full_name=a', 'YOU MUST USE A VALID PHONE NAME: |6666|a'],
    ['registration_password=a', 'YOU MUST USE A VALID REGISTRATION PASSWORD: |6666|a'],
    ['protocol=PJSIP', 'YOU MUST USE A VALID PROTOCOL: |6666|PJSIP'],
    ['phone_pass=a', 'YOU MUST USE A VALID PHONE PASSWORD: |6666|a'],
    ['voicemail_id=1', 'YOU MUST USE A VALID VOICEMAIL NUMBER: |6666|1'],
    ['dialplan_number=12', 'YOU MUST USE A VALID DIALPLAN NUMBER: |6666|12'],
    ['active=X', 'ACTIVE MUST BE Y OR N, THIS IS AN OPTIONAL FIELD: |6666|X'],
    ['outbound_cid=12345', 'OUTBOUND CID MUST BE FROM 6 TO 18 DIGITS, THIS IS AN OPTIONAL FIELD: |6666|12345'],
    ['admin_user_group=a', 'USER GROUP MUST BE FROM 2 TO 20 CHARACTERS, THIS IS AN OPTIONAL FIELD: |6666|a'],
    [
      'phone_ring_timeout=181 outbound_alt_cid=7275551213',
      'PHONE RING TIMEOUT MUST BE FROM 2 TO 180 SECONDS, THIS IS AN OPTIONAL FIELD: |6666|7275551213',
    ],
    ['delete_vm_after_email=y', 'DELETE VOICEMAIL AFTER EMAIL MUST BE Y OR N, THIS IS AN OPTIONAL FIELD: |6666|y'],
    ['template_id=none phone_login=55000', 'TEMPLATE ID DOES NOT EXIST, THIS IS AN OPTIONAL FIELD: |6666|55000|none'],
  ];

  test.each(refusals)('with %s is refused and changes nothing, not even a valid field beside it', (words, reply) => {
    const { call, stored } = startApi();
    call(newPhone);
    const before = stored();
    expect(call(`${update} local_gmt=-6.00 ${words}`)).toBe(`ERROR: update_phone ${reply}`);
    expect(stored()).toEqual(before);
  });

  test('clears a clearable field on --BLANK--, and stores the word in voicemail_id', () => {
    const { call, stored } = startApi();
    call(`${newPhone} email=desk@x.com template_id=SIP_generic`);
    for (const name of ['email', 'phone_context', 'phone_full_name', 'registration_password', 'template_id'])
      call(`${update} ${name}=--BLANK--`);
    expect(stored()).toMatchObject({
      email: '',
      phone_context: '',
      phone_full_name: '',
      registration_password: '',
      template_id: '',
    });
    call(`${update} voicemail_id=--BLANK--`);
    expect(stored()?.voicemail_id).toBe('BLANK');
  });

  test('ignores invalid values of the webphone fields, and accepts valid ones in any case', () => {
    const { call, stored } = startApi();
    call(newPhone);
    call(`${update} is_webphone=maybe webphone_auto_answer=n use_external_server_ip=x on_hook_agent=y template_id=x`);
    expect(stored()).toMatchObject({
      is_webphone: 'N',
      webphone_auto_answer: 'N',
      use_external_server_ip: 'N',
      on_hook_agent: 'Y',
      template_id: '',
    });
  });

  test('refuses a phone login of another server, and accepts a duplicate on the same server', () => {
    const { call } = startApi();
    call(newPhone);
    call(`${newPhone} extension=55001 phone_login=55001`);
    call(`${newPhone} extension=56000 phone_login=56000 server_ip=10.0.0.12`);
    expect(call(`${update} phone_login=56000`)).toBe('ERROR: update_phone LOGIN ALREADY EXISTS: |6666|56000');
    expect(call(`${update} phone_login=55001`)).toContain('SUCCESS');
  });

  test.each(['Y', 'Yes', 'Y!', 'Ynot', 'noY'])('deletes on %s, of which the capital letters are Y', (word) => {
    const { call, stored } = startApi();
    call(newPhone);
    expect(call(`${update} delete_phone=${word}`)).toBe(
      'SUCCESS: update_phone PHONE HAS BEEN DELETED - 6666|55000|10.0.0.11|',
    );
    expect(stored()).toBeUndefined();
  });

  test.each(['y', 'yes', 'YES', 'YY', 'NO', '1'])('does not delete on %s', (word) => {
    const { call, stored } = startApi();
    call(newPhone);
    expect(call(`${update} delete_phone=${word}`)).toContain('PHONE HAS BEEN UPDATED');
    expect(stored()).toBeDefined();
  });

  test('does not find a phone of a hidden group, although add_phone does', () => {
    const { call } = startApi();
    call(`${newPhone} admin_user_group=ADMIN`);
    expect(call(`${update} user=sales local_gmt=99`)).toBe(
      'ERROR: update_phone PHONE DOES NOT EXIST ON THIS SERVER: |sales|10.0.0.11|55000',
    );
    expect(call(`${newPhone} user=sales local_gmt=99`)).toContain('PHONE ALREADY EXISTS ON THIS SERVER');
  });

  test('an apostrophe in an email fails in SQL, even beyond the length of the column', () => {
    const { call, send, stored } = startApi();
    call(newPhone);
    expect(send(`${update} email=${'a'.repeat(101)}'b`)).toEqual({ status: 500, body: '' });
    expect(stored()?.email).toBe('');
  });

  test('accepts a time zone in another numeric form, and stores it as it is', () => {
    const { call, stored } = startApi();
    call(newPhone);
    expect(call(`${update} local_gmt=-6`)).toContain('SUCCESS');
    expect(stored()?.local_gmt).toBe('-6');
  });

  test('marks the server for a rebuild of its configuration', () => {
    const { call, api } = startApi();
    call(newPhone);
    api.store.rebuilding.clear();
    call(`${update} local_gmt=99`);
    expect([...api.store.rebuilding]).toEqual([]);
    call(update);
    expect([...api.store.rebuilding]).toEqual(['10.0.0.11']);
  });
});
