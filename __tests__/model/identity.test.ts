import { PhonestateError } from '../../src/model/failures';
import {
  equalIdentities,
  identityKey,
  importCommand,
  objectId,
  objectRef,
  parseObjectId,
} from '../../src/model/identity';
import { phoneAliasType } from '../../src/model/phone-alias-fields';
import { phoneType } from '../../src/model/phone-fields';

test('an id is parsed to its key', () => {
  expect(parseObjectId(phoneType, objectId(phoneType, { server_ip: '10.0.0.11', extension: 'CC-100' }))).toEqual({
    server_ip: '10.0.0.11',
    extension: 'CC-100',
  });
});

test.each(['', '55000', '/55000', '10.0.0.11/', '10.0.0.11/55000/1'])(
  '%j is rejected with an example of an id',
  (id) => {
    expect(() => parseObjectId(phoneType, id)).toThrow('10.0.0.11/55000');
  },
);

test.each(['10.0.0.11/ 55000', ' 10.0.0.11/55000', '10.0.0.11/55.000', '10.0.0.11/55000\n'])(
  '%j is rejected, as the server would strip it to the key of another phone',
  (id) => {
    expect(() => parseObjectId(phoneType, id)).toThrow(PhonestateError);
  },
);

test('an id may have letters of other scripts, as the system may allow them', () => {
  expect(parseObjectId(phoneType, '10.0.0.11/käthe')).toEqual({ server_ip: '10.0.0.11', extension: 'käthe' });
});

test('an id of letters of other scripts may be as short and as long as the API counts it, which is in bytes', () => {
  expect(parseObjectId(phoneAliasType, '桌')).toEqual({ alias_id: '桌' });
  expect(parseObjectId(phoneAliasType, 'столы')).toEqual({ alias_id: 'столы' });
  expect(parseObjectId(phoneType, '10.0.0.11/桌')).toEqual({ server_ip: '10.0.0.11', extension: '桌' });
  // update_phone_alias finds no id of more than 20 bytes.
  expect(() => parseObjectId(phoneAliasType, 'приёмнаястол')).toThrow('it takes 2 to 20 bytes, and has 24.');
});

test('an id with decomposed letters is that of the composed ones', () => {
  expect(parseObjectId(phoneAliasType, 'bu\u0308ro')).toEqual({ alias_id: 'b\u00fcro' });
});

test('keys are case-insensitive', () => {
  expect(equalIdentities('CC100', 'cc100')).toBe(true);
  expect(equalIdentities('CC100', 'cc101')).toBe(false);
});

test('a phone alias is imported by its alias_id', () => {
  expect(parseObjectId(phoneAliasType, 'desks')).toEqual({ alias_id: 'desks' });
  for (const id of ['', 'desks/1']) {
    expect(() => parseObjectId(phoneAliasType, id)).toThrow('for example desks');
  }
});

test.each([
  [phoneAliasType, 'd', 'alias_id is "d"; it takes 2 to 20 characters'],
  [phoneAliasType, 'd esks', 'alias_id is "d esks"; it takes letters, digits, - and _'],
  [phoneAliasType, 'an-alias-of-more-than-20', 'it takes 2 to 20 characters'],
  [phoneType, '10.0.0.11/5.5', 'extension is "5.5"; it takes letters, digits, - and _'],
])('a key that the API cannot address is named as such: %#', (type, id, problem) => {
  expect(() => parseObjectId(type, id)).toThrow(problem);
  expect(() => parseObjectId(type, id)).toThrow('key-not-addressable');
});

test('an object keeps its key, its id, its phone login and its import command', () => {
  const object = objectRef(phoneType, {
    server_ip: '10.0.0.11',
    extension: '55000',
    phone_login: 'a1',
    email: 'x@y.z',
  });
  expect(object).toMatchObject({
    key: { server_ip: '10.0.0.11', extension: '55000' },
    id: '10.0.0.11/55000',
    login: 'a1',
  });
  expect(importCommand(object)).toBe('terraform import vicidial_phone.NAME 10.0.0.11/55000');
  expect(objectRef(phoneType, { server_ip: '10.0.0.11', extension: '55000' }).login).toBeUndefined();
});

test.each([
  ['10.0.0.11/CC100', '10.0.0.11/cc100'],
  ['caf\u00e9', 'CAFE'],
  ['caf\u00e9', 'cafe\u0301'],
  ['\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2', '\u03a3\u0399\u03a3\u03a5\u03a6\u039f\u03a3'],
])('%s and %s are one identity, as for the collation of the server', (a, b) => {
  expect(identityKey(a)).toBe(identityKey(b));
});

test.each([
  ['10.0.0.11/100', '10.0.0.1/1100'],
  ['cc100', 'cc_100'],
])('%s and %s are two identities', (a, b) => {
  expect(identityKey(a)).not.toBe(identityKey(b));
});

test.each([
  ['café', 'CAFE', true],
  ['straße', 'STRASE', true],
  ['έλα', 'ΕΛΑ', true],
  // A letter of its own to the server, in composed and decomposed form.
  ['й', 'и', false],
  ['и\u0306', 'Й', true],
  // Marks of other scripts make other letters.
  ['कि', 'क', false],
])('to the server %j and %j are one identity: %p', (one, other, isOne) => {
  expect(equalIdentities(one, other)).toBe(isOne);
});
