/** Checks that need the whole environment file: values of merged defaults, duplicates, references. */
import type { FieldValue, ObjectType } from '../src/model/field-definition';
import { equalIdentities } from '../src/model/identity';
import { phoneAliasType } from '../src/model/phone-alias-fields';
import { phoneType } from '../src/model/phone-fields';
import { validateValue } from '../src/model/validate';
import { phoneByLogin, type DeclaredPhone } from './declared-phone';
import type { EnvironmentFile, FileValue } from './environment-file';

/** An error and where it is in the file. */
export interface EnvironmentError {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Finds all errors of a file.
 *
 * @param phones the file's phones with their defaults, in the same order
 */
export function findErrors(file: EnvironmentFile, phones: readonly DeclaredPhone[]): EnvironmentError[] {
  const errors = [
    ...Object.entries(file.servers).flatMap(([name, ip]) => at(['servers', name], invalidValue('server_ip', ip))),
    ...phones.flatMap((phone, index) => [
      ...unknownServer(file, index),
      ...invalidFields(file, phone, index),
      ...duplicatePhone(phones.slice(0, index), phone, index),
    ]),
    ...file.aliases.flatMap((alias, index) => [
      ...duplicatePhoneAlias(file.aliases.slice(0, index), alias, index),
      ...invalidPhoneAlias(alias, index),
      ...invalidPhoneLogins(phones, alias, index),
    ]),
  ];
  // An invalid default is found once for each phone that has it.
  return [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()];
}

function at(path: readonly PropertyKey[], message: string | undefined): EnvironmentError[] {
  return message === undefined ? [] : [{ path, message }];
}

/** The first line of the failure of a value; the rest are remedies that do not fit a line of a list. */
function invalidValue(name: string, value: FieldValue, type: ObjectType = phoneType): string | undefined {
  const [failure] = validateValue(type, name, value, 'either', { nonLatin: true });
  return failure?.detail.split('\n')[0];
}

function unknownServer({ servers, phones }: EnvironmentFile, index: number): EnvironmentError[] {
  const server = phones[index]?.server ?? '';
  if (Object.hasOwn(servers, server)) return [];
  const message = `unknown server "${server}"; servers of this file: ${Object.keys(servers).join(', ')}`;
  return at(['phones', index, 'server'], message);
}

function invalidFields(file: EnvironmentFile, phone: DeclaredPhone, index: number): EnvironmentError[] {
  const own = file.phones[index] ?? {};
  const fields = Object.entries<FileValue | undefined>({ extension: phone.extension, ...phone.values });
  return fields.flatMap(([name, value]) => {
    // A variable is checked by the plan; a boolean is no field, and checked by the schema.
    if (value === undefined || typeof value === 'object' || typeof value === 'boolean') return [];
    return at(name in own ? ['phones', index, name] : ['defaults', name], invalidValue(name, value));
  });
}

function duplicatePhone(earlier: readonly DeclaredPhone[], phone: DeclaredPhone, index: number): EnvironmentError[] {
  const sameKey = earlier.find(
    (other) => equalIdentities(other.server_ip, phone.server_ip) && equalIdentities(other.extension, phone.extension),
  );
  const login = phone.values.phone_login;
  const sameLogin = typeof login === 'string' ? phoneByLogin(earlier, login) : undefined;
  return [
    ...at(
      ['phones', index, 'extension'],
      sameKey && `this server already has phone ${sameKey.extension} in this file; remove one of them`,
    ),
    ...at(
      ['phones', index, 'phone_login'],
      sameLogin &&
        `phone ${sameLogin.extension} has the same phone_login; it must be unique across all servers (case-insensitive)`,
    ),
  ];
}

type DeclaredAlias = EnvironmentFile['aliases'][number];

function duplicatePhoneAlias(
  earlier: readonly DeclaredAlias[],
  alias: DeclaredAlias,
  index: number,
): EnvironmentError[] {
  const same = earlier.find(({ alias_id }) => equalIdentities(alias_id, alias.alias_id));
  return at(
    ['aliases', index, 'alias_id'],
    same && `this file already has phone alias ${same.alias_id} (case-insensitive); remove one of them`,
  );
}

function invalidPhoneAlias(alias: DeclaredAlias, index: number): EnvironmentError[] {
  return Object.entries(alias).flatMap(([name, value]) =>
    at(['aliases', index, name], invalidValue(name, value, phoneAliasType)),
  );
}

function invalidPhoneLogins(phones: readonly DeclaredPhone[], alias: DeclaredAlias, index: number): EnvironmentError[] {
  const path = ['aliases', index, 'phone_logins'];
  const listed = alias.phone_logins.map((login) => ({ login, phone: phoneByLogin(phones, login) }));
  const missing = listed.find(({ phone }) => !phone);
  const passwords = new Set(listed.flatMap(({ phone }) => (phone ? [JSON.stringify(phone.values.phone_pass)] : [])));
  return [
    ...at(path, missing && `no phone of this file has the phone_login "${missing.login}"`),
    ...at(
      path,
      passwords.size > 1
        ? 'its phones take phone_pass from different variables; an agent logs in to any of them with one password: use one variable'
        : undefined,
    ),
  ];
}
