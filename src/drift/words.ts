/** The words of a drift report, the same as text and as Markdown. */
import type { DriftObject, DriftReport, FieldDrift, LastChange, UnappliedObject, ShownValue } from './drift-schema';

/** What was found, in a few sentences. */
export function summary({ result, changed, missing, unmanaged, notApplied, counts, hidden }: DriftReport): string {
  const found = [
    `${changed.length} changed on the system`,
    `${missing.length} missing`,
    `${unmanaged.length} not managed`,
  ].join(', ');
  const { managedPercent, managed, found: all } = counts;
  const others = Object.entries(counts.elsewhere).map(([name, count]) => `${count} by ${name}`);
  return [
    result === 'none' ? 'No drift.' : `Drift: ${found}.`,
    ...(managedPercent === null ? [] : [`${managedPercent}% of ${all ?? 0} objects are managed (${managed ?? 0}).`]),
    ...(others.length > 0 ? [`Other environments declare some of them: ${others.join(', ')}.`] : []),
    ...(counts.ignored > 0 ? [`${counts.ignored} are ignored.`] : []),
    ...(hidden.length > 0 ? [`${hidden.length} are hidden from the API user.`] : []),
    ...(notApplied.length > 0 ? [`${notApplied.length} are not applied yet, which is no drift.`] : []),
  ].join(' ');
}

/** `phone east/55000`, with the key where that is something else. */
export function nameOf({ type, key, name }: DriftObject): {
  readonly type: string;
  readonly name: string;
  readonly key?: string;
} {
  if (name === undefined || type === 'phone alias') return { type, name: key };
  return { type, name, key };
}

/** A field as `declared -> found`, with what was applied where it is neither. */
export function describeField(field: FieldDrift, show: (value: string) => string): string {
  const { name, isSecret, declared, applied, found } = field;
  if (isSecret) return `${name}: not the one that was applied`;
  const value = (each: ShownValue) => show(shownValue(each));
  const isKnown = applied !== null && ![declared, found].some((each) => String(each) === String(applied));
  return `${name}: declared ${value(declared)}, found ${value(found)}${isKnown ? `, applied ${value(applied)}` : ''}`;
}

function shownValue(value: ShownValue): string {
  if (value === null) return 'nothing';
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}

const verbs: Readonly<Record<string, string>> = {
  ADD: 'added',
  COPY: 'copied from another one',
  MODIFY: 'changed',
  DELETE: 'deleted',
};

const ways: Readonly<Record<LastChange['by'], string>> = {
  api: ' by the API',
  'admin pages': ' in the admin pages',
  unknown: '',
};

/** By whom and when. */
export function describeAuthor(change: LastChange, show: (value: string) => string): string {
  const { at, user, action, by, isReader, mayBeOf } = change;
  const unknownServer =
    mayBeOf.length === 0 ? '' : `; the log names no server, so it may be about ${mayBeOf.map(show).join(', ')}`;
  const own = isReader ? '; that is the API user of this report, so what came later is not in the log' : '';
  return `${verbs[action] ?? show(action)} by ${show(user)}${ways[by]}, ${show(at)}${unknownServer}${own}`;
}

/** What an apply would do. */
export const unappliedWords: Readonly<Record<UnappliedObject['action'], string>> = {
  create: 'will be created',
  update: 'will be updated',
  adopt: 'exists, is not in state, and will be adopted',
  import: 'will be imported',
  delete: 'is not declared any more, and will be deleted',
  forget: 'will be forgotten',
};
