/**
 * The phones and phone aliases that a derived environment inherits. One order: base, selection (`only`, `without`),
 * mapping, defaults, exceptions; additions follow in `build-environment.ts`. Later values win.
 */
import { identityKey } from '../model/identity';
import { phoneType } from '../model/phone-fields';
import { writeOnlyArguments } from '../model/write-only-fields';
import type { AliasValues, ChangedObject } from './entry-schema';
import {
  aliasKey,
  phoneKey,
  type Environment,
  type EnvironmentAlias,
  type EnvironmentPhone,
  type EnvironmentServer,
  type Origin,
} from './environment';
import type { EnvironmentChanges } from './environment-file';
import { placeOf, type FileText } from './file-text';
import { fillValues, layerAt, managedValues, mergedLayer, mergeLayers, type Layer, type MergedValues } from './layers';
import { MappingRun } from './mapping-run';
import { Exceptions } from './phone-entries';
import { describePlace, type ProblemList } from './problems';
import { selectObjects } from './selection';
import { closest } from './strict-object';
import { isVariable, type FileValue } from './value-schema';

export interface DeriveContext {
  readonly base: Environment;
  readonly changes: EnvironmentChanges;
  readonly text: FileText;
  /** The servers of the derived environment. */
  readonly servers: Readonly<Record<string, EnvironmentServer>>;
  readonly defaults: Layer;
  readonly serverDefaults: ReadonlyMap<string, Layer>;
  readonly problems: ProblemList;
}

export interface DerivedObjects {
  readonly phones: readonly EnvironmentPhone[];
  /** The phone aliases with the logins of the base, and what exceptions change of them. */
  readonly aliases: readonly DerivedAlias[];
  /** What became of each phone of the base. */
  readonly phoneOfBase: ReadonlyMap<EnvironmentPhone, EnvironmentPhone>;
  /** Kinds of values that phones of the base have and these do not. */
  readonly dropped: readonly string[];
}

/** A phone alias of the base after the mapping. */
export interface DerivedAlias {
  readonly alias: EnvironmentAlias;
  readonly change?: { readonly values: AliasValues; readonly path: readonly PropertyKey[] };
}

/** Derives what a base has. Additions are not part of it. */
export function deriveObjects(context: DeriveContext): DerivedObjects {
  const { base, changes, text, problems } = context;
  const selected = selectObjects(base, changes, text, problems);
  const mapping = new MappingRun(context);
  const exceptions = new Exceptions<ChangedObject>(context, changes.exceptions ?? {}, ['exceptions']);
  const phoneOfBase = new Map<EnvironmentPhone, EnvironmentPhone>();
  const secrets = new Map<string, Origin>();
  for (const phone of selected.phones) {
    const derived = derivePhone(context, mapping, exceptions, phone, secrets);
    if (derived) phoneOfBase.set(phone, derived);
  }
  const aliases = selected.aliases.flatMap((alias) => deriveAlias(context, mapping, exceptions, alias));
  mapping.reportUnmatched();
  const ids = aliases.map(({ alias }) => alias);
  reportUnusedExceptions(context, exceptions, [...phoneOfBase.values()], ids);
  for (const [name, origin] of secrets) reportSecret(context, name, origin);
  const isProtected = [...phoneOfBase].some(
    ([from, to]) => from.values.protect === true && to.values.protect === undefined,
  );
  return { phones: [...phoneOfBase.values()], aliases, phoneOfBase, dropped: isProtected ? ['protect'] : [] };
}

function derivePhone(
  context: DeriveContext,
  mapping: MappingRun,
  exceptions: Exceptions<ChangedObject>,
  phone: EnvironmentPhone,
  secrets: Map<string, Origin>,
): EnvironmentPhone | undefined {
  const { problems, text } = context;
  const mapped = mapping.phone(phone);
  const key = phoneKey(mapped);
  const exception = exceptions.find(key);
  if (exception?.isLeftOut) return undefined;
  const { values: changed, path } = exception ?? { values: {}, path: [] };
  for (const name of ['alias_name', 'phone_logins'] as const)
    if (changed[name] !== undefined)
      problems.error(placeOf(text, [...path, name]), `${key} is a phone, which has no ${name}`);
  const ownDefaults = context.serverDefaults.get(mapped.server);
  const inherited = withoutSecrets(mapped);
  // The schema has the fields of a phone, and those of a phone alias that were just refused.
  const own = [
    context.defaults,
    ...(ownDefaults ? [ownDefaults] : []),
    layerAt(text, path, 'exception', changed as Layer['values']),
  ];
  const merged = mergeLayers([inherited, ...own]);
  for (const [name, value] of Object.entries(phone.values)) {
    if (isVariable(value) && !(name in merged.values) && !secrets.has(name)) {
      // Each value has an origin.
      secrets.set(name, phone.origins[name as keyof typeof phone.origins] as Origin);
    }
  }
  return finishPhone(context, phone, mapped, merged);
}

