/**
 * A report as Markdown, for a comment on a pull request. Comments have a limit of characters: a report that is longer is
 * written with less detail, in levels. What identifies it, and whether it may be approved, always fits.
 */
import { kinds, type Change, type FieldChange, type Kind } from './changes';
import { keyRanges } from './key-ranges';
import { describeExceeded } from './limits';
import { block, code, details, plain } from './markdown-text';
import type { Report } from './report';
import { alike, countsLine, headings, objectCount, reasonOf, title } from './words';

export interface MarkdownOptions {
  /** The most characters. */
  readonly limit: number;
  /** The start of links to files, such as `https://git.example.com/phones/blob/main/`; without it there are no links. */
  readonly linkBase?: string | undefined;
}

/**
 * How much is shown. `full`: everything. `grouped`: creates as ranges, other changes that are alike as ranges. `keys`:
 * destroys without reasons, the others as counts of fields. `ranges`: destroys as ranges. `counts`: numbers only.
 */
const levels = ['full', 'grouped', 'keys', 'ranges', 'counts'] as const;
type Level = (typeof levels)[number];

/** Kinds that a reviewer has to see one by one, as long as there is space. */
const singular: readonly Kind[] = ['destroy', 'replace', 'adopt', 'forget'];

/** Writes reports as one Markdown text. */
export function toMarkdown(reports: readonly Report[], { limit, linkBase }: MarkdownOptions): string {
  const heads = reports.map(head);
  const available = limit - heads.join('\n\n').length;
  const share = Math.floor(available / Math.max(1, reports.length));
  return [
    marker(reports),
    ...reports.flatMap((report, index) => [heads[index] ?? '', body(report, share - 100, linkBase)]),
    '',
  ].join('\n');
}

/** By this line a program recognises its own comment, to replace it. */
function marker(reports: readonly Report[]): string {
  const names = reports.map(({ environment }) => environment.replace(/[^\w.-]/gu, '_'));
  return `<!-- phonestate report: ${names.join(' ')} -->`;
}

function head(report: Report): string {
  const { fingerprint } = report;
  return [
    `## ${plain(title(report))}`,
    '',
    countsLine(report),
    ...(fingerprint === undefined ? [] : ['', `Fingerprint: ${code(fingerprint)}`]),
  ].join('\n');
}

function body(report: Report, limit: number, linkBase: string | undefined): string {
  let text = '';
  for (const level of levels) {
    text = sections(report, level, linkBase)
      .map((each) => ['', ...each].join('\n'))
      .join('\n');
    if (text.length <= limit) return text;
  }
  const notice = '\n\nThe rest of this report does not fit. It is not approvable as it stands: open the full report.';
  return text.slice(0, Math.max(0, limit - notice.length)) + notice;
}

function sections(report: Report, level: Level, linkBase: string | undefined): string[][] {
  const { notes, exceeded, checks, diagnostics, drift, firstRead, outputs } = report;
  return [
    notes.map((each) => `> ${plain(each)}`),
    list(
      'Limits that are exceeded',
      exceeded.map((each) => plain(describeExceeded(each))),
    ),
    ...failures(diagnostics, level),
    ...kinds.map((kind) => kindSection(report, kind, level, linkBase)),
    list(
      'Checks that failed',
      checks.map(({ name, status, messages }) => [code(name), status, ...messages.map(plain)].join(': ')),
    ),
    list('Outputs', level === 'full' ? outputs.map((each) => fieldText(each)) : []),
    list('Changed outside of Terraform', driftLines(report, level)),
    firstRead === 0 ? [] : [`Of ${firstRead} objects, attributes were read for the first time. That is no change.`],
    drift.length + firstRead === 0 ? [] : [],
  ].filter((each) => each.length > 0);
}

function list(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${heading}`, '', ...lines.map((line) => `- ${line}`)];
}

function failures(diagnostics: Report['diagnostics'], level: Level): string[][] {
  const shown = diagnostics.filter(({ severity }) => severity === 'error' || level === 'full');
  return shown.length === 0
    ? []
    : [
        [
          '### Errors and warnings',
          '',
          ...shown.flatMap(({ severity, summary, detail, address, place }) => [
            `- **${severity}**: ${plain(summary)}${address === undefined ? '' : ` (${code(address)}${place === undefined ? '' : `, ${plain(place)}`})`}`,
            ...(detail === '' || level !== 'full'
              ? []
              : [
                  '',
                  ...block(detail)
                    .split('\n')
                    .map((line) => `  ${line}`),
                  '',
                ]),
          ]),
        ],
      ];
}

function kindSection(report: Report, kind: Kind, level: Level, linkBase: string | undefined): string[] {
  const changes = report.changes.filter((each) => each.kinds.includes(kind));
  if (changes.length === 0) return [];
  const heading = `### ${headings[kind]} (${changes.length})`;
  const context = { report, kind, linkBase };
  if (level === 'counts') return countSection(heading, changes);
  if (singular.includes(kind)) return [heading, '', ...singularLines(changes, level, context)];
  return [heading, '', ...pluralLines(changes, level, context)];
}

