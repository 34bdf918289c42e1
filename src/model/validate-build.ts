/** What the build of a server makes of a declaration (API facts, section 5: fields that came later). */
import { stripCharacters } from './characters';
import { failure, type Failure } from './failures';
import type { FieldValue, FieldValues, FieldDefinition, ObjectType } from './field-definition';
import { builds } from './builds';
import { Secret } from './secret';
import { quote } from './validation-messages';

/**
 * The number of a build, by which they are ordered.
 *
 * @param name as the server tells it, `241004-1518`; one that cannot be read counts as the newest known
 */
export function buildNumber(name: string): number {
  const number = Number.parseInt(name, 10);
  return Number.isNaN(number) ? builds.newest : number;
}

/**
 * Checks what is declared against a build: older ones ignore without a word what they do not know.
 *
 * @param build as the server tells it
 */
export function validateBuild(table: ObjectType, values: FieldValues, build: string): Failure[] {
  const number = buildNumber(build);
  return Object.entries(table.fields).flatMap(([name, field]) => {
    const value = values[name] ?? null;
    return value === null
      ? []
      : [...unknownField(name, field, number, build), ...charactersOfLaterBuild(name, field, value, number, build)];
  });
}

function unknownField(field: string, { sinceBuild }: FieldDefinition, number: number, build: string): Failure[] {
  if (sinceBuild === undefined || number >= sinceBuild) return [];
  return [
    failure('field-unknown-to-build', {
      field,
      what: `${field} came with build ${sinceBuild} of VICIdial; the server has build ${build} and would ignore it.`,
    }),
  ];
}

function charactersOfLaterBuild(
  field: string,
  { allowedCharactersBefore }: FieldDefinition,
  value: FieldValue,
  number: number,
  build: string,
): Failure[] {
  if (!allowedCharactersBefore || number >= allowedCharactersBefore.build || typeof value !== 'string') return [];
  const kept = stripCharacters(value, allowedCharactersBefore.kept);
  if (kept === value) return [];
  return [
    failure('value-characters', {
      field,
      what: `${field} is ${quote(value)}; build ${build} would ${kept === '' ? 'strip it to nothing' : `store ${quote(kept)}`}. It takes ${allowedCharactersBefore.kept.description}, from build ${allowedCharactersBefore.build} on letters too.`,
    }),
  ];
}

/** Passwords that an older schema may cut. The build does not tell the schema, so that it can only be a warning. */
export function truncationWarnings(table: ObjectType, values: FieldValues, build: string): Failure[] {
  if (buildNumber(build) >= builds.webphone) return [];
  return Object.entries(table.fields).flatMap(([field, { legacyColumnLength }]) => {
    const value = values[field];
    if (legacyColumnLength === undefined || !(value instanceof Secret) || value.open().length <= legacyColumnLength)
      return [];
    return [
      failure('password-may-be-truncated', {
        field,
        what: `${field} is longer than ${legacyColumnLength} characters, and the server has build ${build}.`,
      }),
    ];
  });
}
