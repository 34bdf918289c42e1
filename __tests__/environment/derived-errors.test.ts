import { other, production, servers } from './derived-samples';
import { errorsOf } from './environment-of';

function errors(text: string, base = production): string[] {
  return errorsOf({ 'production.yaml': base, 'lab.yaml': text });
}

/** Each with the errors of a file that extends the production system and has its own servers. */
const invalid: readonly (readonly [string, string, ...(string | RegExp)[]])[] = [
  [
    'a selector that matches nothing',
    'only: { server: north, extension: ["5500*", "9*"] }\nwithout: [{ user_group: SUPPORT }, { alias_id: none }]\n',
    'lab.yaml:5: only.server: "north" matches no phone of production',
    'lab.yaml:5: only.extension: "9*" matches no phone of production',
    'lab.yaml:6: without.0.user_group: "SUPPORT" matches no phone of production',
    'lab.yaml:6: without.1.alias_id: "none" matches no phone alias of production',
  ],
  [
    'a selector whose parts match different phones, and one without parts',
    'without: [{ server: west, user_group: SALES }, {}]\n',
    'lab.yaml:5: without.0: matches no phone of production',
    'lab.yaml:5: without.1: is empty; it would select everything',
  ],
  [
    'exceptions that match nothing',
    'mapping: { extension: { add: 1 } }\nexceptions: { east/55009: without, east/55000: without, "alias:dsks": without, "55001": without }\n',
    'lab.yaml:6: exceptions.55001: matches no phone or phone alias of production; keys are those after the mapping; a key is SERVER/EXTENSION or alias:ALIAS_ID',
    'lab.yaml:6: exceptions.east/55009: matches no phone or phone alias of production; did you mean "east/55001"?',
    'lab.yaml:6: exceptions.east/55000: matches no phone or phone alias of production; did you mean "east/55001"?',
    'lab.yaml:6: exceptions.alias:dsks: matches no phone or phone alias of production; did you mean "alias:desks"?',
  ],
  [
    'a replacement that matches nothing, and one that is none',
    'mapping: { extension: { replace: "^99", with: "" }, email: { replace: "(", with: "" }, template_id: "{template_id}s", alias_name: { replace: x, with: y } }\n',
    /^lab\.yaml:5: mapping\.email: is not a valid pattern: /u,
    'lab.yaml:5: mapping.extension: matches the extension of no phone of production',
    'lab.yaml:5: mapping.template_id: matches the template_id of no phone of production',
    'lab.yaml:5: mapping.alias_name: matches the alias_name of no phone alias of production',
  ],
  [
    'a mapping that puts two phones on one key',
    'mapping: { extension: { replace: "^5500.", with: "55000" } }\n',
    'lab.yaml:5: mapping.extension: east/55000 (production.yaml:8) and east/55001 (production.yaml:9) become one phone, east/55000; change the mapping, or leave one of them out',
  ],
  [
    'a mapping of servers that puts two phones on one key',
    'mapping: { servers: { west: east } }\n',
    'lab.yaml:5: mapping.servers.west: east/2000 (production.yaml:11) and west/2000 (production.yaml:11) become one phone, east/2000; change the mapping, or leave one of them out',
  ],
  [
    'a mapping that gives two phones one login, and two phone aliases one id',
    'mapping: { phone_login: { replace: "^5500.", with: "x1" }, alias_id: { replace: "^(desks|east)$", with: one } }\n',
    'lab.yaml:5: mapping.alias_id: alias:east (production.yaml:14) gets the id of phone alias one (production.yaml:13)',
    'lab.yaml:5: mapping.phone_login: east/55000 (production.yaml:8) and east/55001 (production.yaml:9) get the same phone_login, "x1"; it must be unique across all servers (case-insensitive)',
  ],
  [
    'a mapping that makes a value too long',
    'mapping: { phone_login: "{phone_login}-of-the-lab" }\n',
    /^lab\.yaml:5: mapping\.phone_login: phone_login has 16 characters; .* It is east\/55000, made of east\/55000 \(production\.yaml:8\)\.$/u,
  ],
  [
    'a mapping that cannot be applied',
    'mapping: { admin_user_group: { add: 1 }, extension: { add: -60000 }, email: "{emial}", phone_login: "{template_id}", servers: { noth: east, east: lab } }\n',
    'lab.yaml:5: mapping.servers.noth: production has no server "noth"; servers: east, west',
    'lab.yaml:5: mapping.servers.east: this file has no server "lab"; servers: east, west',
    'lab.yaml:5: mapping.extension: east/55000 (production.yaml:8): "55000" with -60000 added is negative',
    'lab.yaml:5: mapping.email: east/55000 (production.yaml:8): unknown placeholder {emial}; a mapping knows the fields that the phone or phone alias has',
    'lab.yaml:5: mapping.phone_login: east/55000 (production.yaml:8): unknown placeholder {template_id}; a mapping knows the fields that the phone or phone alias has',
    'lab.yaml:5: mapping.admin_user_group: east/55000 (production.yaml:8): "SALES" is no number, so nothing can be added',
  ],
  [
    'fields of the other kind of object in an exception',
    'exceptions: { east/55000: { alias_name: x, phone_logins: ["1"] }, "alias:desks": { protocol: SIP } }\n',
    'lab.yaml:5: exceptions.east/55000.alias_name: east/55000 is a phone, which has no alias_name',
    'lab.yaml:5: exceptions.east/55000.phone_logins: east/55000 is a phone, which has no phone_logins',
    'lab.yaml:5: exceptions.alias:desks.protocol: alias:desks is a phone alias, which has no protocol',
  ],
  [
    'logins to remove that an alias does not have',
    'aliases: [{ alias_id: east, phone_logins: { add: ["99"], remove: ["56000", "5500"] } }]\n',
    'lab.yaml:5: aliases.0.phone_logins.remove.0: alias:east has no phone login "56000"; did you mean "55000"?',
    'lab.yaml:5: aliases.0.phone_logins.remove.1: alias:east has no phone login "5500"; did you mean "55000"?',
    'lab.yaml:5: aliases.0.phone_logins.add.0: no phone of this file has the phone_login "99"',
  ],
];

describe('a derived environment', () => {
  test.each(invalid)('with %s is an error', (_what, text, ...expected) => {
    expect(errors(other + servers + text)).toEqual(
      expected.map((error): unknown => (typeof error === 'string' ? error : expect.stringMatching(error))),
    );
  });

  test('shows the errors of its base', () => {
    expect(errors(other + servers, production.replace('protocol: SIP', 'protocl: SIP'))).toEqual([
      'production.yaml:6: defaults.protocl: unknown key; did you mean protocol?',
    ]);
  });

  test('whose base does not exist, or leads back to itself, is an error', () => {
    expect(errors('version: 1\nextends: prodction\n')).toEqual([
      'lab.yaml:2: extends: unknown environment "prodction"; did you mean production?',
    ]);
    expect(errors('version: 1\nextends: production\n', 'version: 1\nextends: lab\n')).toEqual([
      'production.yaml:2: extends: leads back to lab: lab extends production extends lab',
    ]);
    expect(errors('version: 1\nextends: lab\n')).toEqual(['lab.yaml:2: extends: leads back to lab: lab extends lab']);
  });
});
