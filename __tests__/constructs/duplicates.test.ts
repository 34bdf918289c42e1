import { App, TerraformStack, Testing } from 'cdktf';
import { Phone, PhoneAlias, VicidialProvider, type PhoneProps } from '../../src';
import {
  findDuplicates,
  uniquePhoneAliasFields,
  uniquePhoneFields,
  type DeclaredObject,
} from '../../src/constructs/duplicates';

const phone = (path: string, values: DeclaredObject['values'], provider = 'vicidial'): DeclaredObject => ({
  path,
  provider,
  values,
});
const key = { server_ip: '10.0.0.11', extension: 'desk' };

describe('collisions', () => {
  test('letters of either case are one key', () => {
    expect(findDuplicates([phone('a', key), phone('b', { ...key, extension: 'DESK' })], uniquePhoneFields)).toEqual([
      expect.stringMatching(/^a and b are the same phone: /u),
    ]);
  });

  test('a third phone is told with the first', () => {
    expect(findDuplicates([phone('a', key), phone('b', key), phone('c', key)], uniquePhoneFields)).toEqual([
      expect.stringMatching(/^a and b /u),
      expect.stringMatching(/^a and c /u),
    ]);
  });

  test('one extension of two servers, and one phone of two VICIdials, are two phones', () => {
    expect(
      findDuplicates([phone('a', key), phone('b', { ...key, server_ip: '10.0.0.12' })], uniquePhoneFields),
    ).toEqual([]);
    expect(findDuplicates([phone('a', key), phone('b', key, 'vicidial.west')], uniquePhoneFields)).toEqual([]);
  });

  test('a login is one across all servers', () => {
    const west = { ...key, server_ip: '10.0.0.12', phone_login: 'DESK' };
    expect(findDuplicates([phone('a', { ...key, phone_login: 'desk' }), phone('b', west)], uniquePhoneFields)).toEqual([
      expect.stringMatching(/^a and b have the same phoneLogin\./u),
    ]);
  });

  test('what is left out or known to Terraform only collides with nothing', () => {
    expect(findDuplicates([phone('a', { phone_login: undefined }), phone('b', {})], uniquePhoneFields)).toEqual([]);
    expect(
      findDuplicates(
        [phone('a', { phone_login: '${var.x}' }), phone('b', { phone_login: '${var.x}' })],
        uniquePhoneFields,
      ),
    ).toEqual([]);
  });

  test('aliases are compared by their id', () => {
    expect(
      findDuplicates([phone('a', { alias_id: 'desks' }), phone('b', { alias_id: 'Desks' })], uniquePhoneAliasFields),
    ).toEqual([expect.stringMatching(/^a and b are the same phone alias: /u)]);
  });
});

describe('a stack', () => {
  const desk: PhoneProps = { serverIp: '10.0.0.11', extension: '55000' };
  const synth = (build: (stack: TerraformStack, provider: VicidialProvider) => void) => () => {
    const stack = new TerraformStack(new App({ outdir: '/nowhere' }), 'test');
    build(stack, new VicidialProvider(stack, 'vicidial'));
    return Testing.synth(stack, true);
  };

  test('takes the provider that is named for the one that is left out', () => {
    const twice = synth((stack, provider) => {
      new Phone(stack, 'desk', desk);
      new Phone(stack, 'other', { ...desk, provider });
    });
    expect(twice).toThrow(/test\/desk and test\/other are the same phone/u);
  });

  test('tells two aliases with one id by both paths', () => {
    const twice = synth((stack) => {
      new PhoneAlias(stack, 'desks', { aliasId: 'desks' });
      new PhoneAlias(stack, 'others', { aliasId: 'DESKS' });
    });
    expect(twice).toThrow(/test\/desks and test\/others are the same phone alias/u);
  });

  test('leaves alone the instances of one block', () => {
    const counted = synth((stack) => {
      new Phone(stack, 'desk', { ...desk, count: 1 });
      new Phone(stack, 'other', { ...desk, count: 0 });
    });
    expect(counted).not.toThrow();
  });

  test('knows nothing of the phones of another stack', () => {
    synth((stack) => new Phone(stack, 'desk', desk))();
    expect(synth((stack) => new Phone(stack, 'desk', desk))).not.toThrow();
  });
});
