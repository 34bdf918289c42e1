/** Checks are of what a stack writes: after setters, aspects, overrides and moves. */
import { Aspects, TerraformCount, TerraformVariable, Token, type TerraformStack } from 'cdktf';
import { DataVicidialPhone, Phone, PhoneAlias, type PhoneProps, type VicidialProvider } from '../../src';
import { allWarnings, synth } from './synthesis';

const key = { serverIp: '10.0.0.11', extension: '55000' };
const other = { serverIp: '10.0.0.11', extension: '55001' };
/** As a program without types has it. */
const untyped = (props: object) => props as never;

describe('a value that no server stores', () => {
  test.each<[string, (stack: TerraformStack, phone: Phone) => void]>([
    ['an override of the phone', (_stack, phone) => phone.addOverride('protocol', 'PJSIP')],
    ['an override of the stack', (stack) => stack.addOverride('resource.vicidial_phone.desk.protocol', 'PJSIP')],
    ['a setter', (_stack, phone) => (phone.protocol = 'PJSIP')],
    [
      'an aspect',
      (stack) =>
        Aspects.of(stack).add({
          visit: (construct) => {
            if (construct instanceof Phone) construct.protocol = 'PJSIP';
          },
        }),
    ],
  ])('is found where %s sets it, and the error has the path', (_what, change) => {
    const build = () => synth((stack) => change(stack, new Phone(stack, 'desk', { ...key, protocol: 'SIP' })));
    expect(build).toThrow(/\[test\/desk\] protocol: .*PJSIP/u);
  });

  test('is no error where it is replaced before the synthesis', () => {
    const { resource } = synth((stack) => new Phone(stack, 'desk', { ...key, protocol: 'PJSIP' }).resetProtocol());
    expect(resource.vicidial_phone.desk).toEqual({ server_ip: '10.0.0.11', extension: '55000' });
    const phone = (stack: TerraformStack) => new Phone(stack, 'desk', { ...key, phonePass: 'agentword' });
    expect(allWarnings(phone)).toHaveLength(1);
    expect(allWarnings((stack) => (phone(stack).phonePass = '${var.pass}'))).toEqual([]);
  });

  test('is found in a phone that only an override of the stack adds', () => {
    const build = () =>
      synth((stack) =>
        stack.addOverride('resource.vicidial_phone.added', {
          server_ip: '10.0.0.11',
          extension: '55000',
          email: 'a+b',
        }),
      );
    expect(build).toThrow(/\[test\] vicidial_phone\.added: email: /u);
  });
});

describe('two declarations of one phone', () => {
  test('are found where an override makes them equal, and are none where one makes them differ', () => {
    const build = (extension: string) => () =>
      synth((stack) => {
        new Phone(stack, 'first', key);
        new Phone(stack, 'second', extension === '55000' ? other : key).addOverride('extension', extension);
      });
    expect(build('55000')).toThrow('test/first and test/second declare the same phone');
    expect(build('55009')).not.toThrow();
  });

  test('are none where one has been moved to the other, by target or by id', () => {
    const byTarget = () =>
      synth((stack) => {
        new Phone(stack, 'old', key).moveTo('desk');
        new Phone(stack, 'new', key).addMoveTarget('desk');
      });
    const byId = () =>
      synth((stack) => {
        new Phone(stack, 'old', key).moveToId('vicidial_phone.new');
        new Phone(stack, 'new', key);
      });
    for (const build of [byTarget, byId]) expect(Object.keys(build().resource.vicidial_phone)).toEqual(['new']);
  });
});

describe('a move', () => {
  test('to what the stack does not declare, or to another type, is an error with the path', () => {
    const to = (address: string) => () =>
      synth((stack) => {
        new Phone(stack, 'old', key).moveToId(address);
        new Phone(stack, 'new', other);
        new PhoneAlias(stack, 'desks', { aliasId: 'desks' });
      });
    expect(to('vicidial_phone.nwe')).toThrow(/\[test\/old\] It is moved to vicidial_phone\.nwe, .*would delete it/u);
    expect(to('vicidial_phone_alias.desks')).toThrow(/\[test\/old\] .* which is no vicidial_phone\./u);
    for (const address of ['vicidial_phone.new', 'vicidial_phone.new["a"]', 'module.lab.vicidial_phone.x'])
      expect(to(address)).not.toThrow();
  });

  test('from what the stack still declares is an error with the path', () => {
    const from = (address: string) => () =>
      synth((stack) => {
        new Phone(stack, 'old', other);
        new Phone(stack, 'new', key).moveFromId(address);
      });
    expect(from('vicidial_phone.old')).toThrow(/\[test\/new\] It is moved from vicidial_phone\.old, .*still declares/u);
    expect(from('vicidial_phone.older')).not.toThrow();
  });
});

