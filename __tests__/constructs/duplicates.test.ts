import { Phone, PhoneAlias, type PhoneProps } from '../../src';
import {
  findDuplicates,
  uniquePhoneAliasFields,
  uniquePhoneFields,
  type DeclaredObject,
} from '../../src/constructs/duplicates';
import { synth } from './synthesis';

const phone = (path: string, values: DeclaredObject['values'], provider = 'vicidial'): DeclaredObject => ({
  path,
  provider,
  values,
});
const key = { server_ip: '10.0.0.11', extension: 'desk' };

describe('duplicates', () => {
  test('keys are compared case-insensitively', () => {
    expect(findDuplicates([phone('a', key), phone('b', { ...key, extension: 'DESK' })], uniquePhoneFields)).toEqual([
      expect.stringMatching(/^a and b declare the same phone \(/u),
    ]);
  });

  test('a third phone is reported with the first', () => {
    expect(findDuplicates([phone('a', key), phone('b', key), phone('c', key)], uniquePhoneFields)).toEqual([
      expect.stringMatching(/^a and b /u),
      expect.stringMatching(/^a and c /u),
    ]);
  });

  test('the same extension on two servers, or the same phone on two VICIdials, is no duplicate', () => {
    expect(
      findDuplicates([phone('a', key), phone('b', { ...key, server_ip: '10.0.0.12' })], uniquePhoneFields),
    ).toEqual([]);
    expect(findDuplicates([phone('a', key), phone('b', key, 'vicidial.west')], uniquePhoneFields)).toEqual([]);
  });

  test('a phone login is unique across all servers', () => {
    const west = { ...key, server_ip: '10.0.0.12', phone_login: 'DESK' };
    expect(findDuplicates([phone('a', { ...key, phone_login: 'desk' }), phone('b', west)], uniquePhoneFields)).toEqual([
      expect.stringMatching(/^a and b have the same phoneLogin \(/u),
    ]);
  });

  test('a value that is not set or not resolved is equal to nothing', () => {
    expect(findDuplicates([phone('a', { phone_login: undefined }), phone('b', {})], uniquePhoneFields)).toEqual([]);
    expect(
      findDuplicates(
        [phone('a', { phone_login: '${var.x}' }), phone('b', { phone_login: '${var.x}' })],
        uniquePhoneFields,
      ),
    ).toEqual([]);
  });

  test('phone aliases are compared by alias_id', () => {
    expect(
      findDuplicates([phone('a', { alias_id: 'desks' }), phone('b', { alias_id: 'Desks' })], uniquePhoneAliasFields),
    ).toEqual([expect.stringMatching(/^a and b declare the same phone alias \(/u)]);
  });
});

describe('a stack', () => {
  const desk: PhoneProps = { serverIp: '10.0.0.11', extension: '55000' };

  test('treats the default provider, named or left out, as one', () => {
    const same = () =>
      synth((stack, provider) => {
        new Phone(stack, 'desk', desk);
        new Phone(stack, 'other', { ...desk, provider });
      });
    expect(same).toThrow(/test\/desk and test\/other declare the same phone \(/u);
  });

  test('reports two phones with the same phone login, with both paths', () => {
    const withLogin = (phoneLogin: string) => () =>
      synth((stack) => {
        new Phone(stack, 'desk', { ...desk, phoneLogin: '55000' });
        new Phone(stack, 'other', { serverIp: '10.0.0.12', extension: '55000', phoneLogin });
      });
    expect(withLogin('55000')).toThrow(/test\/desk and test\/other have the same phoneLogin/u);
    expect(withLogin('55001')).not.toThrow();
  });

  test('reports two phone aliases with the same id, with both paths', () => {
    const same = () =>
      synth((stack) => {
        new PhoneAlias(stack, 'desks', { aliasId: 'desks' });
        new PhoneAlias(stack, 'others', { aliasId: 'DESKS' });
      });
    expect(same).toThrow(/test\/desks and test\/others declare the same phone alias/u);
  });

  test('does not compare blocks with count', () => {
    const counted = () =>
      synth((stack) => {
        new Phone(stack, 'desk', { ...desk, count: 1 });
        new Phone(stack, 'other', { ...desk, count: 0 });
      });
    expect(counted).not.toThrow();
  });

  test('is not compared with another stack', () => {
    synth((stack) => new Phone(stack, 'desk', desk));
    expect(() => synth((stack) => new Phone(stack, 'desk', desk))).not.toThrow();
  });
});
