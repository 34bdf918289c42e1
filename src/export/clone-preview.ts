/** What a clone would meet on its target: collisions, and what the target lacks. */
import type { Environment, EnvironmentPhone } from '../environment/environment';
import { isVariable } from '../environment/value-schema';
import { missingOnCreate } from '../model/diff';
import { stringValue, type FieldValues } from '../model/field-definition';
import { identityKey } from '../model/identity';
import { phoneType } from '../model/phone-fields';
import type { SystemReferences, SystemRows } from '../model/system-rows';
import { writeOnlyArguments } from '../model/write-only-fields';

export interface Missing {
  readonly name: string;
  /** How many phones of the clone refer to it. */
  readonly phones: number;
}

export interface ClonePreview {
  /** Sentences about objects of the clone and of the target. */
  readonly collisions: readonly string[];
  readonly servers: readonly Missing[];
  readonly templates: readonly Missing[];
  /** Undefined where the target does not list its user groups. */
  readonly userGroups: readonly Missing[] | undefined;
  /** Phones that cannot be created as they are, with the fields that a new phone needs. */
  readonly incomplete: readonly string[];
}

/** The user group of phones that every administrator may view. */
const allGroups = '---ALL---';

/** Compares a clone with the system that it is for. */
export function previewClone(
  { phones, aliases }: Environment,
  rows: SystemRows,
  references: SystemReferences,
): ClonePreview {
  const existing = new Map(
    rows.phones.map(({ values }) => [
      identityKey(`${stringValue(values, 'server_ip')}/${stringValue(values, 'extension')}`),
      stringValue(values, 'phone_login'),
    ]),
  );
  const logins = new Map(
    rows.phones.map(({ values }) => [
      identityKey(stringValue(values, 'phone_login')),
      `${stringValue(values, 'server_ip')}/${stringValue(values, 'extension')}`,
    ]),
  );
  const ids = new Set(rows.aliases.map(({ values }) => identityKey(stringValue(values, 'alias_id'))));
  return {
    collisions: [
      ...phones.flatMap((phone) => phoneCollision(phone, existing, logins)),
      ...aliases
        .filter(({ alias_id }) => ids.has(identityKey(alias_id)))
        .map(({ alias_id }) => `phone alias ${alias_id} exists on the target`),
    ],
    servers: missing(phones, ({ server_ip }) => server_ip, references.servers),
    templates: missing(phones, ({ values }) => text(values.template_id), references.templates),
    userGroups:
      references.userGroups &&
      missing(phones, ({ values }) => text(values.admin_user_group), [...references.userGroups, allGroups]),
    incomplete: phones.flatMap(incompletePhone),
  };
}

function phoneCollision(
  { server_ip, extension, values }: EnvironmentPhone,
  existing: ReadonlyMap<string, string>,
  logins: ReadonlyMap<string, string>,
): string[] {
  const id = `${server_ip}/${extension}`;
  if (existing.has(identityKey(id))) return [`phone ${id} exists on the target`];
  const login = text(values.phone_login);
  const owner = login === '' ? undefined : logins.get(identityKey(login));
  return owner === undefined
    ? []
    : [`phone ${id} would have the phone_login ${login}, which phone ${owner} of the target has`];
}

function missing(
  phones: readonly EnvironmentPhone[],
  nameOf: (phone: EnvironmentPhone) => string,
  known: readonly string[],
): Missing[] {
  const folded = new Set(known.map(identityKey));
  const counts = new Map<string, number>();
  for (const phone of phones) {
    const name = nameOf(phone);
    if (name !== '' && !folded.has(identityKey(name))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, phones: count })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function incompletePhone({ server_ip, extension, values }: EnvironmentPhone): string[] {
  const given = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, string | number | null][] => {
      // A variable has its value when Terraform runs.
      if (isVariable(value)) return [[name, 'variable']];
      return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
    }),
  );
  for (const { field, value } of writeOnlyArguments(phoneType)) given[field] ??= given[value] ?? null;
  const names = missingOnCreate(phoneType, { ...given, server_ip, extension } satisfies FieldValues);
  return names.length > 0 ? [`phone ${server_ip}/${extension} needs ${names.join(', ')}`] : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Lines of a preview, each with what to do about it; empty where the clone fits. */
export function previewLines({ collisions, servers, templates, userGroups = [], incomplete }: ClonePreview): string[] {
  const lacks = (noun: string, flag: string, list: readonly Missing[]) =>
    list.map(
      ({ name, phones }) =>
        `the target has no ${noun} ${name} (${phones} phones): add it there, or map it with ${flag}`,
    );
  return [
    ...collisions,
    ...lacks('server', '--server NAME=OWN:ADDRESS', servers),
    ...lacks('template', '--map template_id=/^NAME$/OTHER/', templates),
    ...lacks('user group', '--map admin_user_group=/^NAME$/OTHER/', userGroups),
    ...incomplete.map((line) => `${line} to be created`),
  ];
}
