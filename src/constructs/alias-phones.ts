/** Finds phone aliases that cannot work over the phones of their stack. */
import { failure, type Failure } from '../model/failures';
import { equalIdentities } from '../model/identity';
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
  const phones = objects.filter(({ table }) => table.resourceType === phoneType.resourceType);
  const aliases = objects.filter(
    ({ table, isSingle }) => table.resourceType === phoneAliasType.resourceType && isSingle,
  );
  return aliases.flatMap((alias) => {
    const own = phones.filter(({ provider }) => provider === alias.provider);
    return aliasProblems(alias, own).map((each) => ({ object: alias, prop: 'phoneLogins', failure: each }));
  });
}

function aliasProblems(alias: SynthesizedObject, phones: readonly SynthesizedObject[]): readonly Failure[] {
  const { phone_logins: logins } = alias.values;
  if (!Array.isArray(logins)) return [];
  const single = phones.filter(({ isSingle }) => isSingle);
  const listed = logins.map((login: unknown) => ({ login, phone: phoneOf(single, login) }));
  const found = listed.flatMap(({ phone }) => (phone ? [{ path: phone.path, password: passwordOf(phone) }] : []));
  const missing = listed.find(({ login, phone }) => !phone && !isUnresolved(login));
  return [
    ...differentPasswords(alias, found),
    ...(missing && areLoginsKnown(phones) ? [loginWithoutPhone(alias, String(missing.login))] : []),
  ];
}

/** The password as it is declared, by itself or as the value of a write-only argument. */
function passwordOf({ values }: SynthesizedObject): unknown {
  return passwordNames.map((name) => values[name]).find((value) => value !== undefined);
}

/** The phone that a login is of: one with this literal, or the one whose attribute is referred to. */
function phoneOf(phones: readonly SynthesizedObject[], login: unknown): SynthesizedObject | undefined {
  if (typeof login !== 'string') return undefined;
  return phones.find(({ values, loginReference }) => {
    const declared = values[loginField];
    return loginReference === login || (typeof declared === 'string' && equalIdentities(declared, login));
  });
}

/** Whether the stack shows the logins of its phones: some are literals, and none is known only to Terraform. */
function areLoginsKnown(phones: readonly SynthesizedObject[]): boolean {
  const logins = phones.map(({ values }) => values[loginField]).filter((login) => login !== undefined);
  return logins.length > 0 && phones.every(({ isSingle }) => isSingle) && !logins.some(isUnresolved);
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
