/** A comparison as text, and as Markdown. */
import type { Comparison, FieldDifference, ObjectsComparison } from './compare';

/** The differences, a line each; empty where there are none. */
export function textReport({ a, b, phones, aliases }: Comparison): string {
  const lines = [...objectLines('phone', phones, a, b), ...objectLines('phone alias', aliases, a, b)];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function objectLines(noun: string, { different, onlyInA, onlyInB }: ObjectsComparison, a: string, b: string): string[] {
  return [
    ...different.flatMap((object) => [
      `~ ${noun} ${object.a}${object.a === object.b ? '' : ` = ${object.b}`}`,
      ...object.fields.map((field) => `    ${field.field}: ${describeField(field)}`),
    ]),
    ...onlyInA.map((id) => `- ${noun} ${id} (only in ${a})`),
    ...onlyInB.map((id) => `+ ${noun} ${id} (only in ${b})`),
  ];
}

function describeField(field: FieldDifference): string {
  const note = field.explained ? ' (explained by extends)' : '';
  if (field.class === 'secret') return `different${note}`;
  return `${describeValue(field.a)} -> ${describeValue(field.b)}${note}`;
}

function describeValue(value: FieldDifference['a']): string {
  if (value === null) return 'not managed';
  return Array.isArray(value) ? `[${value.join(', ')}]` : JSON.stringify(value);
}

/** Tables for a pull request. */
export function markdownReport(comparison: Comparison): string {
  const { a, b, isSame } = comparison;
  const head = `### ${escapeCell(a)} and ${escapeCell(b)}`;
  if (isSame) return `${head}\n\n${summaryLine(comparison)}\n`;
  const rows = [...objectRows('phone', comparison.phones), ...objectRows('phone alias', comparison.aliases)];
  const table = [`| object | field | ${escapeCell(a)} | ${escapeCell(b)} |`, '| --- | --- | --- | --- |', ...rows];
  return `${head}\n\n${summaryLine(comparison)}\n\n${table.join('\n')}\n`;
}

function objectRows(noun: string, { different, onlyInA, onlyInB }: ObjectsComparison): string[] {
  const row = (...cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [
    ...different.flatMap((object) =>
      object.fields.map((field) =>
        field.class === 'secret'
          ? row(`${noun} ${object.a}`, field.field, 'different', 'different')
          : row(`${noun} ${object.a}`, field.field, describeValue(field.a), describeValue(field.b)),
      ),
    ),
    ...onlyInA.map((id) => row(`${noun} ${id}`, '', 'present', 'absent')),
    ...onlyInB.map((id) => row(`${noun} ${id}`, '', 'absent', 'present')),
  ];
}

function escapeCell(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/gu, '\\$&').replace(/\s+/gu, ' ');
}

/** What was found, in a sentence or two. */
export function summaryLine({ a, b, isSame, phones, aliases, explained, unmanaged }: Comparison): string {
  const count = (of: (objects: ObjectsComparison) => number) => of(phones) + of(aliases);
  const pairs = `${count(({ same }) => same)} objects are the same`;
  const differences = [
    `${count(({ different }) => different.length)} differ`,
    `${count(({ onlyInA }) => onlyInA.length)} are only in ${a}`,
    `${count(({ onlyInB }) => onlyInB.length)} only in ${b}`,
  ];
  const notes = [
    ...(explained > 0 ? [`${explained} differences are explained by extends (--all shows them).`] : []),
    ...(unmanaged > 0 ? [`${unmanaged} values are not managed by the environment.`] : []),
  ];
  return [`${isSame ? `No differences: ${pairs}` : `${pairs}, ${differences.join(', ')}`}.`, ...notes].join(' ');
}
