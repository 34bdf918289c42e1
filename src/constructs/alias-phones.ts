/** Finds phone aliases that cannot work over the phones of their stack. */
import { failure, type Failure } from '../model/failures';
import { identityKey } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { writeOnlyArguments } from '../model/write-only-fields';
import type { StackWarning } from './stack-warning';
import type { SynthesizedObject } from './synthesized-objects';
import { isUnresolved } from './unresolved';

const { loginField, passwordField } = phoneType;
const passwordNames = writeOnlyArguments(phoneType).flatMap(({ field, value }) =>
  field === passwordField ? [field, value] : [],
);

/** A phone that an alias lists, and the login that it is listed by. */
interface ListedPhone {
  readonly path: string;
  readonly password: unknown;
}

export function findAliasProblems(objects: readonly SynthesizedObject[]): StackWarning[] {
  const phones = new Map<string, SystemPhones>();
  for (const phone of objects.filter(({ table }) => table.resourceType === phoneType.resourceType)) {
    const known = phones.get(phone.provider) ?? new SystemPhones();
    phones.set(phone.provider, known);
    known.add(phone);
  }
  const aliases = objects.filter(
    ({ table, isSingle }) => table.resourceType === phoneAliasType.resourceType && isSingle,
  );
  return aliases.flatMap((alias) =>
    aliasProblems(alias, phones.get(alias.provider) ?? new SystemPhones()).map((each) => ({
      object: alias,
      prop: 'phoneLogins',
      failure: each,
    })),
  );
}

/** The phones of one provider configuration. */
class SystemPhones {
  readonly #byLogin = new Map<string, SynthesizedObject>();
  readonly #byReference = new Map<string, SynthesizedObject>();
  #hasLiteral = false;
  #hasUnknown = false;

  add(phone: SynthesizedObject): void {
    const { isSingle, loginReference, values } = phone;
    const login = values[loginField];
    if (!isSingle || isUnresolved(login)) this.#hasUnknown = true;
    else if (login !== undefined) this.#hasLiteral = true;
    if (!isSingle) return;
    this.#byReference.set(loginReference, phone);
    const key = typeof login === 'string' ? identityKey(login) : undefined;
    if (key !== undefined && !this.#byLogin.has(key)) this.#byLogin.set(key, phone);
  }

  /** The phone that a login is of: the one whose attribute is referred to, or the first with this literal. */
  find(login: unknown): SynthesizedObject | undefined {
    if (typeof login !== 'string') return undefined;
    return this.#byReference.get(login) ?? this.#byLogin.get(identityKey(login));
  }

  /** Whether the stack shows the logins of its phones: some are literals, and none is known only to Terraform. */
  get areLoginsKnown(): boolean {
    return this.#hasLiteral && !this.#hasUnknown;
  }
}

function aliasProblems(alias: SynthesizedObject, phones: SystemPhones): readonly Failure[] {
  const { phone_logins: logins } = alias.values;
  if (!Array.isArray(logins)) return [];
  const listed = logins.map((login: unknown) => ({ login, phone: phones.find(login) }));
  const found = listed.flatMap(({ phone }) => (phone ? [{ path: phone.path, password: passwordOf(phone) }] : []));
  const missing = listed.find(({ login, phone }) => !phone && !isUnresolved(login));
  return [
    ...differentPasswords(alias, found),
    ...(missing && phones.areLoginsKnown ? [loginWithoutPhone(alias, String(missing.login))] : []),
  ];
}

/** The password as it is declared, by itself or as the value of a write-only argument. */
function passwordOf({ values }: SynthesizedObject): unknown {
  return passwordNames.map((name) => values[name]).find((value) => value !== undefined);
}

/** Two expressions that differ may have one value, which the plan shows. */
function differentPasswords({ path }: SynthesizedObject, phones: readonly ListedPhone[]): readonly Failure[] {
  const [first, ...others] = phones.filter(({ password }) => password !== undefined);
  const other = others.find(({ password }) => password !== first?.password);
  if (!first || !other) return [];
  const areLiterals = ![first, other].some(({ password }) => isUnresolved(password));
  const differs = areLiterals ? 'have different values of phonePass' : 'take phonePass from different expressions';
  const what = `${first.path} and ${other.path}, which ${path} lists, ${differs}.`;
  return [failure('alias-passwords-differ', { what })];
}

function loginWithoutPhone({ path }: SynthesizedObject, login: string): Failure {
  const what = `${path} lists the login "${login}", which no phone of this stack has. It may be declared elsewhere; then nothing has to be done.`;
  return failure('alias-login-without-phone', { what });
}
