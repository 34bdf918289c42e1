import { readList } from '../../../src/vicidial/admin/list-page';
import { aliasPages, phonePages } from '../../../src/vicidial/admin/stored-fields';

const address = (extension: string) => `admin.php?ADD=31111111111&extension=${extension}&server_ip=10.0.0.11`;

function row(extension: string, { name = 'Desk', link = `<a href="${address(extension)}">${extension}</a>` } = {}) {
  const cells = [link, 'SIP <i>(w)</i>', '10.0.0.11', '1', '2', 'ACTIVE', name, '0', '0', 'SALES', link];
  return `<tr class="records_list_x">${cells.map((cell) => `<td><font size=1>${cell}</font></td>`).join('')}</tr>`;
}

const list = (...rows: string[]) => readList(phonePages, `<table><tr><td><TABLE>${rows.join('\n')}</TABLE></table>`);

const desk = {
  extension: 'desk1',
  server_ip: '10.0.0.11',
  protocol: 'SIP',
  dialplan_number: '1',
  voicemail_id: '2',
  phone_full_name: 'Desk',
  admin_user_group: 'SALES',
};

test('rows are found by their links, also where they are not closed', () => {
  const open = row('desk1')
    .replaceAll(/<\/(?:td|tr|font)>/gu, '')
    .replace('class="records_list_x"', 'bgcolor=#FFF');
  expect(list('<tr><td>EXTEN</td></tr>', row('desk1'), open)).toEqual([desk, desk]);
});

test.each(['a b', 'a&b=c', 'a%20b', 'é', "o'neil"])('the key %j is read as the address has it', (extension) => {
  expect(list(row(extension))).toEqual([{ ...desk, extension }]);
});

test('a key with a quote is read from the cells', () => {
  expect(list(row('a"b'))).toEqual([{ ...desk, extension: 'a"b' }]);
});

test('a cell with a tag of its own is left out, and of a row with other cells only the key is read', () => {
  expect(list(row('desk1', { name: 'A <u>new</u> desk' }))).toEqual([{ ...desk, phone_full_name: undefined }]);
  expect(list(row('desk1', { name: 'A <td> desk' }))).toEqual([{ extension: 'desk1', server_ip: '10.0.0.11' }]);
});

const aliasLink = (text: string) => `<a href="/vicidial/admin.php?ADD=32111111111&alias_id=desks">${text}</a>`;
const aliasRow = (mark: string, cells: readonly string[]) =>
  `<tr ${mark}><td>${aliasLink('<font size=1 color=black>desks</font>')}</td>${cells.join('')}<td align=center><font size=1>${aliasLink('MODIFY')}</td></tr>`;
const cells = ['All desks', '55000,55001', 'SALES'].map((value) => `<td><font size=1>${value}</td>`);
const clicked = `onclick="window.document.location='/vicidial/admin.php?ADD=32111111111&alias_id=desks'"`;
const aliases = (row: string) => readList(aliasPages, `<table><tr><td><TABLE>${row}\n</TABLE></table>`);

test.each(['bgcolor="#B9CBFD"', 'class="records_list_x"', `class="records_list_y" ${clicked}`])(
  'a row of a phone alias with %s has every field',
  (mark) => {
    const values = { alias_id: 'desks', alias_name: 'All desks', phone_logins: ['55000', '55001'] };
    expect(aliases(aliasRow(mark, cells))).toEqual([values]);
  },
);

test.each([
  ['fewer cells', cells.slice(1)],
  ['cells of another form', cells.map((cell) => cell.replace('<font size=1>', ''))],
  ['fonts that end', cells.map((cell) => cell.replace('</td>', '</font></td>'))],
])('of a row of a phone alias with %s only the key is read', (_, others) => {
  expect(aliases(aliasRow('class="records_list_x"', others))).toEqual([{ alias_id: 'desks' }]);
});

test('what is no object is left out', () => {
  const menu = '<tr><td><a href="admin.php?ADD=31111111111">Phones</a></td></tr>';
  expect(list(menu, row('desk1'))).toEqual([desk]);
});

test('a list whose table does not end is a failure', () => {
  expect(() => readList(phonePages, `<table><tr><td><table>${row('1')}</table><table>${row('2')}`)).toThrow('cut off');
});

test('a list without rows counts only with the menu and the end of the page', () => {
  const menu = '<a href="admin.php?ADD=10000000000">Phones</a>'.repeat(10);
  expect(readList(aliasPages, `<html>${menu}<table></table></html>`)).toEqual([]);
  expect(readList(aliasPages, `<html>${menu}<table></table>`)).toBeUndefined();
  expect(readList(aliasPages, '<html>Welcome</html>')).toBeUndefined();
});
