/**
 * A report as Markdown, for a comment on a pull request. Comments have a limit of characters: a report that is longer is
 * written with less detail, in levels. What identifies it, and whether it may be approved, always fits.
 */
import { code, plain } from './markdown-text';
import { levels, sections, type Level } from './markdown-sections';
import { wellFormed } from './origins';
import type { Report } from './report-schema';
import { countsLine, title } from './words';

export interface MarkdownOptions {
  /** The most characters. */
  readonly limit: number;
  /** The start of links to files, such as `https://git.example.com/phones/blob/main/`; without it there are no links. */
  readonly linkBase?: string | undefined;
}

interface Written {
  readonly report: Report;
  readonly level: Level;
  readonly head: string;
  readonly sections: readonly string[];
}

/** Writes reports as one Markdown text. */
export function toMarkdown(reports: readonly Report[], { limit, linkBase }: MarkdownOptions): string {
  const first = marker(reports);
  const available = limit - first.length - 1;
  let written = reports.map((report) => write(report, 'full', linkBase));
  for (;;) {
    if (totalLength(written) <= available) break;
    // The longest one is shortened first, so that a short report beside a long one stays whole.
    const reducible = written.filter(({ level }) => level !== 'counts').sort((a, b) => lengthOf(b) - lengthOf(a));
    const [largest] = reducible;
    if (!largest) break;
    written = written.map((each) => (each === largest ? write(each.report, nextLevel(each.level), linkBase) : each));
  }
  const room = available - sum(written.map(({ head }) => head.length + 2));
  const share = Math.floor(room / Math.max(1, written.length));
  const fits = totalLength(written) <= available;
  return [first, ...written.map((each) => textOf(each, fits ? Infinity : share))].join('\n') + '\n';
}

/** By this line a program recognises its own comment, to replace it. */
function marker(reports: readonly Report[]): string {
  // Two hyphens end a comment in HTML. Sorted, as the order of the reports depends on their results.
  const names = reports.map(({ environment }) => encodeURIComponent(wellFormed(environment)).replaceAll('-', '%2D'));
  return `<!-- phonestate report: ${names.sort().join(' ')} -->`;
}

function write(report: Report, level: Level, linkBase: string | undefined): Written {
  return {
    report,
    level,
    head: head(report, level),
    sections: sections(report, level, linkBase).map((lines) => lines.join('\n')),
  };
}

function head(report: Report, level: Level): string {
  const { fingerprint, counts } = report;
  const unlisted = level === 'counts' ? counts.destroy + counts.replace + counts.forget + counts.adopt : 0;
  const isApprovable = report.result === 'changes' || report.result === 'no-changes';
  return [
    unlisted > 0 && isApprovable
      ? `## ${plain(report.environment)}: not approvable, ${unlisted} objects are not listed`
      : `## ${plain(title(report))}`,
    '',
    plain(countsLine(report)),
    ...(fingerprint === undefined ? [] : ['', `Fingerprint: ${code(fingerprint)}`]),
  ].join('\n');
}

function nextLevel(level: Level): Level {
  return levels[levels.indexOf(level) + 1] ?? 'counts';
}

function textOf({ head: first, sections: rest }: Written, room: number): string {
  const notice =
    'The rest of this report does not fit, so it is not approvable as it stands: read it with --html or --json.';
  if (sum(rest.map(({ length }) => length + 2)) <= room) return [first, ...rest].join('\n\n');
  const shown: string[] = [];
  for (const each of rest) {
    const length = sum([...shown, each, notice].map((text) => text.length + 2));
    if (length > room) break;
    shown.push(each);
  }
  return [first, ...shown, ...(notice.length + 2 <= room ? [notice] : [])].join('\n\n');
}

function totalLength(written: readonly Written[]): number {
  return sum(written.map(lengthOf));
}

function lengthOf(written: Written): number {
  return textOf(written, Infinity).length + 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
