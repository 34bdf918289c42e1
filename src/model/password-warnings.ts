/** Warnings about passwords that VICIdial accepts and that are easy to guess. None shows the password. */
import { failure, type Failure } from './failures';
import { stringValue, type FieldValues } from './field-definition';
import { equalIdentities } from './identity';
import { Secret } from './secret';

const passwordFields = ['registration_password', 'phone_pass'];

/** What VICIdial gives a new phone on its admin pages, in both fields. */
const defaultPassword = 'test';

/** Passwords that are tried first, also with digits behind them. Those of VICIdial and of its distributions are among them. */
// prettier-ignore
const knownWords: ReadonlySet<string> = new Set([
  'abc', 'admin', 'administrator', 'agent', 'asdf', 'asterisk', 'callcenter', 'changeme', 'default', 'demo', 'dragon',
  'extension', 'football', 'goautodial', 'guest', 'hello', 'iloveyou', 'letmein', 'login', 'manager', 'master', 'monkey',
  'pass', 'passw0rd', 'password', 'phone', 'qwerty', 'qwertyuiop', 'root', 'secret', 'sip', 'super', 'superuser', 'temp',
  'test', 'tester', 'testing', 'user', 'vicibox', 'vicidial', 'voip', 'welcome',
]);

/** One character again and again, or digits in a row. */
const repeated = /^(.)\1*$/u;
const digitRows = ['01234567890123456789', '98765432109876543210'];

const minLength = 4;

/** At most one warning for each password. */
export function passwordWarnings(values: FieldValues): Failure[] {
  return passwordFields.flatMap((field) => {
    const password = values[field];
    const word = password instanceof Secret ? password.open() : '';
    const warning = word === '' ? undefined : passwordWarning(field, word, values);
    return warning ? [warning] : [];
  });
}

function passwordWarning(field: string, word: string, values: FieldValues): Failure | undefined {
  if (word === defaultPassword) {
    return failure('password-default', { field, what: `${field} is VICIdial's default password.` });
  }
  const equal = ['extension', 'phone_login'].find((name) => {
    const value = stringValue(values, name);
    return value !== '' && equalIdentities(value, word);
  });
  if (equal !== undefined) return failure('password-is-extension', { field, what: `${field} equals ${equal}.` });
  if ([...word].length < minLength) {
    return failure('password-short', { field, what: `${field} has fewer than ${minLength} characters.` });
  }
  if (!isKnownPassword(word)) return undefined;
  return failure('password-known', { field, what: `${field} is one of the passwords that are tried first.` });
}

/** Whether a password is among those that are tried first, case-insensitively. */
function isKnownPassword(password: string): boolean {
  const word = password.toLowerCase();
  const base = word.replace(/[-_]?\d{1,4}$/u, '');
  return (
    knownWords.has(word) || knownWords.has(base) || repeated.test(word) || digitRows.some((row) => row.includes(word))
  );
}
