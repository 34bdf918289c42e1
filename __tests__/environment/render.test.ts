import fc from 'fast-check';
import { stringify } from 'yaml';
import type { Environment } from '../../src';
import { renderEnvironment } from '../../src/environment/render';
import { other, production, servers } from './derived-samples';
import { readFrom } from './environment-of';

const lab = `${other}${servers}mapping: { extension: { add: 40000 } }
defaults: { email: ~ }
exceptions: { east/95000: { protocol: IAX2 } }
without: { extension: "200*" }
phones: [{ server: east, extension: "57000", phone_login: "57000" }]
`;

function read(text: string): Environment {
  return readFrom({ 'production.yaml': production, 'lab.yaml': text });
}

/** What an environment has, without where it comes from. */
function contentOf(environment: Environment): unknown {
  const {
    provider,
    servers: own,
    phones,
    aliases,
    backend,
    moved,
    removed,
    imports,
    limits,
    movedFrom,
    abstract,
  } = environment;
  return {
    ...{ provider, backend, moved, removed, imports, limits, movedFrom, abstract },
    servers: own,
    phones: phones.map(({ server, server_ip, extension, values }) => ({ server, server_ip, extension, values })),
    aliases: aliases.map(({ alias_id, alias_name, protect, phone_logins }) => ({
      ...{ alias_id, alias_name, protect },
      logins: phone_logins?.map(({ login, environment: file }) => [login, file]),
    })),
  };
}

describe('the effective environment', () => {
  test('is printed with its bases, the order of its parts and what it does not inherit', () => {
    expect(renderEnvironment(read(lab)).split('\n').slice(0, 6)).toEqual([
      '# Environment lab (lab.yaml)',
      '# Derived from production (production.yaml)',
      '# Later values win: base, only and without, mapping, defaults, exceptions, additions',
      '# Not inherited: provider.password, provider.system_name',
      'version: 1',
      'provider:',
    ]);
  });

  test('is printed with the origin of each value: file and line, and what set it', () => {
    expect(renderEnvironment(read(lab), { phone: '10.9.0.11/95000', origins: true }))
      .toBe(`  # vicidial_phone.phone-east-95000
  - server: east # base production.yaml:8
    extension: "95000" # mapping lab.yaml:5
    protocol: IAX2 # exception lab.yaml:7
    phone_login: "55000" # base production.yaml:8
    outbound_cid: "7275551212" # base production.yaml:6
    admin_user_group: SALES # base production.yaml:8
    email: ~ # default lab.yaml:6
`);
    const addition = renderEnvironment(read(lab), { phone: '57000', origins: true });
    expect(addition).toContain('    phone_login: "57000" # addition lab.yaml:9\n');
    expect(addition).toContain('    protocol: SIP # base production.yaml:6\n');
  });

  test.each([
    ['east/9500', 'environment lab has no phone "east/9500"; did you mean east/95000?'],
    ['x', 'environment lab has no phone "x"; a key is SERVER/EXTENSION, SERVER_IP/EXTENSION or a phone login'],
  ])('has no phone %s, which is an error', (phone, message) => {
    expect(() => renderEnvironment(read(lab), { phone })).toThrow(message);
  });

  test('is the same environment when it is read again', () => {
    const state = `backend: { s3: { bucket: states, use_lockfile: true } }\nmoved: [{ from: 'vicidial_phone.a["x"]', to: vicidial_phone.phone-east-57000 }]\nremoved: [vicidial_phone.b]\nimports: all\nlimits: { destroy: 5, update: 30% }\n`;
    const first = read(lab + state);
    const rendered = renderEnvironment(first);
    const second = readFrom({ 'lab.yaml': rendered });
    expect(contentOf(second)).toEqual(contentOf(first));
    // Only its head names the file and the bases.
    const body = (text: string) => text.slice(text.indexOf('version: 1'));
    expect(body(renderEnvironment(second))).toBe(body(rendered));
  });

  test('is the same when it is read again, for any values that a server can store', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'Y', '1', '.', '-', '+', ' ', '_', 'ü', 'o', 'n', 'e'),
      minLength: 2,
      maxLength: 8,
    });
    const values = fc.record(
      {
        phone_full_name: text,
        email: fc.constantFrom('', 'a@example.com', null),
        protocol: fc.constantFrom('SIP', 'Zap'),
        phone_ring_timeout: fc.integer({ min: 2, max: 180 }),
        phone_pass: fc.constant({ variable: 'pass' }),
        protect: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(values, { maxLength: 5 }), (phones) => {
        const declared = phones.map((own, index) => ({ server: 'east', extension: `${index}x`, ...own }));
        const file = stringify({ version: 1, servers: { east: '10.0.0.11' }, phones: declared });
        const first = readFrom({ 'lab.yaml': file });
        expect(contentOf(readFrom({ 'lab.yaml': renderEnvironment(first) }))).toEqual(contentOf(first));
      }),
      { numRuns: 100 },
    );
  });
});