function finishPhone(
  { servers, problems }: DeriveContext,
  phone: EnvironmentPhone,
  mapped: EnvironmentPhone,
  merged: MergedValues,
): EnvironmentPhone {
  const { server, extension } = mapped;
  const { ip, suffix } = (Object.hasOwn(servers, server) ? servers[server] : undefined) ?? {};
  const known = { extension, server, server_ip: ip, suffix, index: undefined };
  const { values, origins } = fillValues(merged, known, problems);
  return {
    ...mapped,
    server_ip: ip ?? '',
    values: managedValues(values),
    origins: { ...mapped.origins, ...origins },
    declared: { ...phone.declared, kind: 'base' },
    baseKey: phoneKey(phone),
  };
}

/** A version says nothing without the value that it is of. */
const versionNames: readonly string[] = writeOnlyArguments(phoneType).map(({ version }) => version);

/** Secrets and protection are never inherited silently. */
function withoutSecrets({ values, origins }: EnvironmentPhone): Layer {
  const inherited = Object.entries<FileValue>(values).filter(
    ([name, value]) => name !== 'protect' && !isVariable(value) && !versionNames.includes(name),
  );
  return mergedLayer({ values: Object.fromEntries(inherited), origins });
}

function reportSecret({ text, base, problems }: DeriveContext, name: string, origin: Origin): void {
  problems.error(
    { ...placeOf(text, ['extends']), field: `defaults.${name}` },
    `is missing; ${base.name} sets it (${describePlace(origin)}), and secrets are not inherited. Write a variable of this environment, such as ${name}: { variable: ${name} }, or ${name}: ~ to leave it unmanaged`,
  );
}

function deriveAlias(
  { text, problems }: DeriveContext,
  mapping: MappingRun,
  exceptions: Exceptions<ChangedObject>,
  alias: EnvironmentAlias,
): DerivedAlias[] {
  // Protection is never inherited silently.
  const mapped = { ...mapping.alias(alias), protect: undefined };
  const key = aliasKey(mapped);
  const exception = exceptions.find(key);
  if (exception?.isLeftOut) return [];
  const derived = { ...mapped, declared: { ...alias.declared, kind: 'base' as const }, baseKey: aliasKey(alias) };
  if (!exception) return [{ alias: derived }];
  const { alias_name, phone_logins, protect, ...others } = exception.values;
  for (const [field, value] of Object.entries(others))
    if (value !== undefined)
      problems.error(placeOf(text, [...exception.path, field]), `${key} is a phone alias, which has no ${field}`);
  return [{ alias: derived, change: { values: { alias_name, phone_logins, protect }, path: exception.path } }];
}

function reportUnusedExceptions(
  { base, text, changes, problems }: DeriveContext,
  exceptions: Exceptions<ChangedObject>,
  phones: readonly EnvironmentPhone[],
  aliases: readonly EnvironmentAlias[],
): void {
  for (const key of exceptions.unused()) {
    const ownKey = phones.find(({ baseKey }) => baseKey !== undefined && identityKey(baseKey) === identityKey(key));
    const keys = [...phones.map(phoneKey), ...aliases.map(aliasKey)];
    const near = ownKey ? phoneKey(ownKey) : closest(key, keys);
    const form = /^alias:|\//u.test(key) ? '' : '; a key is SERVER/EXTENSION or alias:ALIAS_ID';
    const hint = near === undefined ? form : `; did you mean "${near}"?`;
    const after = changes.mapping && near === undefined ? '; keys are those after the mapping' : '';
    problems.error(
      placeOf(text, ['exceptions', key]),
      `matches no phone or phone alias of ${base.name}${after}${hint}`,
    );
  }
}
