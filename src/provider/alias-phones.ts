/**
 * The phones of the phone aliases of a plan: whether each login has a phone, and whether the phones have one password.
 * What is planned is compared with what is planned, and what is stored with what is stored, so that the answer does not
 * depend on the order in which objects are planned.
 */
import { failure, type Failure } from '../model/failures';
import { stringValue, type FieldValues } from '../model/field-definition';
import { identityKey } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { Secret } from '../model/secret';

/** A phone with one of the logins of an alias, as it is stored. */
export interface ListedPhone {
  readonly login: string;
  /** Undefined where no phone has the login. */
  readonly password?: Secret | undefined;
  readonly exists: boolean;
}

interface PlannedAlias {
  readonly id: string;
  readonly logins: readonly string[];
}

export class AliasPhones {
  readonly #aliases: PlannedAlias[] = [];
  readonly #passwords = new Map<string, Secret>();
  readonly #logins = new Set<string>();
  readonly #reported = new Set<PlannedAlias>();

  /** Notes a phone as it is planned. */
  planPhone(values: FieldValues): readonly Failure[] {
    const { phone_pass: password } = values;
    const login = identityKey(stringValue(values, 'phone_login'));
    if (login === '') return [];
    this.#logins.add(login);
    if (!(password instanceof Secret)) return [];
    this.#passwords.set(login, password);
    return this.#aliases
      .filter(({ logins }) => logins.some((each) => identityKey(each) === login))
      .flatMap((alias) => this.#comparePlanned(alias));
  }

  /**
   * Notes a phone alias as it is planned.
   *
   * @param listed the phones that have its logins on the server; undefined where that is not known
   */
  planAlias(values: FieldValues, listed: readonly ListedPhone[] | undefined): readonly Failure[] {
    const { phone_logins: logins } = values;
    const alias = { id: stringValue(values, 'alias_id'), logins: Array.isArray(logins) ? logins.map(String) : [] };
    this.#aliases.push(alias);
    const missing = listed?.find(({ login, exists }) => !exists && !this.#logins.has(identityKey(login)));
    return [
      ...(missing ? [loginWithoutPhone(alias, missing.login)] : []),
      ...this.#comparePlanned(alias),
      ...this.#compareStored(alias, listed ?? []),
    ];
  }

  #comparePlanned(alias: PlannedAlias): readonly Failure[] {
    const passwords = alias.logins.map((login) => ({ login, password: this.#passwords.get(identityKey(login)) }));
    return this.#compare(alias, passwords, 'are declared with');
  }

  #compareStored(alias: PlannedAlias, listed: readonly ListedPhone[]): readonly Failure[] {
    return this.#compare(alias, listed, 'have');
  }

  #compare(
    alias: PlannedAlias,
    phones: readonly Pick<ListedPhone, 'login' | 'password'>[],
    verb: string,
  ): readonly Failure[] {
    if (this.#reported.has(alias)) return [];
    const [first, ...others] = phones.filter(({ password }) => password !== undefined);
    const other = others.find(({ password }) => password && first?.password && !password.equals(first.password));
    if (!first || !other) return [];
    this.#reported.add(alias);
    const what = `The phones with the logins "${first.login}" and "${other.login}" of the phone alias ${alias.id} ${verb} different values of phone_pass.`;
    // The warning comes with the last of them, and is about the alias.
    return [
      failure('alias-passwords-differ', {
        what,
        field: 'phone_logins',
        objects: [`${phoneAliasType.resourceType} ${alias.id}`],
      }),
    ];
  }
}

function loginWithoutPhone({ id }: PlannedAlias, login: string): Failure {
  const what = `The phone alias ${id} lists the login "${login}", which no phone of the system has now.`;
  return failure('alias-login-without-phone', { what, field: 'phone_logins' });
}
