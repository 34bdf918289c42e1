import { listedKeys, openPages } from './pages';

test('the list has a row of eleven cells for each phone, in the order of their extensions', () => {
  const { put, phones } = openPages();
  put({
    extension: '55001',
    protocol: 'SIP',
    dialplan_number: '155001',
    voicemail_id: '255001',
    status: 'ACTIVE',
    phone_full_name: 'Desk <1>',
    is_webphone: 'Y',
  });
  put({ extension: '55000', protocol: 'IAX2', outbound_cid: null });
  const html = phones();
  expect(listedKeys(html)).toEqual(['10.0.0.11/55000', '10.0.0.11/55001']);
  const rows = [...html.matchAll(/<tr class="records_list_[xy]">(.*)<\/tr>/gu)].map(([, row = '']) =>
    row.split('</td>').map((cell) => cell.replace(/<td>|<\/?font[^>]*>/gu, '')),
  );
  expect(rows.map(({ length }) => length - 1)).toEqual([11, 11]);
  expect(rows[1]?.slice(1, 10)).toEqual([
    'SIP <i>(w)</i>',
    '10.0.0.11',
    '155001',
    '255001',
    'ACTIVE',
    'Desk <1>',
    '0',
    '0',
    '---ALL---',
  ]);
  expect(rows[0]?.[1]).toBe('IAX2');
});

test('older builds mark rows by a colour', () => {
  const { put, phones } = openPages({ build: '180301' });
  put({});
  const html = phones();
  expect(listedKeys(html)).toEqual(['10.0.0.11/55000']);
  expect(html).toMatch(/<tr bgcolor='#\w+'><td>/u);
  expect(html).not.toContain('class="records_list');
});

test('hidden phones and aliases are left out', () => {
  const { put, store, phones, aliases } = openPages();
  put({ extension: '55000', admin_user_group: 'SUPPORT' });
  put({ extension: '55001', admin_user_group: 'SALES' });
  put({ extension: '55002' });
  expect(listedKeys(phones({}, 'sales'))).toEqual(['10.0.0.11/55001', '10.0.0.11/55002']);
  expect(listedKeys(phones())).toHaveLength(3);
  store.putAlias({ alias_id: 'hidden', alias_name: 'Hidden', phone_logins: '55000', user_group: 'SUPPORT' });
  store.putAlias({ alias_id: 'desks', alias_name: 'Desks', phone_logins: '55001,55002' });
  const ids = (html: string) => [...html.matchAll(/<a href="admin\.php\?ADD=32111111111&alias_id=([^"]*)">/gu)];
  expect(ids(aliases('sales')).map(([, id]) => id)).toEqual(['desks']);
  expect(ids(aliases())).toHaveLength(2);
  expect(aliases()).toContain('<td><font size=1>55001,55002</td>');
});

test('with entries_per_page the list has pages, which link to each other, unless all are asked for', () => {
  const { put, phones } = openPages({ more: { entries_per_page: 2 } });
  for (const extension of ['55000', '55001', '55002', '55003', '55004']) put({ extension });
  const starts = (html: string) => [...html.matchAll(/start_count=(\d+)/gu)].map(([, start]) => start);
  const extensions = (html: string) => listedKeys(html).map((key) => key.slice(-5));
  const pages = ['', '2', '4'].map((start_count) => phones({ start_count }));
  expect(pages.map(extensions)).toEqual([['55000', '55001'], ['55002', '55003'], ['55004']]);
  expect(pages.map(starts)).toEqual([['2'], ['0', '4'], ['2']]);
  expect(listedKeys(phones({ status: 'display_all' }))).toHaveLength(5);
  expect(starts(phones({ status: 'display_all' }))).toEqual([]);
});

test('a list ends with the end of the page', () => {
  expect(openPages().phones()).toMatch(/<\/html>\n$/u);
});
