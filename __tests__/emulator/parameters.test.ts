import { fetch } from 'undici';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { listValue, readParameters } from '../../src/emulator/parameters';

const form = 'application/x-www-form-urlencoded';
const read = async (sent: { method?: string; query?: string; contentType?: string; body?: string }) => {
  const { method = 'POST', query = '', contentType = form, body = '' } = sent;
  return Object.fromEntries((await readParameters({ method, query, contentType, body: Buffer.from(body) })).all);
};

test('of a name that is sent both ways, the query string counts, even where it is empty there', async () => {
  expect(await read({ query: 'a=1&b=', body: 'a=2&b=2&c=2' })).toEqual({ a: '1', b: '', c: '2' });
});

test.each(['PUT', 'DELETE', 'GET'])('a body of %s is not read, its query string is', async (method) => {
  expect(await read({ method, query: 'a=1', body: 'b=2' })).toEqual({ a: '1' });
});

test.each(['application/json', 'text/plain', ''])('a body of type "%s" is not read', async (contentType) => {
  expect(await read({ contentType, body: 'a=1' })).toEqual({});
});

test('a form may name its character set, in any letter case', async () => {
  expect(await read({ contentType: 'Application/X-WWW-Form-Urlencoded; charset=utf-8', body: 'a=1' })).toEqual({
    a: '1',
  });
});

test('a multipart body is read, without its files; one that is broken is empty', async () => {
  const part = (head: string, value: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;
  const body = `${part('name="a b"', '1')}${part('name="c"; filename="c.txt"', '2')}--x--\r\n`;
  expect(await read({ contentType: 'multipart/form-data; boundary=x', body })).toEqual({ a_b: '1' });
  expect(await read({ contentType: 'multipart/form-data', body })).toEqual({});
});

test('names are those of PHP: no space before, dots and spaces as underscores, and lists', async () => {
  const body = '+server.ip=1&voicemail+id=2&extension[]=3&x[y]=4&a[b=5&=6';
  expect(await read({ body })).toEqual({
    server_ip: '1',
    voicemail_id: '2',
    extension: listValue,
    x: listValue,
    a_b: '5',
  });
});

test('a percent sign without two digits stays, and bytes that are no UTF-8 are no characters', async () => {
  expect(await read({ body: 'a=%zz%&b=%C3%A9&c=caf%E9' })).toEqual({ a: '%zz%', b: 'é', c: 'caf\uDCE9' });
});

test('no more than a thousand parameters and eight megabytes are read', async () => {
  const many = Array.from({ length: 1001 }, (_, index) => `p${index}=1`).join('&');
  expect(Object.keys(await read({ body: many }))).toHaveLength(1000);
  expect(await read({ body: `a=${'1'.repeat(8 * 1024 * 1024)}` })).toEqual({});
});

describe('over HTTP', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  const row = { server_ip: '10.0.0.11', extension: '55000' };
  const change = new URLSearchParams({
    function: 'update_phone',
    source: 'test',
    user: '6666',
    pass: 'admin1234',
    ...row,
    phone_full_name: 'New name',
  });

  test.each(['GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT'])('%s with a query string is carried out', async (method) => {
    emulator.store.putPhone(row);
    const response = await fetch(`${emulator.url}?${change.toString()}`, { method });
    expect(await response.text()).toBe(
      method === 'HEAD' ? '' : 'SUCCESS: update_phone PHONE HAS BEEN UPDATED - 6666|55000|10.0.0.11|\n',
    );
    expect(emulator.store.phone('10.0.0.11', '55000')?.phone_full_name).toBe('New name');
  });

  test('a body that is no form reads as a login of an empty user', async () => {
    const response = await fetch(emulator.url, {
      method: 'POST',
      body: JSON.stringify({ function: 'add_phone', user: '6666' }),
      headers: { 'content-type': 'application/json' },
    });
    expect(await response.text()).toBe('ERROR: Login incorrect, please try again: |||BAD|\n');
  });

  test.each([
    ['a field that is measured', 'extension[]=55000', 500, ''],
    [
      'a field that nothing reads',
      'foo[]=1',
      200,
      'SUCCESS: update_phone PHONE HAS BEEN UPDATED - 6666|55000|10.0.0.11|\n',
    ],
    [
      'a field behind one that is missing',
      'extension=5&server_ip[]=x',
      200,
      'ERROR: update_phone YOU MUST USE ALL REQUIRED FIELDS: |6666|5|Array\n',
    ],
  ])('a list in %s', async (_name, more, status, text) => {
    emulator.store.putPhone(row);
    const response = await fetch(emulator.url, {
      method: 'POST',
      body: `${change.toString()}&${more}`,
      headers: { 'content-type': form },
    });
    expect([response.status, await response.text()]).toEqual([status, text]);
  });
});
