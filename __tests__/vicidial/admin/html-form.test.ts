import { parseForm } from '../../../src/vicidial/admin/html-form';

/** The fields of a form, each as its value; undefined where it cannot be read. */
function read(fields: string, end = '<input type=submit></form>'): Record<string, string | undefined> {
  const page = parseForm(`<form><input type=hidden name=ADD value=4>${fields}${end}`, '4', '5');
  return Object.fromEntries([...(page.form?.fields ?? [])].map(([name, { value }]) => [name, value]));
}

test.each([
  ['quoted in "', '<input type=text name=a size=9 maxlength=9 value="one two">', 'one two'],
  ["quoted in '", "<INPUT TYPE='text' NAME='a' VALUE='one \"two\"'>", 'one "two"'],
  ['not quoted', '<input type=text name=a value=one>', 'one'],
  ['empty', '<input type=text name=a value="">', ''],
  ['missing', '<input type=text name=a>', ''],
  ['with entities', '<input type=text name=a value="&amp;&lt;&#39;&eacute">', '&amp;&lt;&#39;&eacute'],
  ['with < and >', '<input type=text name=a value="<b>1 > 0</b>">', '<b>1 > 0</b>'],
  ['with spaces around it', '<input type=text name=a value=" one ">', ' one '],
  ['with a handler and an id', `<input type=text id='a' name=a value="one" onkeyup="return f('a');">`, 'one'],
  ['followed by a text', '<input type=text name=a value="one"> digits only, 3 > 2 &nbsp;', 'one'],
])('a value %s is read as it is stored', (_name, field, value) => {
  expect(read(field)).toMatchObject({ a: value });
});

test.each(['x"', 'x" ', '"', 'The "front" desk', 'x" y="z', 'x" size="3', 'x">', 'x">y', 'x" >y', 'x"><b>y', 'x"/>y'])(
  'the stored value %j is not readable',
  (stored) => {
    const fields = read(`<input type=text name=a size=2 value="${stored}"><input type=text name=b value="two">`);
    expect(fields).toHaveProperty('a', undefined);
    expect(fields).toMatchObject({ b: 'two' });
  },
);

test.each([
  ['an option with a value', "<option value='Y' selected>Ja</option><option value='N'>Nein", 'Y'],
  ['an option without a value', '<OPTION>N</OPTION><OPTION SELECTED> Y \n</OPTION>', 'Y'],
  ['the last of two selected options', '<option selected value="--NONE--">none<option selected value="t1">t1', 't1'],
  ['an option that the list has too', '<option value=a>A<option value=b>B<option selected value=a>A', 'a'],
  ['an empty option', '<option>N<option selected value="">', ''],
  ['no option', '<option>N<option>Y', undefined],
  ['an option that a quote damages', '<option>N<option selected value="x"y">x"y</option>', undefined],
])('of a choice, %s is the value', (_name, options, value) => {
  expect(read(`<select size=1 name=a>${options}</select>`)).toHaveProperty('a', value);
});

test('a choice that is not closed ends with the next field', () => {
  expect(read('<select name=a><option selected>one<input type=text name=b value=two>')).toMatchObject({
    a: 'one',
    b: 'two',
  });
});

test('only the form with the hidden field counts, with all that stands in it', () => {
  const html = `<form><input type=text name=a value=search><input type=submit></form>
    <FORM METHOD=POST><input type=text name=a value=one><INPUT TYPE=HIDDEN NAME=ADD VALUE="4">
    <textarea name=c><input name=a value=typed></textarea><input type=submit value='SUBMIT'</td></FORM>
    <form><input type=text name=a value=other></form>`;
  const { form } = parseForm(html, '4', '5');
  expect(form?.fields.get('a')?.value).toBe('one');
  expect(form?.isComplete).toBe(true);
  expect(parseForm(html, '6', '5').form).toBeUndefined();
});

test('a form without its button is not complete', () => {
  const html = '<form><input type=submit></form><form><input type=hidden name=ADD value=4><input type=text name=a val';
  expect(parseForm(html, '4', '5').form).toMatchObject({ isComplete: false });
});

const emptyForm = '<form><input type=hidden name=ADD value=4><input type=submit></form>';

test.each([
  ['<a href="admin.php?ADD=5&extension=1&server_ip=2">DELETE</a>', true],
  ["<A HREF='admin.php?x=1&ADD=5'>LÖSCHEN</A>", true],
  ['<a href="admin.php?ADD=55">other</a>', false],
  ['<a href="admin.php?OLDADD=5">other</a>', false],
  ['?ADD=5 <b>?ADD=5</b>', false],
])('whether %s is the link, before the form and after it', (html, expected) => {
  expect(parseForm(`${html}${emptyForm}`, '4', '5').hasLink).toBe(expected);
  expect(parseForm(`${emptyForm}${html}`, '4', '5').hasLink).toBe(expected);
});

test('a link or a form in a stored value is none', () => {
  const value = '<a href=?ADD=5><form><input name=b>';
  const html = `<form><input type=hidden name=ADD value=4><input type=text name=a value="${value}"><input type=submit></form>`;
  const { form, hasLink } = parseForm(html, '4', '5');
  expect([form?.fields.get('a')?.value, form?.fields.has('b'), hasLink]).toEqual([value, false, false]);
});
