/** Secrets of exported phones: variables in the files, and their values only in a file of their own. */
import { phoneFields, type PhoneFieldName } from '../model/phone-fields';
import type { FieldDefinition } from '../model/field-definition';
import type { ExportedPhone, ExportedSystem } from './exported-system';

/** The fields that are secrets, which are the names of the variables too. */
export const secretFields: readonly PhoneFieldName[] =
  // Object.entries returns the keys of this very table, which its type does not express.
  (Object.entries(phoneFields) as [PhoneFieldName, FieldDefinition][])
    .filter(([, { secret }]) => secret)
    .map(([name]) => name);

/** The key of a phone in the map variables: names of the file only, so that it does not change with a server's address. */
export function secretKey({ server, extension }: Pick<ExportedPhone, 'server' | 'extension'>): string {
  return `${server.name}/${extension}`;
}

/** The key of a phone in the variables of an environment file: its login, where that is managed. */
export function loginKey({ values }: Pick<ExportedPhone, 'values'>): string | undefined {
  const { phone_login: login } = values;
  return typeof login === 'string' ? login : undefined;
}

/**
 * The values of the variables, as a file of `.tfvars.json`. They are in clear: the caller writes it with permissions for
 * its owner only.
 *
 * @param keyOf the key of a phone in the variables; undefined where it has none
 */
export function secretsFile({ servers }: ExportedSystem, keyOf: (phone: ExportedPhone) => string | undefined): string {
  const phones = servers.flatMap((server) => server.phones);
  const variables = secretFields.map((field): [string, Readonly<Record<string, string>>] => {
    const entries = phones.flatMap((phone): [string, string][] => {
      const [key, secret] = [keyOf(phone), phone.secrets[field]];
      return key !== undefined && secret ? [[key, secret.open()]] : [];
    });
    return [field, Object.fromEntries(entries)];
  });
  return `${JSON.stringify(Object.fromEntries(variables), null, 2)}\n`;
}
