/** Warns of phone aliases that cannot work over the phones of their stack, in whichever order constructs are made. */
import { Annotations, Aspects, DefaultTokenResolver, StringConcat, Tokenization, type TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { failure, type Failure } from '../model/failures';
import { equalIdentities } from '../model/identity';
import { phoneAliasType } from '../model/phone-alias-fields';
import { phoneType } from '../model/phone-fields';
import { declaredObject, isDeclaring, isSingleInstance, type DeclaringResource } from './unique-in-stack';
import { isUnresolved } from './unresolved';

const { loginField, passwordField } = phoneType;

/** A phone or phone alias with its values as the stack writes them: a reference is a template. */
interface SynthesizedObject {
  readonly resource: DeclaringResource;
  readonly path: string;
  readonly provider: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** What an alias has that refers to its phone login. */
  readonly loginReference: unknown;
}

/** A phone that an alias lists, and the login that it is listed by. */
interface ListedPhone {
  readonly path: string;
  readonly password: unknown;
}

/**
 * Adds the warnings when the stack is synthesised. To be called once for each stack: only then are all constructs made.
 * The plan has these warnings too, for what only Terraform knows.
 */
export function warnOfAliasPhones(stack: TerraformStack): void {
  const warned = new WeakSet<IConstruct>();
  Aspects.of(stack).add({
    visit: (node) => {
      if (node !== stack) return;
      for (const { resource, problem } of findProblems(stack)) {
        // A test may synthesise a stack more than once.
        if (warned.has(resource)) continue;
        warned.add(resource);
        for (const { summary, detail } of problem) {
          Annotations.of(resource).addWarning(`phoneLogins: ${summary}. ${detail}`);
        }
      }
    },
  });
}

function findProblems(stack: TerraformStack) {
  const objects = stack.node.findAll().filter(isDeclaring);
  const phones = objectsOf(stack, objects, phoneType.resourceType);
  return objectsOf(stack, objects.filter(isSingleInstance), phoneAliasType.resourceType).map((alias) => {
    const own = phones.filter(({ provider }) => provider === alias.provider);
    return { resource: alias.resource, problem: aliasProblems(alias, own) };
  });
}

function objectsOf(stack: TerraformStack, objects: readonly DeclaringResource[], type: string): SynthesizedObject[] {
  return objects
    .filter(({ terraformResourceType }) => terraformResourceType === type)
    .map((resource) => {
      const { path, provider, values } = declaredObject(resource);
      const loginReference = resource.interpolationForAttribute(loginField);
      const resolved = resolve(stack, { values, loginReference });
      return { resource, path, provider, ...resolved };
    });
}

function resolve<T>(stack: TerraformStack, value: T): T {
  const resolver = new DefaultTokenResolver(new StringConcat());
  // CDKTF declares the type any; what is resolved has the form that it had.
  return Tokenization.resolve(value, { scope: stack, resolver, preparing: false }) as T;
}

function aliasProblems(alias: SynthesizedObject, phones: readonly SynthesizedObject[]): readonly Failure[] {
  const { phone_logins: logins } = alias.values;
  if (!Array.isArray(logins)) return [];
  const single = phones.filter(({ resource }) => isSingleInstance(resource));
  const listed = logins.map((login: unknown) => ({ login, phone: phoneOf(single, login) }));
  const found = listed.flatMap(({ phone }) =>
    phone ? [{ path: phone.path, password: phone.values[passwordField] }] : [],
  );
  const missing = listed.find(({ login, phone }) => !phone && !isUnresolved(login));
  return [
    ...differentPasswords(alias, found),
    ...(missing && areLoginsKnown(phones) ? [loginWithoutPhone(alias, String(missing.login))] : []),
  ];
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
  return logins.length > 0 && phones.every(({ resource }) => isSingleInstance(resource)) && !logins.some(isUnresolved);
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
