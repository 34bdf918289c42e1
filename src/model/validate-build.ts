/** Validates values against the build of a server: what it does not have yet (vicidial-api.md, section 5). */
import { builds } from './builds';
import { quote, stripCharacters } from './characters';
import { failure, type Failure } from './failures';
import type { FieldDefinition, FieldValue, FieldValues, ObjectType } from './field-definition';
import { Secret } from './secret';

/**
 * The number of a build, by which builds are ordered.
 *
 * @param name as the server reports it, `241004-1518`; one that cannot be read counts as the newest known
 */
export function buildNumber(name: string): number {
  return buildDate(name) ?? builds.newest;
}

/** The date in the name of a build; undefined where it has none. A fork writes the year with four digits, `20201226-1`. */
export function buildDate(name: string): number | undefined {
  const [, date] = /^(?:20)?(\d{6})(?!\d)/u.exec(name) ?? [];
  return date === undefined ? undefined : Number(date);
}

/**
 * The fields of a type that came after a build.
 *
 * @param build as the server reports it
 */
export function fieldsOfLaterBuilds(type: ObjectType, build: string): readonly string[] {
  const number = buildNumber(build);
  return Object.entries(type.fields).flatMap(([name, { sinceBuild = 0 }]) => (sinceBuild > number ? [name] : []));
}

/**
 * Validates values against a build. Older builds silently ignore fields that came later.
 *
 * @param build as the server reports it
 */
export function validateBuild(type: ObjectType, values: FieldValues, build: string): Failure[] {
  const number = buildNumber(build);
  return Object.entries(type.fields).flatMap(([name, field]) => {
    const value = values[name] ?? null;
    if (value === null) return [];
    return [...unknownField(name, field, number, build), ...charactersOfLaterBuild(name, field, value, number, build)];
  });
}

function unknownField(field: string, { sinceBuild }: FieldDefinition, number: number, build: string): Failure[] {
  if (sinceBuild === undefined || number >= sinceBuild) return [];
  const what = `${field} came with build ${sinceBuild} of VICIdial; the server has build ${build} and would ignore it.`;
  return [failure('field-unknown-to-build', { field, what })];
}

function charactersOfLaterBuild(
  field: string,
  { allowedCharactersBefore: before }: FieldDefinition,
  value: FieldValue,
  number: number,
  build: string,
): Failure[] {
  if (!before || number >= before.build || typeof value !== 'string') return [];
  const remaining = stripCharacters(value, before.allowed);
  if (remaining === value) return [];
  const outcome = remaining === '' ? 'strip it to nothing' : `store ${quote(remaining)}`;
  const what = `${field} is ${quote(value)}; build ${build} would ${outcome}. It takes ${before.allowed.description}; from build ${before.build} on, letters too.`;
  return [failure('value-characters', { field, what })];
}

/** Passwords that an older schema may truncate. The build does not determine the schema, so this is only a warning. */
export function truncationWarnings(type: ObjectType, values: FieldValues, build: string): Failure[] {
  return Object.entries(type.fields).flatMap(([field, { columnLengthBefore: before }]) => {
    const value = values[field];
    if (!before || buildNumber(build) >= before.build || !(value instanceof Secret)) return [];
    if ([...value.open()].length <= before.length) return [];
    const what = `${field} has more than ${before.length} characters, and the server has build ${build}.`;
    return [failure('password-may-be-truncated', { field, what })];
  });
}
