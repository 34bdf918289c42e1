/** A drift report as text, for a terminal. */
import { visibleText } from '../report/markdown-text';
import { placeOf } from '../report/origins';
import type { DriftObject, DriftReport, FoundObject } from './drift-schema';
import { describeAuthor, describeField, nameOf, unappliedWords } from './words';

/** The report: a line for each object, and what an entry would be. */
export function toText(report: DriftReport): string {
  const { environment, system, changed, missing, unmanaged, hidden, notApplied, notes, importEntries } = report;
  return [
    `${environment} and ${system}`,
    ...section(
      'Changed on the system',
      changed.map((each) => [
        `~ ${line(each)}`,
        ...each.fields.map((field) => `    ${describeField(field, quoted)}`),
        ...author(each),
      ]),
    ),
    ...section(
      'Missing on the system',
      missing.map((each) => [`- ${line(each)}`, ...author(each)]),
    ),
    ...section(
      'Not managed',
      unmanaged.map((each) => [`+ ${line(each)}`, ...author(each)]),
    ),
    ...section(
      'Hidden from the API user',
      hidden.map((each) => [`? ${line(each)}`]),
    ),
    ...section(
      'Not applied yet: no drift',
      notApplied.map((each) => [
        `  ${line(each)} ${unappliedWords[each.action]}`,
        ...each.fields.map((field) => `    ${describeField(field, quoted)}`),
      ]),
    ),
    ...(importEntries === undefined
      ? []
      : [
          '',
          `To import what is not managed, add to the file of ${environment}:`,
          '',
          ...importEntries.trimEnd().split('\n').map(visibleText),
        ]),
    ...(notes.length > 0 ? ['', ...notes.map((each) => `Note: ${visibleText(each)}`)] : []),
    '',
  ].join('\n');
}

function section(title: string, blocks: readonly (readonly string[])[]): string[] {
  return blocks.length === 0 ? [] : ['', `${title} (${blocks.length})`, ...blocks.flat()];
}

function line(object: DriftObject): string {
  const { type, name, key } = nameOf(object);
  const place = object.place ? `, ${placeOf(object.place)}` : '';
  return `${type} ${visibleText(name)}${key === undefined ? '' : ` (${visibleText(key)})`}${visibleText(place)}`;
}

function author({ lastChange }: FoundObject): string[] {
  return lastChange ? [`    ${describeAuthor(lastChange, visibleText)}`] : [];
}

function quoted(value: string): string {
  return visibleText(JSON.stringify(value));
}
