import { NullProvider } from '@cdktf/provider-null/lib/provider';
import { TerraformProvider, TerraformResource, type TerraformStack } from 'cdktf';
import fc from 'fast-check';
import { Phone, PhoneGroup } from '../../src';
import { equalIdentities } from '../../src/model/identity';
import { synth } from './synthesis';

/** As bindings that a program generated itself have it. */
class GeneratedProvider extends TerraformProvider {
  constructor(stack: TerraformStack, id: string) {
    super(stack, id, {
      terraformResourceType: 'null',
      terraformProviderSource: 'hashicorp/null',
      terraformGeneratorMetadata: { providerName: 'null', providerVersionConstraint: '~> 3.0' },
    });
  }
}

describe('PhoneGroup', () => {
  test('gives its phones the server and the defaults, which a phone may override', () => {
    const output = synth(
      (stack) =>
        new PhoneGroup(stack, 'sales', {
          serverIp: '10.0.0.11',
          defaults: { protocol: 'SIP', localGmt: '-5.00' },
          phones: { '55000': {}, '55001': { localGmt: '-8.00' } },
        }),
    );
    expect(
      Object.values(output.resource.vicidial_phone).map(({ extension, local_gmt, protocol }) => [
        extension,
        local_gmt,
        protocol,
      ]),
    ).toEqual([
      ['55000', '-5.00', 'SIP'],
      ['55001', '-8.00', 'SIP'],
    ]);
    expect(output.resource.null_resource).toBeUndefined();
    expect(output.provider).not.toHaveProperty('null');
  });

  test('has a resource that depends on all its phones, added on first use', () => {
    const output = synth((stack) => {
      const group = new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones: { '55000': {}, '55001': {} } });
      new Phone(stack, 'last', { serverIp: '10.0.0.12', extension: '56000', dependsOn: [group.ready] });
      expect(group.ready).toBe(group.ready);
      expect(group.ready).toBeInstanceOf(TerraformResource);
    });
    const [ready] = Object.values(output.resource.null_resource ?? {});
    expect(Object.keys(ready?.triggers as object)).toEqual(['55000', '55001']);
    expect(JSON.stringify(ready?.triggers)).toMatch(/\$\{vicidial_phone\.\w+\.id\}/u);
    expect(output.provider.null).toHaveLength(1);
    expect(output.resource.vicidial_phone.last?.depends_on).toEqual([expect.stringMatching(/^null_resource\./u)]);
  });

  test('takes the null provider that the stack has, of whichever class, and declared before or after', () => {
    const group = (stack: TerraformStack, id: string) =>
      new PhoneGroup(stack, id, { serverIp: '10.0.0.11', phones: { [id]: {} } }).ready;
    const own = (stack: TerraformStack) => new NullProvider(stack, 'null');
    const generated = (stack: TerraformStack) => new GeneratedProvider(stack, 'null');
    for (const declare of [own, generated]) {
      const source = declare === own ? 'null' : 'hashicorp/null';
      const before = synth((stack) => [declare(stack), group(stack, 'a1')]);
      const after = synth((stack) => [group(stack, 'a1'), declare(stack), group(stack, 'b1')]);
      for (const { provider, terraform } of [before, after]) {
        expect(provider.null).toEqual([{}]);
        expect(terraform.required_providers.null).toMatchObject({ source });
      }
    }
    const { provider } = synth((stack) => [group(stack, 'a1'), group(stack, 'b1')]);
    expect(provider.null).toEqual([{}]);
  });

  test('has a phone for each extension, also for names that JavaScript or the group itself uses', () => {
    const extensions = [
      '55000',
      'constructor',
      '__proto__',
      'toString',
      'ready',
      'Default',
      'Resource',
      'büro',
      'bäro',
    ];
    const output = synth((stack) => {
      const phones = Object.fromEntries(extensions.map((extension) => [extension, {}]));
      return new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones }).ready;
    });
    expect(Object.values(output.resource.null_resource ?? {})[0]?.triggers).toHaveProperty('ready');
    const declared = Object.values(output.resource.vicidial_phone).map(({ extension }) => extension);
    expect(declared.sort()).toEqual(extensions.sort());
  });

  test('gives every set of extensions distinct names', () => {
    const unit = fc.constantFrom('a', 'B', '1', '-', '_', 'ü', 'ä', 'ſ', '销');
    const extensions = fc.uniqueArray(fc.string({ unit, minLength: 1, maxLength: 5 }), {
      comparator: equalIdentities,
    });
    fc.assert(
      fc.property(extensions, (own) => {
        const phones = Object.fromEntries(own.map((extension) => [extension, {}]));
        const output = synth((stack) => {
          new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones });
          new Phone(stack, 'last', { serverIp: '10.0.0.12', extension: '56000' });
        });
        expect(Object.keys(output.resource.vicidial_phone)).toHaveLength(own.length + 1);
      }),
    );
  });

  test('names its resources as version 0.1.0 did, as another name would be another resource', () => {
    const { resource } = synth(
      (stack) => new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones: { '55000': {}, desk_1: {} } }).ready,
    );
    expect(Object.keys(resource.vicidial_phone)).toEqual(['sales_55000_98AA562A', 'sales_desk_1_3E17D8A9']);
    expect(Object.keys(resource.null_resource ?? {})).toEqual(['sales_ready_D7389F56']);
  });
});
