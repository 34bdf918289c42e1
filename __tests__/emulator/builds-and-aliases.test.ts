import { newPhone, startApi, update } from './api-calls';

describe('older builds', () => {
  test.each<[string, string]>([
    ['150217', 'NOTICE: update_phone NO UPDATES DEFINED: |6666|'],
    ['180301', 'NOTICE: update_phone NO UPDATES DEFINED: |6666|'],
    ['200622', 'SUCCESS: update_phone PHONE HAS BEEN UPDATED - 6666|55000|10.0.0.11|'],
  ])('%s answers an update without fields with %s', (build, reply) => {
    const { call } = startApi(build);
    call(newPhone);
    expect(call(update)).toBe(reply);
  });

  test('180301 ignores the fields of later builds, and accepts an email of four characters', () => {
    const { call, stored } = startApi('180301');
    call(`${newPhone} is_webphone=Y template_id=SIP_generic`);
    expect(call(`${update} phone_ring_timeout=20 is_webphone=Y`)).toContain('NO UPDATES DEFINED');
    expect(call(`${update} email=a@bc`)).toContain('SUCCESS');
    expect(stored()).toMatchObject({ phone_ring_timeout: '60', is_webphone: 'N', template_id: '', email: 'a@bc' });
  });

  test('150217 has no list of allowed functions', () => {
    expect(startApi('150217').call('function=update_phone user=listed')).toContain('REQUIRED FIELDS');
  });

  test('200622 strips letters from voicemail_id', () => {
    const { call, stored } = startApi('200622');
    call(newPhone);
    call(`${update} voicemail_id=12ab`);
    expect(stored()?.voicemail_id).toBe('12');
    expect(call(`${update} voicemail_id=--BLANK--`)).toContain('SUCCESS');
    expect(stored()?.voicemail_id).toBe('12');
  });
});

describe('phone aliases', () => {
  const alias = 'function=add_phone_alias alias_id=desks alias_name=Desks phone_logins=55000';
  const change = 'function=update_phone_alias alias_id=desks';

  test('are added, updated and deleted with the messages of the server', () => {
    const { call, api } = startApi();
    call(newPhone);
    expect(call('function=add_phone_alias alias_id=desks')).toBe(
      'ERROR: add_phone_alias YOU MUST USE ALL REQUIRED FIELDS: |6666|desks||',
    );
    expect(call(`${alias} phone_logins=55000,55001`)).toBe('ERROR: add_phone_alias PHONE DOES NOT EXIST: |6666|55001');
    expect(call(alias)).toBe('SUCCESS: add_phone_alias PHONE ALIAS HAS BEEN ADDED - 6666|desks|Desks|55000');
    expect(call(`${alias} alias_id=DESKS`)).toBe('ERROR: add_phone_alias PHONE ALIAS ALREADY EXISTS: |6666|DESKS');
    expect(call(change)).toBe('ERROR: update_phone_alias YOU MUST USE ALL REQUIRED FIELDS: |6666|desks||');
    expect(call(`${change} alias_name=-`)).toBe('ERROR: update_phone_alias YOU MUST USE A VALID ALIAS NAME: |6666|-');
    expect(call(`${change} alias_id=other alias_name=-`)).toBe(
      'ERROR: update_phone_alias PHONE ALIAS DOES NOT EXIST: |6666|other',
    );
    expect(call(`${change} phone_logins=59999`)).toBe('ERROR: update_phone_alias PHONE DOES NOT EXIST: |6666|59999');
    expect(call(`${change} alias_name=Front`)).toBe(
      'SUCCESS: update_phone_alias PHONE ALIAS HAS BEEN UPDATED - 6666|desks|',
    );
    expect(call(`${update} delete_phone=Y`)).toContain('SUCCESS');
    expect(api.store.aliases).toEqual([{ alias_id: 'desks', alias_name: 'Front', phone_logins: '55000' }]);
    expect(call(`${change} delete_alias=Y user=nodel`)).toBe(
      'NOTICE: update_phone_alias USER DOES NOT HAVE PERMISSION TO DELETE PHONE ALIASES: |nodel|0',
    );
    expect(call(`${change} delete_alias=Y`)).toBe(
      'SUCCESS: update_phone_alias PHONE ALIAS HAS BEEN DELETED - 6666|desks',
    );
  });
});

test('a system with use_non_latin keeps letters of every script', () => {
  const { call, stored } = startApi('241004', { use_non_latin: true });
  call(`${newPhone} phone_full_name=Käthe`);
  expect(stored()?.phone_full_name).toBe('Käthe');
});

describe('evaluate', () => {
  const evaluated = (words: string, user = '6666') => {
    const { api, call, parametersOf } = startApi();
    call(newPhone);
    call('function=add_phone_alias alias_id=desks alias_name=Desks phone_logins=55000');
    const before = JSON.stringify([api.store.phones, api.store.aliases, ...api.authentication.counters]);
    const outcome = api.evaluate(parametersOf(`user=${user} ${words}`));
    expect(JSON.stringify([api.store.phones, api.store.aliases, ...api.authentication.counters])).toBe(before);
    outcome.commit?.();
    return { reply: outcome.reply, writing: outcome.writing };
  };

  test.each([
    ['function=add_phone_alias alias_id=others alias_name=Others phone_logins=55000', '6666'],
    ['function=update_phone_alias alias_id=desks alias_name=Front', '6666'],
    ['function=update_phone_alias alias_id=desks delete_alias=Y', '6666'],
    ['function=update_phone_alias alias_id=desks delete_alias=Y', 'nodel'],
    [`${newPhone} extension=55001 phone_login=55001`, '6666'],
    [update, '6666'],
    [`${update} outbound_cid=7275559999`, '6666'],
    [`${update} email=o'neil@x.com`, '6666'],
    [`${update} delete_phone=Y local_gmt=99`, '6666'],
    [`${update} delete_phone=Y`, 'nodel'],
  ])('%s of user %s reaches the point of writing, and stores nothing before its commit', (words, user) => {
    expect(evaluated(words, user).writing).toBe(true);
  });

  test.each([
    ['function=version', '6666'],
    ['function=update_phone', '6666'],
    ['function=update_phone_alias alias_id=desks alias_name=-', '6666'],
    ['function=update_phone_alias alias_id=none delete_alias=Y', 'nodel'],
    [newPhone, '6666'],
    [`${newPhone} extension=55001 phone_login=55001 local_gmt=99`, '6666'],
    [`${update} local_gmt=99`, '6666'],
    [`${update} outbound_cid=1`, '6666'],
    [`${update} extension=55001 delete_phone=Y`, 'nodel'],
    [update, 'noadmin'],
    [`${update} pass=bad`, '6666'],
  ])('%s of user %s does not reach the point of writing', (words, user) => {
    expect(evaluated(words, user).writing).toBe(false);
  });

  test('its commit carries out the call', () => {
    const { api, parametersOf } = startApi();
    api.evaluate(parametersOf(newPhone)).commit?.();
    expect(api.store.phones).toHaveLength(1);
    api.evaluate(parametersOf(`${newPhone} pass=bad`)).commit?.();
    expect(api.authentication.counters.get('6666')).toMatchObject({ attempts: 2, failed: 1 });
  });
});
