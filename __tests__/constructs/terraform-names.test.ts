import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { DataNullDataSource } from '@cdktf/provider-null/lib/data-null-data-source';
import { NullProvider } from '@cdktf/provider-null/lib/provider';
import { Resource as NullResource } from '@cdktf/provider-null/lib/resource';
import fc from 'fast-check';
import { Phone, PhoneAlias, PhoneGroup, VicidialProvider } from '../../src';
import { newStack, synth, toJson } from './synthesis';
import { useTemporaryFolder } from '../temporary-folder';

const temporary = useTemporaryFolder();

const phone = (extension: string) => ({ serverIp: '10.0.0.11', extension });

/** Adds a phone with each of these construct ids. */
function addPhones(stack: TerraformStack, ids: readonly string[]): Phone[] {
  return ids.map((id, index) => new Phone(stack, id, phone(`5500${index}`)));
}

describe('constructs whose names CDKTF would merge', () => {
  test.each([
    ['büro', 'bäro', 'bro'],
    ['p:1', 'p1', 'p1'],
    ['desk.1', 'desk1', 'desk1'],
  ])('%s and %s: the error has both paths and the common name', (first, second, name) => {
    const build = () => synth((stack) => addPhones(stack, [first, second]));
    expect(build).toThrow(`test/${first} and test/${second} have the same Terraform name, vicidial_phone.${name}:`);
  });

  test('a third construct with the name is reported with the first', () => {
    const build = () => synth((stack) => addPhones(stack, ['p1', 'p:1', 'p.1']));
    expect(build).toThrow('test/p1 and test/p:1 have');
    expect(build).toThrow('test/p1 and test/p.1 have');
  });

  test('are reported once in a stack with two providers', () => {
    const stack = newStack();
    for (const alias of ['east', 'west']) new VicidialProvider(stack, alias, { alias });
    addPhones(stack, ['p:1', 'p1']);
    expect(stack.node.validate()).toHaveLength(1);
  });

  test('phone aliases too', () => {
    const build = () =>
      synth((stack) => {
        new PhoneAlias(stack, 'büro', { aliasId: 'one' });
        new PhoneAlias(stack, 'bäro', { aliasId: 'two' });
      });
    expect(build).toThrow('test/büro and test/bäro have the same Terraform name, vicidial_phone_alias.bro:');
  });

  test('two names given to overrideLogicalId', () => {
    const build = () =>
      synth((stack) => addPhones(stack, ['front', 'back']).forEach((desk) => desk.overrideLogicalId('desk')));
    expect(build).toThrow('test/front and test/back have the same Terraform name, vicidial_phone.desk:');
  });

  test('a phone and the import of another phone', () => {
    const build = () =>
      synth((stack) => {
        addPhones(stack, ['p1']);
        Phone.generateConfigForImport(stack, 'p:1', '10.0.0.11/55001');
      });
    expect(build).toThrow('test/p1 and test/p:1 have the same Terraform name, vicidial_phone.p1:');
  });

  test('variables, outputs, and the resources and data sources of other providers', () => {
    const build = () =>
      synth((stack) => {
        new NullProvider(stack, 'null');
        for (const id of ['v:1', 'v1']) new TerraformVariable(stack, id, { type: 'string' });
        for (const id of ['o:1', 'o1']) new TerraformOutput(stack, id, { value: id });
        for (const id of ['r:1', 'r1']) new NullResource(stack, id);
        for (const id of ['d:1', 'd1']) new DataNullDataSource(stack, id);
      });
    expect(build).toThrow('test/v:1 and test/v1 have the same Terraform name, variable.v1:');
    expect(build).toThrow('test/o:1 and test/o1 have the same Terraform name, output.o1:');
    expect(build).toThrow('test/r:1 and test/r1 have the same Terraform name, null_resource.r1:');
    expect(build).toThrow('test/d:1 and test/d1 have the same Terraform name, data.null_data_source.d1:');
  });

  test('two providers with one provider alias, or with none', () => {
    const build = (alias?: string) => () =>
      synth((stack, provider) => {
        expect(provider.alias).toBeUndefined();
        for (const id of ['west', 'second']) new VicidialProvider(stack, id, alias === undefined ? {} : { alias });
      });
    expect(build('west')).toThrow(/test\/west and test\/second both configure provider vicidial\.west\. Give one/u);
    expect(build()).toThrow(/test\/vicidial and test\/west both configure provider vicidial\. Give one/u);
  });

  test.each([false, true])('are refused by App.synth before a file is written (HCL: %s)', (hclOutput) => {
    const app = new App({ outdir: temporary.path, hclOutput });
    const stack = new TerraformStack(app, 'test');
    new VicidialProvider(stack, 'vicidial');
    addPhones(stack, ['p:1', 'p1']);
    expect(() => app.synth()).toThrow('test/p:1 and test/p1 have the same Terraform name');
    const file = join(temporary.path, 'stacks', 'test', hclOutput ? 'cdk.tf' : 'cdk.tf.json');
    expect(() => readFileSync(file)).toThrow(/ENOENT/u);
  });
});

