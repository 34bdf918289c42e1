import { App, Testing } from 'cdktf';
import fc from 'fast-check';
import { EnvironmentStack } from '../../src';
import { equalIdentities, identityKey } from '../../src/model/identity';
import { environmentOf } from './environment-of';

type Resources = Record<string, Record<string, Record<string, unknown>>>;
interface Key {
  readonly server: string;
  readonly extension: string;
}

/** Each server has an address of its own, by which its phones are recognised. */
function synth(keys: readonly Key[], aliasIds: readonly string[] = []): Resources {
  const servers = [...new Set(keys.map(({ server }) => server))];
  const environment = environmentOf({
    servers: Object.fromEntries(servers.map((name, index) => [name, `10.0.${index}.11`])),
    phones: [
      ...keys.map((key, index) => ({ ...key, phone_login: `x${index}` })),
      ...(aliasIds.length === 0
        ? []
        : [{ server: servers[0] ?? 'east', extension: 'x-of-alias', phone_login: 'alias' }]),
    ],
    aliases: aliasIds.map((alias_id) => ({ alias_id, alias_name: 'Desks', phone_logins: ['alias'] })),
  });
  const stack = new EnvironmentStack(new App({ outdir: '/nowhere' }), 'lab', environment);
  const { resource = {} } = JSON.parse(Testing.synth(stack, true)) as { resource?: Resources };
  return resource;
}

/** The name of each phone, by the key that declares it. */
function namesOf(keys: readonly Key[]): Map<string, string> {
  const servers = [...new Set(keys.map(({ server }) => server))];
  const phones = Object.entries(synth(keys).vicidial_phone ?? {});
  return new Map(
    phones.map(([name, { server_ip, extension }]) => {
      const server = servers[Number(String(server_ip).split('.')[2])];
      return [JSON.stringify([server, extension]), name];
    }),
  );
}

// What the server can store in an extension, with use_non_latin on, and what the name of a server may have.
const plain = ['a', 'B', '1', '-', '_', 'f', 'c'];
const letters = [...plain, 'ü', 'ä', 'ſ', 'K', '销', '𠀀'];
const extension = fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength: 6 });
const server = fc
  .string({ unit: fc.constantFrom(...letters, '.'), minLength: 1, maxLength: 6 })
  .filter((name) => !name.startsWith('__'));
const keys = fc
  .uniqueArray(fc.record({ server, extension }), {
    selector: (key) => `${key.server.toLowerCase()} ${identityKey(key.extension)}`,
    minLength: 1,
  })
  .filter((declared) => {
    const names = new Set(declared.map((key) => key.server));
    return new Set([...names].map((name) => name.toLowerCase())).size === names.size;
  });
const aliasIds = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength: 4 }), {
  comparator: equalIdentities,
  minLength: 1,
});

describe('the names of the resources of an environment', () => {
  test('are what they have been for ordinary keys, as another name would be another resource', () => {
    const ordinary = [
      ['east', '55000'],
      ['east', 'front-desk_2'],
      ['east', '-_'],
      ['pbx1', 'Desk'],
    ] as const;
    expect([...namesOf(ordinary.map(([name, own]) => ({ server: name, extension: own }))).values()]).toEqual(
      ['phone-east-55000', 'phone-east-front-desk_2', 'phone-east--_', 'phone-pbx1-Desk'].sort(),
    );
    expect(
      Object.keys(synth([{ server: 'east', extension: '55000' }], ['desks', '-desk_s']).vicidial_phone_alias ?? {}),
    ).toEqual(['alias--desk_s', 'alias-desks']);
  });

  test.each([
    ['letters of other scripts', { server: 'east', extension: 'büro' }, { server: 'east', extension: 'bäro' }],
    ['a dash', { server: 'pbx-1', extension: '22' }, { server: 'pbx', extension: '1-22' }],
    ['a dot', { server: 'pbx_1', extension: '22' }, { server: 'pbx.1', extension: '22' }],
    [
      'what an escaped character is written as',
      { server: 'a-b', extension: 'üü' },
      { server: 'a-b', extension: 'fcfc' },
    ],
  ])('differ where keys differ in %s', (_what, first, second) => {
    expect(new Set(namesOf([first, second]).values()).size).toBe(2);
  });

  test('differ where an ordinary id reads like an escaped one', () => {
    expect(
      Object.keys(synth([{ server: 'east', extension: '55000' }], ['ü1', '_fc_1']).vicidial_phone_alias ?? {}),
    ).toHaveLength(2);
  });

  test('differ for all phones and phone aliases that a server can store', () => {
    fc.assert(
      fc.property(keys, aliasIds, (declared, ids) => {
        const resources = synth(declared, ids);
        expect(Object.keys(resources.vicidial_phone ?? {})).toHaveLength(declared.length + 1);
        expect(Object.keys(resources.vicidial_phone_alias ?? {})).toHaveLength(ids.length);
      }),
      { numRuns: 30 },
    );
  });

  test('stay the same whatever else the file declares', () => {
    fc.assert(
      fc.property(keys, (declared) => {
        const all = namesOf(declared);
        for (const key of declared.slice(0, 3))
          for (const [own, name] of namesOf([key])) expect(all.get(own)).toBe(name);
      }),
      { numRuns: 30 },
    );
  });

  test('of a variable may be an id of another construct of the stack', () => {
    for (const variable of ['vicidial', 'backend', 'constructor']) {
      const environment = environmentOf({ provider: { user: { variable }, password: { variable } } });
      const stack = new EnvironmentStack(new App({ outdir: '/nowhere' }), 'lab', environment);
      stack.prepareStack();
      const output = JSON.parse(Testing.synth(stack, true)) as { variable: Record<string, unknown> };
      expect(Object.keys(output.variable)).toEqual([variable]);
    }
  });
});
