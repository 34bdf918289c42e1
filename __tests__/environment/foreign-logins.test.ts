import { EnvironmentReader } from '../../src/environment/read-environment';
import { errorsOf, memorySource, readFrom } from './environment-of';

const url = 'provider: { url: "https://vicidial.example.com/vicidial/non_agent_api.php" }\n';
const west = `version: 1\n${url}servers: { west: 10.0.0.12 }\nphones: [{ server: west, extension: "56000", phone_login: "56000" }]\n`;
const east = (logins: string) =>
  `version: 1\n${url}servers: { east: 10.0.0.11 }\nphones: [{ server: east, extension: "55000", phone_login: "55000" }]\naliases: [{ alias_id: desks, alias_name: Desks, phone_logins: [${logins}] }]\n`;
const foreign = '{ environment: west, phone_login: "56000" }';

describe('a phone alias over phones of several files', () => {
  test('has their logins as literals', () => {
    const { aliases } = readFrom({ 'lab.yaml': east(`"55000", ${foreign}`), 'west.yaml': west });
    expect(aliases[0]?.phone_logins).toMatchObject([{ login: '55000' }, { login: '56000', environment: 'west' }]);
    expect(aliases[0]?.phone_logins?.[1]).not.toHaveProperty('phone');
  });

  test('may be in both files, each of which lists a phone of the other', () => {
    const back = `${west}aliases: [{ alias_id: west, alias_name: West, phone_logins: [{ environment: lab, phone_login: "55000" }] }]\n`;
    expect(errorsOf({ 'lab.yaml': east(foreign), 'west.yaml': back })).toEqual([]);
    const wrong = back.replace('"55000"', '"55009"');
    expect(errorsOf({ 'lab.yaml': east(foreign), 'west.yaml': wrong })).toEqual([]);
    expect(errorsOf({ 'lab.yaml': east(foreign), 'west.yaml': wrong }, 'west.yaml')).toEqual([
      'west.yaml:5: aliases.0.phone_logins.0: no phone of environment lab has the phone_login "55009"',
    ]);
  });

  test.each([
    [
      'a login that the other file does not have',
      '{ environment: west, phone_login: "56001" }',
      west,
      'lab.yaml:5: aliases.0.phone_logins.0: no phone of environment west has the phone_login "56001"',
    ],
    [
      'an environment of another system',
      foreign,
      west.replace('vicidial.example', 'lab.example'),
      'lab.yaml:5: aliases.0.phone_logins.0: environment west is of another system (its provider.url differs)',
    ],
    [
      'an environment that does not exist',
      '{ environment: wset, phone_login: "56000" }',
      west,
      'lab.yaml:5: aliases.0.phone_logins.0.environment: unknown environment "wset"; did you mean west?',
    ],
    [
      'an environment with errors',
      foreign,
      `${west}phone: []\n`,
      'lab.yaml:5: aliases.0.phone_logins.0.environment: environment west has errors',
    ],
    [
      'its own environment',
      '{ environment: lab, phone_login: "55000" }',
      west,
      'lab.yaml:5: aliases.0.phone_logins.0: is this environment; write "55000"',
    ],
    [
      'a login of another file without its name',
      '"56000"',
      west,
      'lab.yaml:5: aliases.0.phone_logins.0: no phone of this file has the phone_login "56000"; environment west has it: write { environment: west, phone_login: "56000" }',
    ],
  ])('with %s is an error', (_what, logins, other, error) => {
    expect(errorsOf({ 'lab.yaml': east(logins), 'west.yaml': other })).toEqual([error]);
  });

  test('lists the files once, however many logins it has: at a commit, each list is a process', () => {
    const source = memorySource({
      'lab.yaml': east(Array.from({ length: 5 }, () => foreign).join()),
      'west.yaml': west,
    });
    const list = jest.fn(() => source.list());
    new EnvironmentReader({ ...source, list }).readFile('lab.yaml');
    // That of the file, and that of the phones of other files.
    expect(list.mock.calls.length).toBeLessThanOrEqual(2);
  });

  test('follows to a derived environment of the same system, and not to another one', () => {
    const files = { 'east.yaml': east(foreign), 'west.yaml': west };
    const same =
      'version: 1\nextends: east\nmapping: { extension: { add: 1 }, phone_login: "{phone_login}s", alias_id: "{alias_id}s" }\n';
    expect(readFrom({ ...files, 'lab.yaml': same }).aliases[0]?.phone_logins).toEqual([
      { login: '56000', environment: 'west' },
    ]);
    const other = `version: 1\nextends: east\nprovider: { url: "https://lab.example.com/vicidial/non_agent_api.php" }\nservers: { east: 10.9.0.11 }\n`;
    expect(errorsOf({ ...files, 'lab.yaml': other })).toEqual([
      'lab.yaml:2: extends: alias:desks of the base lists the login 56000 of environment west, which is not of this system; leave the alias out with without, or write its phone_logins under aliases',
    ]);
    expect(errorsOf({ ...files, 'lab.yaml': `${other}without: { alias_id: desks }\n` })).toEqual([]);
  });
});
