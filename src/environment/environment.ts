/** An environment: the phones and phone aliases of one VICIdial, as a file and its bases declare them together. */
import { oncePer } from '../once-per';
import { identityKey } from '../model/identity';
import type { PhoneFieldName } from '../model/phone-fields';
import type { PhoneValueName } from './entry-schema';
import type { EnvironmentFile } from './environment-file';
import type { SettingValue } from './provider-schema';
import type { Problem } from './problems';
import type { FileValue } from './value-schema';

/** Which part of a file a value comes from. */
export type OriginKind =
  'base' | 'default' | 'phone' | 'range' | 'csv' | 'seat' | 'alias' | 'mapping' | 'exception' | 'addition';

/** Where a value comes from. */
export interface Origin {
  readonly kind: OriginKind;
  readonly file: string;
  /** Undefined where a program gave the value. */
  readonly line?: number | undefined;
  /** The place in the file, such as `phones.0.protocol`. */
  readonly field: string;
}

/** A server, by a name of the file's own. */
export interface EnvironmentServer {
  /** The `server_ip`. Only an abstract environment may leave it out. */
  readonly ip?: string | undefined;
  /** The `server_ip` that the phones had before VICIdial moved them. */
  readonly was?: string | undefined;
  /** What the phone logins of seats have after the extension. */
  readonly suffix?: string | undefined;
}

export interface EnvironmentPhone {
  /** The name of the server in the file. */
  readonly server: string;
  /** Empty where an abstract environment has no address of the server. */
  readonly server_ip: string;
  readonly extension: string;
  /** The managed values. */
  readonly values: Readonly<Partial<Record<PhoneValueName, FileValue>>>;
  /** Where each value comes from, the key included. A name without a value was set to `~`: it is not managed. */
  readonly origins: Readonly<Partial<Record<PhoneFieldName | PhoneValueName | 'server', Origin>>>;
  /** The entry of the file that declares the phone; of a base, where it is inherited. */
  readonly declared: Origin;
  /** The key in the base, where the phone is inherited: `east/55000`. */
  readonly baseKey?: string | undefined;
}

/** A phone login of a phone alias. */
export interface EnvironmentLogin {
  readonly login: string;
  /** The phone of this environment that has the login. */
  readonly phone?: EnvironmentPhone | undefined;
  /** The environment whose phone has the login, where that is another one of the same system. */
  readonly environment?: string | undefined;
}

export interface EnvironmentAlias {
  readonly alias_id: string;
  /** Undefined where it is not managed. */
  readonly alias_name?: string | undefined;
  readonly phone_logins?: readonly EnvironmentLogin[] | undefined;
  readonly protect?: boolean | undefined;
  readonly origins: Readonly<Partial<Record<'alias_id' | 'alias_name' | 'phone_logins' | 'protect', Origin>>>;
  readonly declared: Origin;
  readonly baseKey?: string | undefined;
}

/** An environment that another one is derived from. */
export interface EnvironmentBase {
  readonly name: string;
  readonly file: string;
  /** The Git ref that the file names. */
  readonly ref?: string | undefined;
  readonly commit?: string | undefined;
  readonly environment: Environment;
}

/** Values that additions of a derived environment have by default. */
export interface InheritedDefaults {
  readonly values: Readonly<Partial<Record<PhoneValueName, FileValue>>>;
  readonly origins: Readonly<Partial<Record<PhoneValueName, Origin>>>;
}

export interface Environment extends Pick<
  EnvironmentFile,
  'backend' | 'moved' | 'removed' | 'imports' | 'limits' | 'ignore'
> {
  readonly name: string;
  readonly file: string;
  /** A base of others, which is deployed nowhere itself. */
  readonly abstract: boolean;
  /** The environments that it is derived from, the nearest first. */
  readonly bases: readonly EnvironmentBase[];
  /** Settings of the provider by name; those that are left out come from the environment of the run. */
  readonly provider: Readonly<Record<string, SettingValue>>;
  readonly servers: Readonly<Record<string, EnvironmentServer>>;
  readonly phones: readonly EnvironmentPhone[];
  readonly aliases: readonly EnvironmentAlias[];
  readonly defaults: InheritedDefaults;
  readonly serverDefaults: Readonly<Record<string, InheritedDefaults>>;
  /** The version whose addresses are in state, where they are to be moved. */
  readonly movedFrom?: '0.1' | undefined;
  /** What the file did not inherit, and has not set itself: `backend`, `provider.password`. */
  readonly notInherited: readonly string[];
  readonly warnings: readonly Problem[];
}

/** The key of a phone in messages and in exceptions: `east/55000`. */
export function phoneKey({ server, extension }: Pick<EnvironmentPhone, 'server' | 'extension'>): string {
  return `${server}/${extension}`;
}

/** The key of a phone alias in messages and in exceptions: `alias:desks`. */
export function aliasKey({ alias_id }: Pick<EnvironmentAlias, 'alias_id'>): string {
  return `alias:${alias_id}`;
}

/** The phone login; undefined where it is not managed. */
export function phoneLogin({ values: { phone_login: login } }: Pick<EnvironmentPhone, 'values'>): string | undefined {
  return typeof login === 'string' ? login : undefined;
}

/** The phones by the identity of their login, found once for each list: any number of phone aliases may refer to them. */
export const phonesByLogin = oncePer(
  (phones: readonly EnvironmentPhone[]): ReadonlyMap<string, EnvironmentPhone> =>
    new Map(
      phones.flatMap((phone) => {
        const login = phoneLogin(phone);
        return login === undefined ? [] : [[identityKey(login), phone] as const];
      }),
    ),
);
