import { App, Testing } from 'cdktf';
import fc from 'fast-check';
import { equalIdentities } from '../../src/model/identity';
import type { DeclaredPhone } from '../../stacks/declared-phone';
import type { Environment } from '../../stacks/environment';
import { PhoneStack } from '../../stacks/phone-stack';

type Resources = Record<string, Record<string, Record<string, unknown>>>;
type Key = Pick<DeclaredPhone, 'server_ip' | 'extension'>;

function synth(keys: readonly Key[], aliasIds: readonly string[] = []): Resources {
  const environment: Environment = {
    url: 'https://vicidial.example.com/vicidial/non_agent_api.php',
    user: { variable: 'api_user' },
    password: { variable: 'api_password' },
    phones: keys.map((key) => ({ ...key, values: {} })),
    aliases: aliasIds.map((alias_id) => ({ alias_id, alias_name: 'Desks', phone_logins: ['55000', '55001'] })),
  };
  const stack = new PhoneStack(new App({ outdir: '/nowhere' }), 'lab', environment);
  return (JSON.parse(Testing.synth(stack, true)) as { resource?: Resources }).resource ?? {};
}

/** The name of each phone, by what it declares. */
function namesOf(keys: readonly Key[]): Map<string, string> {
  const phones = Object.entries(synth(keys).vicidial_phone ?? {});
  return new Map(phones.map(([name, { server_ip, extension }]) => [JSON.stringify([server_ip, extension]), name]));
}

// What the server can store in a key: the allowed characters of the fields, with use_non_latin on. server_ip stays ASCII.
const plain = ['a', 'B', '1', '-', '_', 'f', 'c'];
const letters = [...plain, 'ü', 'ä', 'ſ', 'K', '销', '𠀀'];
const extension = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 6 });
const serverIp = fc.string({ unit: fc.constantFrom(...plain, '.', ':'), minLength: 1, maxLength: 6 });
const keys = fc.uniqueArray(fc.record({ server_ip: serverIp, extension }), {
  comparator: (a, b) => equalIdentities(a.server_ip, b.server_ip) && equalIdentities(a.extension, b.extension),
  minLength: 1,
});
const aliasIds = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength: 4 }), {
  comparator: equalIdentities,
  minLength: 1,
});

describe('the names of the resources of an environment', () => {
  test('are what they have been for ordinary keys, as another name would be another resource', () => {
    const ordinary = [
      ['10.0.0.11', '55000'],
      ['10.0.0.11', 'front-desk_2'],
      ['10.0.0.11', '-_'],
      ['pbx1', 'Desk'],
    ] as const;
    expect([...namesOf(ordinary.map(([server_ip, own]) => ({ server_ip, extension: own }))).values()]).toEqual(
      ['phone-10_0_0_11-55000', 'phone-10_0_0_11-front-desk_2', 'phone-10_0_0_11--_', 'phone-pbx1-Desk'].sort(),
    );
    expect(Object.keys(synth([], ['desks', '-desk_s']).vicidial_phone_alias ?? {})).toEqual([
      'alias--desk_s',
      'alias-desks',
    ]);
  });

  test.each([
    [
      'letters of other scripts',
      { server_ip: '10.0.0.11', extension: 'büro' },
      { server_ip: '10.0.0.11', extension: 'bäro' },
    ],
    ['a colon', { server_ip: 'fe80::1', extension: '55000' }, { server_ip: 'fe80:1', extension: '55000' }],
    ['a dash', { server_ip: 'pbx-1', extension: '2' }, { server_ip: 'pbx', extension: '1-2' }],
    ['an underscore', { server_ip: 'pbx_1', extension: '2' }, { server_ip: 'pbx.1', extension: '2' }],
    [
      'what an escaped character is written as',
      { server_ip: 'fe80::1', extension: 'ü' },
      { server_ip: 'fe80::1', extension: 'fc' },
    ],
  ])('differ where keys differ in %s', (_what, first, second) => {
    expect(new Set(namesOf([first, second]).values()).size).toBe(2);
  });

  test('differ where an ordinary key reads like an escaped one', () => {
    expect(Object.keys(synth([], ['ü1', '_fc_1']).vicidial_phone_alias ?? {})).toHaveLength(2);
  });

  test('differ for all phones and phone aliases that a server can store', () => {
    fc.assert(
      fc.property(keys, aliasIds, (declared, ids) => {
        const resources = synth(declared, ids);
        expect(Object.keys(resources.vicidial_phone ?? {})).toHaveLength(declared.length);
        expect(Object.keys(resources.vicidial_phone_alias ?? {})).toHaveLength(ids.length);
      }),
    );
  });

  test('stay the same whatever else the file declares', () => {
    fc.assert(
      fc.property(keys, (declared) => {
        const all = namesOf(declared);
        for (const key of declared.slice(0, 3))
          for (const [own, name] of namesOf([key])) expect(all.get(own)).toBe(name);
      }),
    );
  });

  test('of a variable may be an id of another construct of the stack', () => {
    for (const variable of ['vicidial', 'backend', 'constructor']) {
      const app = new App({ outdir: '/nowhere' });
      const stack = new PhoneStack(app, 'lab', {
        url: 'https://vicidial.example.com/vicidial/non_agent_api.php',
        user: { variable },
        password: { variable },
        phones: [],
        aliases: [],
      });
      stack.prepareStack();
      const output = JSON.parse(Testing.synth(stack, true)) as { variable: Record<string, unknown> };
      expect(Object.keys(output.variable)).toEqual([variable]);
    }
  });
});
