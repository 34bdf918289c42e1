/** The words of a report, the same in every format. */
import type { Change, FieldChange, Kind, Report } from './report-schema';

/** The heading of each kind of change. */
export const headings: Readonly<Record<Kind, string>> = {
  destroy: 'Destroyed',
  replace: 'Replaced: destroyed and created again',
  adopt: 'Adopted: exist already',
  import: 'Imported',
  move: 'Moved to another address',
  forget: 'Forgotten: stay on the server, and are not managed any more',
  create: 'Created',
  update: 'Updated',
  defer: 'Deferred to a later plan',
};

/** What is counted, in one word or two. */
export const counted: Readonly<Record<Kind, string>> = {
  destroy: 'to destroy',
  replace: 'to replace',
  adopt: 'to adopt',
  import: 'to import',
  move: 'to move',
  forget: 'to forget',
  create: 'to create',
  update: 'to update',
  defer: 'deferred',
};

const results: Readonly<Record<Report['result'], string>> = {
  failed: 'plan failed, not approvable',
  partial: 'plan is not complete, not approvable',
  blocked: 'a limit is exceeded, not approvable',
  changes: 'changes',
  'no-changes': 'no changes',
};

/** The title: environment and result. */
export function title({ environment, result }: Report): string {
  return `${environment}: ${results[result]}`;
}

/** One line of counts. */
export function countsLine({ counts, checks, drift, outputs, diagnostics }: Report): string {
  const found = (Object.entries(counts) as [Kind, number][]).filter(([, count]) => count > 0);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const plural = (count: number, one: string, many: string) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  const parts = [
    ...plural(errors, 'error', 'errors'),
    ...found.map(([kind, count]) => `${count} ${counted[kind]}`),
    ...plural(outputs.length, 'changed output', 'changed outputs'),
    ...plural(checks.length, 'failed check', 'failed checks'),
    ...plural(drift.length, 'object changed outside of Terraform', 'objects changed outside of Terraform'),
  ];
  return `${found.length === 0 && outputs.length === 0 ? ['No changes', ...parts].join(', ') : parts.join(', ')}.`;
}

/** Why an object is deleted or replaced; undefined where nothing says it. */
export function reasonOf({ reason, replacedBy, deposed }: Change): string | undefined {
  const parts = [
    ...(reason === undefined ? [] : [reason]),
    ...(replacedBy.length > 0 ? [`changed: ${replacedBy.join(', ')}`] : []),
    ...(deposed === undefined ? [] : [`left over from a replacement that failed (deposed ${deposed})`]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** Objects that change alike. */
export interface AlikeChanges {
  readonly fields: readonly FieldChange[];
  readonly changes: readonly Change[];
}

/**
 * Groups changes that are alike, the largest groups first.
 *
 * @param likeness what is equal in alike changes
 */
export function alike(
  changes: readonly Change[],
  likeness: (change: Change) => unknown = ({ fields }) => fields,
): AlikeChanges[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = JSON.stringify(likeness(change));
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(change);
  }
  return [...groups.values()]
    .map((group) => ({ fields: group[0]?.fields ?? [], changes: group }))
    .sort((a, b) => b.changes.length - a.changes.length);
}

/** How many objects, in words: phones, phone aliases, or both. */
export function objectCount(changes: readonly Change[]): string {
  const words = (type: string, one: string, many: string) => {
    const { length } = changes.filter((each) => each.type === type);
    return length === 0 ? [] : [`${length} ${length === 1 ? one : many}`];
  };
  const others = changes.filter(({ type }) => !['vicidial_phone', 'vicidial_phone_alias'].includes(type)).length;
  return [
    ...words('vicidial_phone', 'phone', 'phones'),
    ...words('vicidial_phone_alias', 'phone alias', 'phone aliases'),
    ...(others === 0 ? [] : [`${others} other`]),
  ].join(', ');
}

/** What `firstRead` of a report counts, as a sentence; undefined where it is nothing. */
export function firstReadLine({ firstRead }: Report): string | undefined {
  if (firstRead === 0) return undefined;
  return `Attributes of ${firstRead} ${firstRead === 1 ? 'object' : 'objects'} were read for the first time, which is no change.`;
}