describe('null', () => {
  test('is not set: it is no duplicate, no literal, and no value of a setting', () => {
    const { resource, provider } = synth((stack, vicidial) => {
      vicidial.addOverride('url', null);
      new Phone(stack, 'first', untyped({ ...key, phoneLogin: null, phonePass: null, phoneRingTimeout: null }));
      new Phone(stack, 'second', untyped({ ...other, phoneLogin: null, lifecycle: null, provider: null }));
      new PhoneAlias(stack, 'desks', untyped({ aliasId: 'desks', phoneLogins: null }));
    });
    expect(resource.vicidial_phone.first).toMatchObject({ extension: '55000', phone_login: null });
    expect(provider.vicidial).toEqual([{ url: null }]);
  });

  test('as the key is an error with the path', () => {
    const build = () => synth((stack) => new Phone(stack, 'desk', untyped({ ...key, extension: null })));
    expect(build).toThrow('[test/desk] extension is missing. Each phone needs it.');
  });
});

describe('a number that stands for a reference', () => {
  test('is written where CDKTF finds it again', () => {
    const { resource } = synth((stack) => {
      const n = new TerraformVariable(stack, 'n', { type: 'number' }).numberValue;
      new Phone(stack, 'desk', { ...key, phoneRingTimeout: n, phoneFullName: `Desk ${n}` });
    });
    expect(resource.vicidial_phone.desk).toMatchObject({
      phone_ring_timeout: '${var.n}',
      phone_full_name: 'Desk ${var.n}',
    });
  });

  test('and is lost in text or in a calculation is an error that names Token.asString', () => {
    const build = (props: (index: number) => Partial<PhoneProps>) => () =>
      synth((stack) => {
        const count = TerraformCount.of(new TerraformVariable(stack, 'n', { type: 'number' }).numberValue);
        new Phone(stack, 'desk', { ...key, count, ...props(count.index) });
      });
    expect(build((index) => ({ extension: `5500${index}` }))).toThrow(
      /\[test\/desk\] extension has a number .*asString/u,
    );
    expect(build((index) => ({ phoneRingTimeout: index * 2 }))).toThrow(/phoneRingTimeout has a number .*Op or Fn/u);
    expect(build((index) => ({ extension: `5500${index}` }))).not.toThrow('value-characters');
    expect(build((index) => ({ extension: `5500${Token.asString(index)}` }))).not.toThrow();
  });

  test('is found in a setting and in a data source too', () => {
    const build = () =>
      synth((stack, vicidial) => {
        const n = new TerraformVariable(stack, 'n', { type: 'number' }).numberValue;
        vicidial.user = `5${n}`;
        new DataVicidialPhone(stack, 'found', { ...key, extension: `5${n}` });
      });
    expect(build).toThrow('[test/vicidial] user has a number that stands for a reference');
    expect(build).toThrow('[test/found] extension has a number that stands for a reference');
  });
});

test('a setting that an override or a setter changes is checked as it is written', () => {
  const build = (change: (provider: VicidialProvider) => void) => () => synth((_stack, provider) => change(provider));
  expect(build((provider) => provider.addOverride('max_concurrency', 900))).toThrow(
    /\[test\/vicidial\] maxConcurrency /u,
  );
  expect(build((provider) => (provider.maxConcurrency = 900))).toThrow(/\[test\/vicidial\] maxConcurrency /u);
  expect(build((provider) => provider.addOverride('max_concurency', 9))).toThrow(
    'max_concurency is not an argument of the provider vicidial. Did you mean max_concurrency?',
  );
});
