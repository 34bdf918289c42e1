/** A phone of an environment, with its defaults. */
import { equalIdentities } from '../src/model/identity';
import type { PhoneFieldName } from '../src/model/phone-fields';
import type { EnvironmentFile, FileValue } from './environment-file';

export interface DeclaredPhone {
  readonly server_ip: string;
  readonly extension: string;
  readonly values: Readonly<Partial<Record<PhoneFieldName | 'deletion_protection', FileValue>>>;
}

/** Placeholder for the phone's own extension in any string, defaults included. */
const extensionPlaceholder = '{extension}';

/** Resolves the server's name, adds the defaults and replaces the placeholder. */
export function declarePhone(
  { servers, defaults }: Pick<EnvironmentFile, 'servers' | 'defaults'>,
  { server, extension, ...own }: EnvironmentFile['phones'][number],
): DeclaredPhone {
  const values = Object.entries<FileValue | undefined>({ ...defaults, ...own }).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replaceAll(extensionPlaceholder, extension) : value,
  ]);
  return {
    // Only the file's own names count, not those of Object.prototype such as toString.
    server_ip: (Object.hasOwn(servers, server) ? servers[server] : undefined) ?? '',
    extension,
    // The schema of the file has these fields only.
    values: Object.fromEntries(values) as DeclaredPhone['values'],
  };
}

/** The phone that has a `phone_login`, compared case-insensitively. */
export function phoneByLogin(phones: readonly DeclaredPhone[], login: string): DeclaredPhone | undefined {
  return phones.find(
    ({ values: { phone_login } }) => typeof phone_login === 'string' && equalIdentities(phone_login, login),
  );
}