interface LineContext {
  readonly report: Report;
  readonly kind: Kind;
  readonly linkBase: string | undefined;
}

/** Exact numbers, where even ranges do not fit. */
function countSection(heading: string, changes: readonly Change[]): string[] {
  const byGroup = new Map<string, number>();
  for (const { group } of changes) byGroup.set(group, (byGroup.get(group) ?? 0) + 1);
  return [
    `${heading}: none of them is listed, so this is not approvable`,
    '',
    ...[...byGroup].sort().map(([group, count]) => `- ${code(group)}: ${count}`),
  ];
}

function singularLines(changes: readonly Change[], level: Level, context: LineContext): string[] {
  if (level === 'ranges') return keyRanges(changes.map(({ key }) => key)).map((line) => `- ${code(line)}`);
  if (level === 'keys') return changes.map(({ key }) => `- ${code(key)}`);
  return changes.flatMap((change) => {
    const reason = reasonOf(change);
    const shown = context.kind === 'replace' || context.kind === 'adopt' ? change.fields : [];
    return [
      `- ${objectText(change, context)}${reason === undefined ? '' : `: ${plain(reason)}`}`,
      ...(level === 'full' ? shown.map((field) => `  - ${fieldText(field)}`) : []),
    ];
  });
}

function pluralLines(changes: readonly Change[], level: Level, context: LineContext): string[] {
  const { kind } = context;
  const ranged = (group: readonly Change[]) => keyRanges(group.map(({ key }) => key)).map(code);
  if (level === 'ranges' || (level === 'keys' && kind === 'create')) return ranged(changes).map((line) => `- ${line}`);
  if (kind === 'move') return changes.map((each) => `- ${moveText(each)}`);
  if (kind === 'create' && level === 'grouped') return ranged(changes).map((line) => `- ${line}`);
  if (kind === 'create') return changes.flatMap((each) => details(`${objectHtml(each)}`, fieldLines(each)));
  return alike(changes).flatMap(({ fields, changes: group }) => alikeLines(fields, group, level, context, ranged));
}

function fieldLines({ fields }: Change): string[] {
  return fields.map((field) => `- ${fieldText(field)}`);
}

function alikeLines(
  fields: readonly FieldChange[],
  group: readonly Change[],
  level: Level,
  context: LineContext,
  ranged: (group: readonly Change[]) => string[],
): string[] {
  const [only] = group;
  const texts = level === 'keys' ? fields.map(({ name }) => code(name)) : fields.map(fieldText);
  if (only && group.length === 1) {
    return [`- ${objectText(only, context)}${texts.length === 0 ? '' : `: ${texts.join(', ')}`}`];
  }
  const what = texts.length === 0 ? 'without a change' : texts.join(', ');
  return [`- ${what} on ${objectCount(group)}: ${ranged(group).join('; ')}`];
}

function objectText({ key, address }: Change, { report, linkBase }: LineContext): string {
  const origin = report.origins[address];
  const name = code(key);
  const linked =
    origin && linkBase !== undefined ? `[${name}](${encodeURI(`${linkBase}${origin.file}`)}#L${origin.line})` : name;
  return key === address ? linked : `${linked} (${code(address)})`;
}

/** Within the summary of a fold Markdown is not read. */
function objectHtml({ key, address }: Change): string {
  return `<code>${escapeHtml(key)}</code> (<code>${escapeHtml(address)}</code>)`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}

function moveText({ key, previousAddress = '', address, fields }: Change): string {
  const change = fields.length === 0 ? '' : `, with ${fields.map(fieldText).join(', ')}`;
  return `${code(key)}: ${code(previousAddress)} → ${code(address)}${change}`;
}

function fieldText({ name, before, after }: FieldChange): string {
  const show = (value: string | null) => (value === null ? '(not set)' : code(value));
  return before === null ? `${code(name)} = ${show(after)}` : `${code(name)} ${show(before)} → ${show(after)}`;
}

function driftLines({ drift }: Report, level: Level): string[] {
  if (level === 'counts') return drift.length === 0 ? [] : [`${drift.length} objects`];
  return drift.map(({ key, isDeleted, fields }) =>
    isDeleted ? `${code(key)}: does not exist any more` : `${code(key)}: ${fields.map(fieldText).join(', ')}`,
  );
}
