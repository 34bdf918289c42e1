import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveEnvironment } from '../../src';
import { phoneKey } from '../../src/environment/environment';
import { readFrom } from './environment-of';

const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'guides', 'environments.md'), 'utf8');

/** The files of the guide: a comment at the top of each has its name. */
const files = Object.fromEntries(
  [...guide.matchAll(/```yaml\n((?:#[^\n]*\n)*?# (\S+\.yaml)\n[^]*?)```/gu)].map(([, text = '', name = '']) => [
    name,
    text,
  ]),
);

describe('the guide of environment files', () => {
  test.each(Object.keys(files))('has the valid file %s', (name) => {
    expect(readFrom(files, name).warnings).toEqual([]);
  });

  test('has files that declare what it describes', () => {
    const production = readFrom(files, 'production.yaml');
    expect(production.phones).toHaveLength(1 + 50 + 2 * 151);
    expect(production.aliases).toHaveLength(1 + 151);
    const ranges = readFrom(files, 'ranges.yaml').phones.map(({ extension }) => extension);
    expect(ranges).toHaveLength(51);
    const seats = readFrom(files, 'seats.yaml');
    expect(seats.phones.slice(-2).map(({ values }) => values.phone_login)).toEqual(['3000-east', '3000-lab']);
    const lab = readFrom(files, 'lab.yaml');
    expect(lab.phones.map(phoneKey)).toEqual(expect.arrayContaining(['lab/95000', 'lab/42000', 'lab/99000']));
    expect(lab.aliases.find(({ alias_id }) => alias_id === 'deskss')?.phone_logins?.map(({ login }) => login)).toEqual([
      '55000s',
      '55100s',
      '99000',
    ]);
    expect(Object.keys(files)).toEqual(['production.yaml', 'ranges.yaml', 'seats.yaml', 'lab.yaml', 'moved.yaml']);
  });

  test('has the same clone in a program', () => {
    const derived = deriveEnvironment(readFrom(files, 'production.yaml'), {
      provider: { url: 'https://lab.example.com/vicidial/non_agent_api.php' },
      servers: { lab: '10.9.0.11' },
      only: { server: 'east' },
      mapping: { servers: { east: 'lab' }, extension: { add: 40000 } },
      defaults: { phone_pass: { variable: 'lab_pass' }, registration_password: { variable: 'lab_registration' } },
    });
    expect(derived.phones).toHaveLength(1 + 50 + 151);
    expect(guide).toContain("mapping: { servers: { east: 'lab' }, extension: { add: 40000 } }");
  });
});
