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

describe('the failure catalogue', () => {
  test('has each code in exactly one group', () => {
    expect(
      Object.values(groups)
        .flatMap((group) => Object.keys(group))
        .sort(),
    ).toEqual(codes);
  });

  test('is documented completely: the docs have its codes and groups and no others', () => {
    expect([...docs.matchAll(/^### (\S+)$/gmu)].map(([, code]) => code).sort()).toEqual(codes);
    expect([...docs.matchAll(/^## (.+)$/gmu)].map(([, title]) => title)).toEqual(Object.keys(groups));
  });

  test('has only codes that the sources use', () => {
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('failure-catalogue.ts'))
      .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
      .join('\n');
    expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });

  test('has a title, a cause and a remedy for each code, in sentences', () => {
    const malformed = Object.entries(entries).flatMap(([code, { summary, cause, remedy }]) => [
      ...(/^[A-Z0-9"-].*[^.]$/u.test(summary) ? [] : [`${code}: ${summary}`]),
      ...[cause, remedy].filter((sentences) => !/^["A-Z0-9-].*\.$/u.test(sentences)).map((text) => `${code}: ${text}`),
    ]);
    expect(malformed).toEqual([]);
  });

  test('marks the warnings, in the docs too', () => {
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

  test('has the details, the cause, the remedy and its code', () => {
    const detail = ['It is there.', cause, remedy, 'Code: phone-exists'].join('\n\n');
    expect(failure('phone-exists', { what: 'It is there.', field: 'extension' })).toMatchObject({
      code: 'phone-exists',
      summary,
      field: 'extension',
      detail,
    });
  });

  test('may have a remedy of its own, and need not be about a field', () => {
    const made = failure('phone-exists', { what: 'It is there.', remedy: 'Leave it.' });
    expect(made.detail).toContain('Leave it.\n\nCode');
    expect(made).not.toHaveProperty('field');
  });

  test('that is thrown has all of it in its message', () => {
    const error = fail('phone-exists', { what: 'It is there.' });
    expect(error).toBeInstanceOf(PhonestateError);
    for (const text of [summary, 'It is there.', cause, remedy]) expect(error.message).toContain(text);
  });
});
