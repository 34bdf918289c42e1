import { choiceOf, openPages, valueOf } from './pages';

const desks = { alias_id: 'Desks', alias_name: 'All "desks"', phone_logins: '55001,55000' };

test('the page of an alias has its fields, and names it as the table spells it', () => {
  const { store, alias } = openPages();
  store.putAlias({ ...desks, user_group: 'SALES' });
  const html = alias('desks');
  expect(html).toMatch(/<input type=hidden name=ADD value=42111111111>/u);
  expect([valueOf(html, 'alias_id'), valueOf(html, 'logins_list')]).toEqual(['Desks', '55001,55000']);
  expect(html).toContain('name=alias_name size=30 maxlength=50 value="All "desks"">');
  expect(choiceOf(html, 'user_group')).toBe('SALES');
});

test('an alias that does not exist, or is hidden, gives an empty form', () => {
  const { store, alias } = openPages();
  const absent = alias('desks', 'sales');
  expect([valueOf(absent, 'alias_id'), valueOf(absent, 'logins_list')]).toEqual(['', '']);
  store.putAlias({ ...desks, user_group: 'SUPPORT' });
  expect(alias('desks', 'sales')).toBe(absent);
  store.putAlias(desks);
  expect(valueOf(alias('desks', 'sales'), 'alias_id')).toBe('Desks');
  expect(choiceOf(alias('desks'), 'user_group')).toBe('---ALL---');
});

test('the link to delete is there exactly if the user may delete phones, even without an alias', () => {
  const { alias } = openPages();
  const link = /href="admin\.php\?ADD=52111111111&/u;
  expect([link.test(alias('none')), link.test(alias('none', 'nodel'))]).toEqual([true, false]);
});

test('the user group of an alias is stored from the data, and an update by the API does not change it', () => {
  const { api, store, put } = openPages({
    more: { aliases: [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['55000'], user_group: 'SALES' }] },
  });
  put({});
  const call = { function: 'update_phone_alias', source: 'test', user: '6666', pass: 'good', alias_id: 'desks' };
  const { body } = api.call(new Map(Object.entries({ ...call, alias_name: 'New' })));
  expect([body.slice(0, 7), store.alias('desks')]).toEqual([
    'SUCCESS',
    { alias_id: 'desks', alias_name: 'New', phone_logins: '55000', user_group: 'SALES' },
  ]);
});
