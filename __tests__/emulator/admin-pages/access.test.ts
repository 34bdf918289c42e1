import { openPages, phoneAdd, phonesAdd, valueOf } from './pages';

const one = { ADD: phoneAdd, extension: '55000', server_ip: '10.0.0.11' };
const list = { ADD: phonesAdd };
const password = 'good';

test('a failed login is a 401 of one line that echoes the password', () => {
  const { serve } = openPages();
  expect(serve(one, '6666', 'bad')).toEqual({
    status: 401,
    body: 'Login incorrect, please try again: |6666|bad|BAD|\n',
    headers: { 'www-authenticate': expect.stringMatching(/^Basic realm="/u) as string },
  });
  expect(serve(one, 'unknown', 'bad').status).toBe(401);
});

test('failed logins of pages and of the API are counted together, and ten of them lock the user for both', () => {
  let time = 0;
  const { api, serve } = openPages({ now: () => time });
  const call = (pass: string) =>
    api.call(new Map(Object.entries({ function: 'update_phone', source: 'test', user: '6666', pass }))).body;
  // The lock counts from the last successful login.
  serve(one);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect(serve(one, '6666', 'bad').status).toBe(401);
    expect(call('bad')).toContain('|BAD|');
  }
  expect(serve(one)).toEqual({
    status: 200,
    body: 'Too many login attempts, try again in 15 minutes: |6666|LOCK|\n',
  });
  expect(call(password)).toContain('|LOCK|');
  time += 15 * 60_000;
  expect(serve(one).body).toContain('old_extension');
  expect(api.authentication.counters.get('6666')).toMatchObject({ failed: 0 });
});

test.each([
  [{ blocked_page_address: true }, 'Your IP Address is not allowed: 127.0.0.1: |limited|IPBLOCK|'],
  [{ api_only_user: true }, 'You do not have permission to be here: |limited|GOOD|'],
  [{ level: 7 }, 'You do not have permission to be here: |limited|GOOD|'],
  [{ level: 1 }, 'You do not have permission to be here: |limited|GOOD|'],
])('a user with %j sees one line on every page', (fields, line) => {
  const { serve } = openPages({ more: { users: [{ user: 'limited', password, ...fields }] } });
  expect(serve(one, 'limited')).toEqual({ status: 200, body: `${line}\n` });
  expect(serve(list, 'limited').body).toBe(`${line}\n`);
});

test.each([
  [{ second_factor: true }, 'auth_code'],
  [{ level: 7, view_reports: true }, 'Real-Time Report'],
])('a user with %j sees one page, whatever is asked for', (fields, part) => {
  const { serve } = openPages({ more: { users: [{ user: 'limited', password, ...fields }] } });
  const { status, body } = serve(one, 'limited');
  expect([status, body.includes(part), body.includes('old_extension')]).toEqual([200, true, false]);
  expect(serve(list, 'limited').body).toBe(body);
});

test('while the installation is not finished, every page is the licence', () => {
  const { store, serve } = openPages();
  store.settings.first_login_trigger = true;
  expect(serve(one).body).toContain('Licence');
  expect(serve(list).body).toBe(serve(one).body);
});

test('a user who is redirected gets a Location', () => {
  const { store, serve } = openPages();
  Object.assign(store.users.get('6666') ?? {}, { admin_redirect: 'https://other.example.com/' });
  expect(serve(one)).toMatchObject({ status: 302, headers: { location: 'https://other.example.com/' } });
});

test('one of two permissions opens single objects; without both the page has only the menu, and lists stay visible', () => {
  const { put, serve, phone, alias, phones } = openPages();
  put({});
  expect(valueOf(phone('noadmin'), 'old_extension')).toBe('55000');
  for (const html of [phone('nophones'), alias('desks', 'nophones')]) {
    expect(html).toContain('You do not have permission to view this page');
    expect(html).toContain('Show all Phones');
    expect(html).not.toContain('<form');
  }
  expect(phones({}, 'nophones')).toContain('ADD=31111111111&extension=55000&server_ip=10.0.0.11');
  expect(serve({ ADD: '1' }).body).not.toContain('<form');
});

test('in another language every word of a page differs, and form fields stay the same', () => {
  const { put, store, phone, alias, phones, aliases } = openPages({ more: { entries_per_page: 1 } });
  put({ template_id: 'WebRTC' });
  put({ extension: '55001' });
  store.putAlias({ alias_id: '55', alias_name: '55', phone_logins: '55000' });
  const data = ['ALL', 'SALES', 'Sales', 'floor', 'SIP', 'generic', 'WebRTC', 'Browser', 'phones', 'NONE'];
  const choices = ['PJSIP', 'Zap', 'IAX', 'EXTERNAL', 'Y', 'N'];
  for (const show of [phone, (user?: string) => alias('55', user), (user?: string) => phones({}, user), aliases]) {
    const [original, translated] = [show(), show('french')];
    const ownWords = wordsOf(original).filter((word) => ![...data, ...choices].includes(word));
    expect(ownWords.length).toBeGreaterThan(500);
    const words = new Set(wordsOf(translated));
    expect(ownWords.filter((word) => words.has(word))).toEqual([]);
    expect(namesAndValues(translated)).toEqual(namesAndValues(original));
  }
});

test('the lines of a user with another language are translated but for their data', () => {
  const { serve } = openPages();
  expect(serve(one, 'french', 'bad').body).toMatch(/: \|french\|bad\|BAD\|\n$/u);
  expect(serve(one, 'french', 'bad').body).not.toContain('incorrect');
});

/** The words that a reader of the page sees. */
function wordsOf(html: string): string[] {
  const text = html
    .replace(/<(style|script).*?<\/\1>/gisu, '')
    .replace(/&nbsp;/gu, ' ')
    .replace(/<[^>]*>/gu, ' ');
  return text.match(/\p{L}+/gu) ?? [];
}

/** The attributes of form fields, but for the button. */
function namesAndValues(html: string): string[] {
  return [...html.matchAll(/<(?:input|select|option)[^>]*/giu)]
    .map(([tag]) => tag)
    .filter((tag) => !tag.includes('type=submit'));
}
