/** What the build of a server makes of a declaration (API facts, section 5: fields that came later). */
import { strip } from './characters';
import { failure, type Failure } from './failures';
import type { AnyValue, AnyValues, Field, Table } from './field';
import { builds } from './builds';
import { Secret } from './secret';
import { quote } from './wording';

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
export function checkBuild(table: Table, values: AnyValues, build: string): Failure[] {
  const number = buildNumber(build);
  return Object.entries(table.fields).flatMap(([name, field]) => {
    const value = values[name] ?? null;
    return value === null ? [] : [...unknownField(name, field, number, build), ...laterLetters(name, field, value, number, build)];
  });
}

function unknownField(field: string, { since }: Field, number: number, build: string): Failure[] {
  if (since === undefined || number >= since) return [];
  return [failure('field-unknown-to-build', { field, what: `${field} came with build ${since} of VICIdial; the server has build ${build} and would ignore it.` })];
}

function laterLetters(field: string, { keptBefore }: Field, value: AnyValue, number: number, build: string): Failure[] {
  if (!keptBefore || number >= keptBefore.build || typeof value !== 'string') return [];
  const kept = strip(value, keptBefore.kept);
  if (kept === value) return [];
  return [failure('value-characters', { field, what: `${field} is ${quote(value)}; build ${build} would ${kept === '' ? 'strip it to nothing' : `store ${quote(kept)}`}. It takes ${keptBefore.kept.described}, from build ${keptBefore.build} on letters too.` })];
}

/** Passwords that an older schema may cut. The build does not tell the schema, so that it can only be a warning. */
export function mayBeCut(table: Table, values: AnyValues, build: string): Failure[] {
  if (buildNumber(build) >= builds.webphone) return [];
  return Object.entries(table.fields).flatMap(([field, { olderColumn }]) => {
    const value = values[field];
    if (olderColumn === undefined || !(value instanceof Secret) || value.open().length <= olderColumn) return [];
    return [failure('password-may-be-cut', { field, what: `${field} is longer than ${olderColumn} characters, and the server has build ${build}.` })];
  });
}
