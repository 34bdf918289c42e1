/** The phone aliases of an environment: inherited ones, those of seats, and the entries under `aliases`. */
import { identityKey } from '../model/identity';
import type { DerivedObjects } from './derived-phones';
import type { AliasEntry, AliasValues, FileAliasLogin } from './entry-schema';
import {
  aliasKey,
  phoneLogin,
  phonesByLogin,
  type Environment,
  type EnvironmentAlias,
  type EnvironmentLogin,
  type EnvironmentPhone,
} from './environment';
import { originOf, placeOf, type FileText } from './file-text';
import { describePlace, type ProblemList } from './problems';
import { closest } from './strict-object';
import { isSameSystem } from './system-of-environment';

export interface AliasContext {
  readonly text: FileText;
  readonly name: string;
  readonly provider: Environment['provider'];
  /** All phones of the environment. */
  readonly phones: readonly EnvironmentPhone[];
  readonly problems: ProblemList;
  /** Another environment of the folder; undefined where it cannot be read, which is a problem of its own. */
  readonly otherEnvironment: (name: string, path: readonly PropertyKey[]) => Environment | undefined;
  /** The environments of the folder that have a phone login; for hints. */
  readonly environmentsWithLogin: (login: string) => readonly string[];
}

/** Makes the phone aliases. Entries change inherited ones with the same id. */
export function buildAliases(
  context: AliasContext,
  inherited: DerivedObjects['aliases'],
  phoneOfBase: ReadonlyMap<EnvironmentPhone, EnvironmentPhone>,
  ofSeats: readonly EnvironmentAlias[],
  entries: readonly AliasEntry[],
): EnvironmentAlias[] {
  const resolver = new LoginResolver(context);
  const aliases = new Map<string, EnvironmentAlias>();
  const add = (alias: EnvironmentAlias) => {
    const key = identityKey(alias.alias_id);
    const same = aliases.get(key);
    if (same) context.problems.error(alias.origins.alias_id ?? alias.declared, sameAlias(same, alias));
    else aliases.set(key, alias);
  };
  for (const { alias, change } of inherited) {
    const logins = resolver.inherited(alias, phoneOfBase);
    const followed = logins === undefined ? alias : { ...alias, phone_logins: logins };
    add(change ? changeAlias(context, resolver, followed, change.values, change.path, 'exception') : followed);
  }
  for (const alias of ofSeats) add(alias);
  for (const [index, entry] of entries.entries()) {
    const path = ['aliases', index];
    const { alias_id, ...values } = entry;
    const key = identityKey(alias_id);
    const known = aliases.get(key);
    const isInherited = known?.declared.kind === 'base';
    if (isInherited) aliases.set(key, changeAlias(context, resolver, known, values, path, 'addition'));
    else add(newAlias(context, resolver, entry, path));
  }
  // An alias whose phones are all left out is left out with them.
  return [...aliases.values()].filter(
    ({ phone_logins, declared }) => phone_logins?.length !== 0 || declared.kind === 'alias',
  );
}

function sameAlias(first: EnvironmentAlias, second: EnvironmentAlias): string {
  const one = `phone alias ${first.alias_id} (${describePlace(first.declared)})`;
  if (second.baseKey === undefined) return `this file already has ${one} (case-insensitive); remove one of them`;
  return `${second.baseKey} (${describePlace(second.declared)}) gets the id of ${one}`;
}

function newAlias(
  context: AliasContext,
  resolver: LoginResolver,
  { alias_id, ...values }: AliasEntry,
  path: readonly PropertyKey[],
): EnvironmentAlias {
  const { text, problems } = context;
  const declared = originOf(text, path, 'alias');
  const alias = { alias_id, declared, origins: { alias_id: originOf(text, [...path, 'alias_id'], 'alias') } };
  for (const name of ['alias_name', 'phone_logins'] as const)
    if (values[name] === undefined)
      problems.error(placeOf(text, [...path, name]), 'is missing; write ~ to leave it unmanaged');
  return changeAlias(context, resolver, alias, values, path, 'alias');
}

function changeAlias(
  context: AliasContext,
  resolver: LoginResolver,
  alias: EnvironmentAlias,
  { alias_name, phone_logins, protect }: AliasValues,
  path: readonly PropertyKey[],
  kind: 'alias' | 'addition' | 'exception',
): EnvironmentAlias {
  const origin = (name: string) => originOf(context.text, [...path, name], kind);
  return {
    ...alias,
    ...(alias_name === undefined ? {} : { alias_name: alias_name ?? undefined }),
    ...(phone_logins === undefined
      ? {}
      : { phone_logins: resolver.changed(alias, phone_logins, [...path, 'phone_logins']) }),
    ...(protect === undefined ? {} : { protect }),
    origins: {
      ...alias.origins,
      ...(alias_name === undefined ? {} : { alias_name: origin('alias_name') }),
      ...(phone_logins === undefined ? {} : { phone_logins: origin('phone_logins') }),
      ...(protect === undefined ? {} : { protect: origin('protect') }),
    },
  };
}

