import { deriveEnvironment, type Environment } from '../../src';
import { phoneKey } from '../../src/environment/environment';
import { production } from './derived-samples';
import { readFrom } from './environment-of';

function loginsOf({ aliases }: Environment): Record<string, string[]> {
  return Object.fromEntries(
    aliases.map(({ alias_id, phone_logins = [] }) => [alias_id, phone_logins.map(({ login }) => login)]),
  );
}

describe('deriveEnvironment', () => {
  const base = readFrom({ 'production.yaml': production }, 'production.yaml');

  test('gives what a file gives', () => {
    const changes = {
      provider: { url: 'https://lab.example.com/vicidial/non_agent_api.php' },
      servers: { lab: '10.9.0.11' },
      mapping: { servers: { east: 'lab' }, extension: { add: 40000 } },
      without: { server: 'west' },
    } as const;
    const derived = deriveEnvironment(base, changes, { name: 'lab' });
    expect(derived.phones.map(phoneKey)).toEqual(['lab/95000', 'lab/95001', 'lab/42000', 'lab/42001']);
    expect(derived).toMatchObject({ name: 'lab', file: 'lab', bases: [{ name: 'production' }] });
    expect(derived.phones[0]?.origins.extension).toEqual({
      kind: 'mapping',
      file: 'lab',
      line: undefined,
      field: 'mapping.extension',
    });
  });

  test('is the identity with a mapping that changes nothing', () => {
    const identity = deriveEnvironment(base, {
      mapping: { extension: { add: 0 }, phone_login: '{phone_login}', servers: { east: 'east', west: 'west' } },
      servers: { east: {}, west: {} },
    });
    const plain = ({ phones, aliases, servers: own }: Environment) => ({
      phones: phones.map(({ server, server_ip, extension, values }) => ({ server, server_ip, extension, values })),
      aliases: loginsOf({ aliases } as Environment),
      servers: own,
    });
    expect(plain(identity)).toEqual(plain(base));
    expect(plain(deriveEnvironment(base, {}))).toEqual(plain(base));
  });

  test('throws all errors', () => {
    expect(() =>
      deriveEnvironment(base, { only: { server: 'north' }, defaults: { protocol: 'PJSIP' } }, { name: 'lab' }),
    ).toThrow(/^lab: only\.server: "north" matches no phone of production$/u);
    expect(() => deriveEnvironment(base, { defalts: {} } as never)).toThrow(
      'production: defalts: unknown key; did you mean defaults?',
    );
  });
});
