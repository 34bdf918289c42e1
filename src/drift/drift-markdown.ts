/**
 * A drift report as Markdown, for one issue of each environment: a program finds the issue by the first line, updates it, and
 * closes it where the second line says that there is no drift. Issues have a limit of characters: lists are cut, and their
 * headings have the whole numbers.
 */
import { block, code, details, plain } from '../report/markdown-text';
import { linkTo, placeOf, wellFormed } from '../report/origins';
import type { DriftObject, DriftReport, FoundObject } from './drift-schema';
import { describeAuthor, describeField, nameOf, unappliedWords, summary } from './words';

export interface DriftMarkdownOptions {
  /** The most characters. */
  readonly limit: number;
  /** The start of links to files; without it there are no links. */
  readonly linkBase?: string | undefined;
}

interface Section {
  readonly heading: string;
  /** One for each object, of one or more lines. */
  readonly items: readonly string[];
}

/** Characters that each section has in any case: for its heading, and for what says that its list was cut. */
const reserve = 150;

/** Writes the report. */
export function toDriftMarkdown(report: DriftReport, { limit, linkBase }: DriftMarkdownOptions): string {
  const { environment, result, notes, importEntries } = report;
  const head = [
    marker(environment),
    `<!-- phonestate drift result: ${result} -->`,
    `## ${plain(environment)}: ${result === 'none' ? 'no drift' : 'drift'}`,
    '',
    plain(summary(report)),
    ...notes.flatMap((each) => ['', `> ${plain(each)}`]),
  ].join('\n');
  const parts = [head];
  let room = limit - head.length;
  const sections = sectionsOf(report, linkBase);
  for (const [index, section] of sections.entries()) {
    // So that what comes later is at least counted.
    const text = sectionText(section, room - reserve * (sections.length - index + 1));
    if (text.length > room) continue;
    parts.push(text);
    room -= text.length + 2;
  }
  if (importEntries !== undefined) {
    const entries = details('Entries that import what is not managed', [block(importEntries.trimEnd())]).join('\n');
    const short = 'The entries that import what is not managed do not fit here: phonestate drift prints them.';
    const text = entries.length < room - 2 ? entries : short;
    if (text.length < room - 2) parts.push(text);
  }
  return `${parts
    .join('\n\n')
    .slice(0, limit - 1)
    .trimEnd()}\n`;
}

/** Two hyphens end a comment in HTML. */
function marker(environment: string): string {
  return `<!-- phonestate drift: ${encodeURIComponent(wellFormed(environment)).replaceAll('-', '%2D')} -->`;
}

function sectionsOf(report: DriftReport, linkBase: string | undefined): Section[] {
  const { changed, missing, unmanaged, hidden, notApplied } = report;
  const item = (object: DriftObject, ...more: readonly string[]) => [line(object, linkBase), ...more].join('\n');
  const sub = (text: string) => `  - ${text}`;
  const author = ({ lastChange }: FoundObject) => (lastChange ? [sub(describeAuthor(lastChange, code))] : []);
  return [
    {
      heading: 'Changed on the system',
      items: changed.map((each) =>
        item(each, ...each.fields.map((field) => sub(describeField(field, code))), ...author(each)),
      ),
    },
    { heading: 'Missing on the system', items: missing.map((each) => item(each, ...author(each))) },
    { heading: 'Not managed', items: unmanaged.map((each) => item(each, ...author(each))) },
    { heading: 'Hidden from the API user', items: hidden.map((each) => item(each)) },
    {
      heading: 'Not applied yet: no drift',
      items: notApplied.map((each) => {
        const names = each.fields.map(({ name }) => code(name)).join(', ');
        return `${item(each)} ${unappliedWords[each.action]}${names === '' ? '' : `: ${names}`}`;
      }),
    },
  ].filter(({ items }) => items.length > 0);
}

function line(object: DriftObject, linkBase: string | undefined): string {
  const { type, name, key } = nameOf(object);
  const link = object.place && linkTo(object.place, linkBase);
  const shown = link === undefined ? code(name) : `[${code(name)}](${link})`;
  const place = object.place && link === undefined ? `, ${code(placeOf(object.place))}` : '';
  return `- ${type} ${shown}${key === undefined ? '' : ` (${code(key)})`}${place}`;
}

function sectionText({ heading, items }: Section, room: number): string {
  const shown: string[] = [];
  let length = 0;
  for (const each of items) {
    length += each.length + 1;
    if (length > room) break;
    shown.push(each);
  }
  const left = items.length - shown.length;
  return [
    `### ${heading} (${items.length})`,
    '',
    ...shown,
    ...(left > 0 ? [`- ${left} more, which do not fit here`] : []),
  ].join('\n');
}
