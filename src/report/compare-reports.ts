/** What differs between a report that was reviewed and the one of the plan made again. */
import { code } from './markdown-text';
import type { Change, Report } from './report-schema';

/**
 * The differences as lines of Markdown.
 *
 * @param reviewed the reports of the reviewed file
 * @throws Error where none of them is of the environment
 */
export function differences(reviewed: readonly Report[], now: Report): string[] {
  const [only] = reviewed;
  const before =
    reviewed.find(({ environment }) => environment === now.environment) ?? (reviewed.length === 1 ? only : undefined);
  if (!before) {
    const names = reviewed.map(({ environment }) => environment).join(', ');
    throw new Error(`The reviewed reports are of ${names}, and none is of ${now.environment}.`);
  }
  const [old, planned] = [byObject(before.changes), byObject(now.changes)];
  const lines = [
    ...[...planned].filter(([object]) => !old.has(object)).map(([, change]) => `- new: ${line(change)}`),
    ...[...old]
      .filter(([object]) => !planned.has(object))
      .map(([, change]) => `- not planned any more: ${line(change)}`),
    ...[...planned].flatMap(([object, change]) => {
      const earlier = old.get(object);
      return earlier === undefined || content(earlier) === content(change)
        ? []
        : [`- ${line(earlier)} → ${line(change)}`];
    }),
  ];
  return lines.length > 0 ? lines : ['- only in values that a report does not show, such as passwords'];
}

function byObject(changes: readonly Change[]): ReadonlyMap<string, Change> {
  return new Map(changes.map((each) => [JSON.stringify([each.address, each.deposed ?? '']), each]));
}

function content({ key, kinds, previousAddress, importId, replacedBy, fields }: Change): string {
  return JSON.stringify([key, kinds, previousAddress, importId, replacedBy, fields]);
}

function line({ key, address, kinds, fields }: Change): string {
  const changed = fields.map(({ name, after }) => `${code(name)} = ${after === null ? '(not set)' : code(after)}`);
  return `${kinds.join(', ')} ${code(key)} (${code(address)})${changed.length === 0 ? '' : `: ${changed.join(', ')}`}`;
}
