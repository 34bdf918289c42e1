import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { truncationWarnings } from '../../src/model/validate-build';
import { catalogue, groups, type CatalogueEntry } from '../../src/model/failure-catalogue';
import { passwordWarnings } from '../../src/model/password-warnings';
import { fail, failure, PhonestateError } from '../../src/model/failures';
import { phoneType } from '../../src/model/phone-fields';
import { Secret } from '../../src/model/secret';

const root = join(__dirname, '..', '..');
const entries: Readonly<Record<string, CatalogueEntry>> = catalogue;
const codes = Object.keys(entries).sort();
const docs = readFileSync(join(root, 'docs', 'failures.md'), 'utf8');

describe('the catalogue', () => {
  test('has each code in one group', () => {
    expect(
      Object.values(groups)
        .flatMap((group) => Object.keys(group))
        .sort(),
    ).toEqual(codes);
  });

  test('has its codes and groups in the docs, and the docs hold no other', () => {
    expect([...docs.matchAll(/^### (\S+)$/gmu)].map(([, code]) => code).sort()).toEqual(codes);
    expect([...docs.matchAll(/^## (.+)$/gmu)].map(([, title]) => title)).toEqual(Object.keys(groups));
  });

  test.each(codes)('has %s used in the sources', (code) => {
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('catalogue.ts'))
      .map((file) => readFileSync(join(root, 'src', file), 'utf8'));
    expect(sources.some((source) => source.includes(`'${code}'`))).toBe(true);
  });

  test.each(codes)('says of %s what happened, why and what to do, in sentences', (code) => {
    const entry = entries[code];
    expect(entry?.summary).toMatch(/^[A-Z0-9"-].*[^.]$/u);
    for (const text of [entry?.cause, entry?.remedy]) expect(text).toMatch(/^["A-Z0-9-].*\.$/u);
  });

  test('tells warnings from failures, in the docs too', () => {
    const word = new Secret('elevenchars');
    const warned = [
      ...passwordWarnings({
        extension: '55000',
        registration_password: new Secret('test'),
        phone_pass: new Secret('55000'),
      }),
      ...truncationWarnings(phoneType, { phone_pass: word }, '180301-1021'),
    ].map(({ code }) => code);
    expect(warned.sort()).toEqual(['password-default', 'password-is-extension', 'password-may-be-truncated']);
    for (const code of warned) expect(entries[code]?.severity).toBe('warning');
    expect([...docs.matchAll(/^### (\S+)\n\n.*\*A warning\.\*/gmu)].map(([, code]) => code).sort()).toEqual(
      codes.filter((code) => entries[code]?.severity === 'warning'),
    );
  });
});

describe('a failure', () => {
  const { summary, cause, remedy } = catalogue['phone-exists'];

  test('tells the particular, the cause, the remedy and its code', () => {
    const detail = ['It is there.', cause, remedy, 'Code: phone-exists'].join('\n\n');
    expect(failure('phone-exists', { what: 'It is there.', field: 'extension' })).toMatchObject({
      code: 'phone-exists',
      summary,
      field: 'extension',
      detail,
    });
  });

  test('may know a better remedy, and need not be about a field', () => {
    const made = failure('phone-exists', { what: 'It is there.', remedy: 'Leave it.' });
    expect(made.detail).toContain('Leave it.\n\nCode');
    expect(made).not.toHaveProperty('field');
  });

  test('that is thrown says in its message all that it knows', () => {
    const error = fail('phone-exists', { what: 'It is there.' });
    expect(error).toBeInstanceOf(PhonestateError);
    for (const text of [summary, 'It is there.', cause, remedy]) expect(error.message).toContain(text);
  });
});
