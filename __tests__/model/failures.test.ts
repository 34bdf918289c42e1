import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, groups, type CatalogueEntry } from '../../src/model/failure-catalogue';
import {
  failure,
  hasCondition,
  isOutcomeUnknown,
  isTransient,
  PhonestateError,
  type FailureCode,
} from '../../src/model/failures';
import { passwordWarnings } from '../../src/model/password-warnings';
import { phoneType } from '../../src/model/phone-fields';
import { Secret } from '../../src/model/secret';
import { truncationWarnings } from '../../src/model/validate-build';

const entries: Readonly<Record<string, CatalogueEntry>> = catalogue;
const codes = Object.keys(entries).sort() as FailureCode[];
const docs = readFileSync(join(__dirname, '..', '..', 'docs', 'guides', 'failures.md'), 'utf8');

describe('the catalogue', () => {
  test('has each code in one group', () => {
    const grouped = Object.values(groups).flatMap((group) => Object.keys(group));
    expect(grouped.sort()).toEqual(codes);
  });

  test('has its codes and groups in the docs, and the docs have no other', () => {
    expect([...docs.matchAll(/^### (\S+)$/gmu)].map(([, code]) => code).sort()).toEqual(codes);
    expect([...docs.matchAll(/^## (.+)$/gmu)].map(([, title]) => title)).toEqual(Object.keys(groups));
  });

  test('states cause and remedy of each code in sentences, and the summary as a title', () => {
    const wrong = codes.filter((code) => {
      const { summary, cause, remedy } = catalogue[code];
      const isTitle = /^[A-Z0-9"-].*[^.]$/u.test(summary);
      return !isTitle || ![cause, remedy].every((text) => /^["A-Z0-9-].*\.$/u.test(text));
    });
    expect(wrong).toEqual([]);
  });

  test('marks warnings as warnings, in the docs too', () => {
    const warnings = [
      ...passwordWarnings({
        extension: '55000',
        registration_password: new Secret('test'),
        phone_pass: new Secret('55000'),
      }),
      ...truncationWarnings(phoneType, { phone_pass: new Secret('elevenchars') }, '180301-1021'),
    ].map(({ code }) => code);
    expect(warnings.sort()).toEqual(['password-default', 'password-is-extension', 'password-may-be-truncated']);
    for (const code of warnings) expect(catalogue[code].severity).toBe('warning');
    expect([...docs.matchAll(/^### (\S+)\n\n.*\*A warning\.\*/gmu)].map(([, code]) => code).sort()).toEqual(
      codes.filter((code) => catalogue[code].severity === 'warning'),
    );
  });
});

describe('a failure', () => {
  const { summary, cause, remedy } = catalogue['phone-hidden'];

  test('has what happened, the cause, the remedy and its code', () => {
    const detail = ['It exists.', cause, remedy, 'Code: phone-hidden'].join('\n\n');
    const made = failure('phone-hidden', { what: 'It exists.', field: 'extension' });
    expect(made).toMatchObject({ code: 'phone-hidden', summary, field: 'extension', detail });
  });

  test('may have a better remedy, and need not be about a field', () => {
    const made = failure('phone-hidden', { what: 'It exists.', remedy: 'Leave it.' });
    expect(made.detail).toContain('Leave it.\n\nCode');
    expect(made).not.toHaveProperty('field');
  });

  test('that is thrown has its whole text as message', () => {
    const error = PhonestateError.of('phone-hidden', { what: 'It exists.' });
    for (const text of [summary, 'It exists.', cause, remedy]) expect(error.message).toContain(text);
  });

  test('that stops terraform destroy says how to destroy in spite of it', () => {
    const stops = codes.filter((code) => failure(code, { what: 'x', remedy: 'y' }).detail.includes('y If this stops'));
    expect(stops.sort()).toEqual(
      ['alias-exists', 'duplicate-in-plan', 'key-unknown', 'login-taken', 'phone-exists', 'stored-twice'].sort(),
    );
    expect(failure('stored-twice', { what: 'x' }).detail).toContain('-refresh=false');
  });

  test.each<[FailureCode, boolean, boolean]>([
    ['connection-lost', true, true],
    ['server-unreachable', true, false],
    ['server-failed', false, true],
    ['phone-exists', false, false],
  ])('%s is transient: %p, its outcome is unknown: %p', (code, transient, outcomeUnknown) => {
    const error = PhonestateError.of(code, { what: 'x' });
    expect([isTransient(error), isOutcomeUnknown(error)]).toEqual([transient, outcomeUnknown]);
  });

  test('is recognised by its condition, whatever the object', () => {
    const matching = codes.filter((code) => hasCondition(PhonestateError.of(code, { what: 'x' }), 'not-found'));
    expect(matching).toEqual(['alias-not-found', 'phone-not-found']);
    expect(hasCondition(new Error('x'), 'not-found')).toBe(false);
  });
});