/** Finds the phones that logins belong to. */
class LoginResolver {
  readonly #phones: ReadonlyMap<string, EnvironmentPhone>;

  constructor(private readonly context: AliasContext) {
    this.#phones = phonesByLogin(context.phones);
  }

  /** The logins of an inherited alias: those of the same phones, as they are now. */
  inherited(
    alias: EnvironmentAlias,
    phoneOfBase: ReadonlyMap<EnvironmentPhone, EnvironmentPhone>,
  ): EnvironmentLogin[] | undefined {
    return alias.phone_logins?.flatMap((login) => {
      if (login.environment !== undefined) return this.#inheritedElsewhere(alias, login);
      const phone = login.phone && phoneOfBase.get(login.phone);
      const own = phone && phoneLogin(phone);
      return own === undefined ? [] : [{ login: own, phone }];
    });
  }

  /** A list replaces the logins; `add` and `remove` change them. */
  changed(
    alias: EnvironmentAlias,
    change: NonNullable<AliasValues['phone_logins']> | null,
    path: readonly PropertyKey[],
  ): EnvironmentLogin[] | undefined {
    if (change === null) return undefined;
    if (Array.isArray(change)) return this.#resolveAll(change, path);
    const before = alias.phone_logins ?? [];
    const { text, problems } = this.context;
    for (const [index, login] of (change.remove ?? []).entries()) {
      if (before.some((each) => identityKey(each.login) === identityKey(login))) continue;
      const near = closest(
        login,
        before.map((each) => each.login),
      );
      const hint =
        near === undefined
          ? `; it has ${before.map((each) => each.login).join(', ') || 'none'}`
          : `; did you mean "${near}"?`;
      problems.error(
        placeOf(text, [...path, 'remove', index]),
        `${aliasKey(alias)} has no phone login "${login}"${hint}`,
      );
    }
    const removed = new Set((change.remove ?? []).map(identityKey));
    const added = this.#resolveAll(change.add ?? [], [...path, 'add']);
    return [...before.filter(({ login }) => !removed.has(identityKey(login))), ...added];
  }

  #resolveAll(logins: readonly FileAliasLogin[], path: readonly PropertyKey[]): EnvironmentLogin[] {
    return logins.map((login, index) =>
      typeof login === 'string' ? this.#own(login, [...path, index]) : this.#elsewhere(login, [...path, index]),
    );
  }

  #own(login: string, path: readonly PropertyKey[]): EnvironmentLogin {
    const phone = this.#phones.get(identityKey(login));
    if (phone) return { login, phone };
    const { text, problems, environmentsWithLogin } = this.context;
    const [elsewhere] = environmentsWithLogin(login);
    const near = closest(
      login,
      this.context.phones.flatMap((each) => phoneLogin(each) ?? []),
    );
    const hint =
      elsewhere !== undefined
        ? `; environment ${elsewhere} has it: write { environment: ${elsewhere}, phone_login: "${login}" }`
        : near === undefined
          ? ''
          : `; did you mean "${near}"?`;
    problems.error(placeOf(text, path), `no phone of this file has the phone_login "${login}"${hint}`);
    return { login };
  }

  /** A login of another file of the same system, which has to have it. */
  #elsewhere(
    { environment, phone_login: login }: Exclude<FileAliasLogin, string>,
    path: readonly PropertyKey[],
  ): EnvironmentLogin {
    // A login that no file declares: VICIdial checks it, when the phone alias is written.
    if (environment === null) return { login };
    const { text, problems, name, provider, otherEnvironment } = this.context;
    const report = (message: string) => problems.error(placeOf(text, path), message);
    if (environment === name) report(`is this environment; write "${login}"`);
    else {
      const other = otherEnvironment(environment, [...path, 'environment']);
      if (other && !isSameSystem(other.provider, provider))
        report(`environment ${environment} is of another system (its provider.url differs)`);
      else if (other && !phonesByLogin(other.phones).has(identityKey(login)))
        report(`no phone of environment ${environment} has the phone_login "${login}"`);
    }
    return { login, environment };
  }

  #inheritedElsewhere(alias: EnvironmentAlias, login: EnvironmentLogin): EnvironmentLogin[] {
    const { otherEnvironment, provider, problems, text } = this.context;
    const path = ['extends'];
    const other = otherEnvironment(login.environment ?? '', path);
    if (!other || isSameSystem(other.provider, provider)) return [login];
    const what = `${alias.baseKey ?? aliasKey(alias)} of the base lists the login ${login.login} of environment ${login.environment}, which is not of this system`;
    problems.error(
      placeOf(text, path),
      `${what}; leave the alias out with without, or write its phone_logins under aliases`,
    );
    return [];
  }
}