describe('a name that Terraform does not accept', () => {
  test.each([
    ['55000', '55000', 'phone-55000'],
    ['-desk', '-desk', 'phone--desk'],
    ['销售', '', 'phone-1'],
    [':__proto__', '__proto__', 'phone-proto'],
  ])('of the construct id %s: the error has the path and a valid id', (id, name, example) => {
    const build = () => synth((stack) => addPhones(stack, [id]));
    expect(build).toThrow(`test/${id} has the Terraform name "${name}", which is not valid:`);
    expect(build).toThrow(`Change the construct id of test/${id}, for example to "${example}".`);
    expect(synth((stack) => addPhones(stack, [example])).resource.vicidial_phone).toHaveProperty([example]);
  });

  test('of a group: the error names the construct whose id is to be changed', () => {
    const build = () => synth((stack) => new PhoneGroup(stack, '1st', { serverIp: '10.0.0.11', phones: { desk: {} } }));
    expect(build).toThrow(/test\/1st\/desk has .* Change the construct id of test\/1st, for example to "phone-1st"\./u);
  });

  test('given to overrideLogicalId, or as a provider alias', () => {
    const overridden = () => synth((stack) => addPhones(stack, ['desk'])[0]?.overrideLogicalId('front desk'));
    expect(overridden).toThrow(
      /test\/desk has .* Change the name given to overrideLogicalId, for example to "phone-frontdesk"\./u,
    );
    expect(() => synth((stack) => new VicidialProvider(stack, 'west', { alias: '2nd' }))).toThrow(
      /test\/west has .* Change the alias, for example to "vicidial-2nd"\./u,
    );
  });

  test('is not confused with a name of other letters, which overrideLogicalId may give', () => {
    const { resource } = synth((stack) => addPhones(stack, ['desk'])[0]?.overrideLogicalId('büro'));
    expect(Object.keys(resource.vicidial_phone)).toEqual(['büro']);
  });
});

describe('equal names that are no conflict', () => {
  test('of two resource types, of two stacks, and of a phone with its own import', () => {
    const outer = newStack();
    const inner = new TerraformStack(outer, 'inner');
    for (const stack of [outer, inner]) {
      new VicidialProvider(stack, 'vicidial');
      new Phone(stack, 'desk', phone('55000')).importFrom('10.0.0.11/55000');
      new PhoneAlias(stack, 'd:esk', { aliasId: 'desk' });
    }
    expect(Object.keys(toJson(outer).resource.vicidial_phone)).toEqual(['desk']);
    expect(Object.keys(toJson(inner).resource.vicidial_phone)).toEqual(['desk']);
  });
});

describe('every set of constructs', () => {
  const character = fc.constantFrom('a', 'b', '1', '-', '_', ':', '.', 'ü', 'ä', '售');
  const id = fc.string({ unit: character, minLength: 1, maxLength: 4 });
  const sets = fc.uniqueArray(fc.record({ id, inGroup: fc.boolean(), override: fc.option(id, { freq: 2 }) }), {
    selector: (construct) => construct.id,
    maxLength: 6,
  });

  function add(stack: TerraformStack, own: string, inGroup: boolean, extension: string): Phone | undefined {
    if (!inGroup) return new Phone(stack, own, phone(extension));
    return new PhoneGroup(stack, own, { serverIp: '10.0.0.11', phones: { [extension]: {} } }).phones[extension];
  }

  /** The number of phones in the JSON, or the message of the error. */
  function outcome(stack: TerraformStack): number | string {
    try {
      return Object.keys(toJson(stack).resource.vicidial_phone).length;
    } catch (error) {
      return String(error);
    }
  }

  test('has a resource for each phone, or is refused with both paths of equal names and the path of an invalid one', () => {
    fc.assert(
      fc.property(sets, (constructs) => {
        const stack = newStack();
        new VicidialProvider(stack, 'vicidial');
        // A stack without resources has no key for them.
        new Phone(stack, 'first', phone('first'));
        constructs.forEach(({ id: own, inGroup, override }, index) => {
          const added = add(stack, own, inGroup, `5500${index}`);
          if (override !== null) added?.overrideLogicalId(override);
        });
        const result = outcome(stack);
        // The constructs of a scope are in the order of JavaScript's keys: `1` comes first.
        const phones = stack.node.findAll().filter((construct) => construct instanceof Phone);
        const names = phones.map(({ friendlyUniqueId }) => friendlyUniqueId);
        const expected = phones.flatMap(({ node: { path } }, index) => {
          const name = names[index] ?? '';
          const first = names.indexOf(name);
          if (first !== index) return [`${phones[first]?.node.path} and ${path} have the same Terraform name`];
          return /^[a-zäü售_][\wäü售-]*$/u.test(name) ? [] : [`${path} has the Terraform name "${name}"`];
        });
        if (expected.length === 0) expect(result).toBe(constructs.length + 1);
        for (const text of expected) expect(result).toContain(text);
      }),
    );
  });
});
