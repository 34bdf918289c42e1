/** The sections of a report in Markdown, at each level of detail. */
import { keyRanges } from './key-ranges';
import { describeExceeded } from './limits';
import { block, code, details, escapeHtml, plain } from './markdown-text';
import { linkTo, placeOf } from './origins';
import { kinds, type Change, type FieldChange, type Kind, type LogDiagnostic, type Report } from './report-schema';
import { alike, firstReadLine, headings, objectCount, reasonOf } from './words';

/**
 * How much is shown. `full`: everything. `grouped`: new objects as ranges. `keys`: destroys without reasons, other changes
 * as names of attributes. `ranges`: destroys as ranges for each server, other changes as numbers. `counts`: numbers only.
 */
export const levels = ['full', 'grouped', 'keys', 'ranges', 'counts'] as const;
export type Level = (typeof levels)[number];

/** Kinds that a reviewer has to see one by one, as long as there is space. */
const singular: readonly Kind[] = ['destroy', 'replace', 'adopt', 'forget'];

/** A list of more lines is folded. */
const maxOpenLines = 40;

interface Context {
  readonly report: Report;
  readonly level: Level;
  readonly linkBase: string | undefined;
}

/** The sections of a report, each as lines; failures first. */
export function sections(report: Report, level: Level, linkBase: string | undefined): string[][] {
  const { notes, exceeded, checks, diagnostics, outputs } = report;
  const firstRead = firstReadLine(report);
  const context = { report, level, linkBase };
  const isBrief = level === 'ranges' || level === 'counts';
  return [
    notes.map((each) => `> ${plain(each)}\n`),
    list(
      'Limits that are exceeded',
      exceeded.map((each) => plain(describeExceeded(each))),
    ),
    failures(diagnostics, level),
    ...kinds.map((kind) => kindSection(kind, context)),
    list(
      'Checks that failed',
      isBrief
        ? numberOf(checks.length, 'not listed here')
        : checks.map(({ name, status, messages }) => [code(name), status, ...messages.map(plain)].join(': ')),
    ),
    list('Outputs', isBrief ? numberOf(outputs.length, 'not listed here') : outputs.map(fieldText)),
    list('Changed outside of Terraform', driftLines(report, level)),
    firstRead === undefined ? [] : [firstRead],
  ].filter((each) => each.length > 0);
}

function list(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${heading}`, '', ...folded(lines.map((line) => `- ${line}`))];
}

function folded(lines: readonly string[]): string[] {
  return lines.length > maxOpenLines ? details(`${lines.length} lines`, lines) : [...lines];
}

function numberOf(count: number, text: string): string[] {
  return count === 0 ? [] : [`${count}, ${text}`];
}

function failures(diagnostics: Report['diagnostics'], level: Level): string[] {
  const shown = diagnostics.filter(({ severity }) => severity === 'error' || level === 'full');
  if (shown.length === 0) return [];
  const errors = shown.filter(({ severity }) => severity === 'error').length;
  if (level === 'counts') return ['### Errors', '', `- ${errors}, not listed here`];
  return ['### Errors and warnings', '', ...shown.flatMap((each) => diagnosticLines(each, level))];
}

function diagnosticLines({ severity, summary, detail, address, place }: LogDiagnostic, level: Level): string[] {
  const where = [...(address === undefined ? [] : [code(address)]), ...(place === undefined ? [] : [code(place)])];
  const line = `- **${plain(severity)}**: ${plain(summary)}${where.length === 0 ? '' : ` (${where.join(', ')})`}`;
  if (detail === '' || level === 'ranges') return [line];
  // The last line of a detail names the object.
  const object = detail.split('\n').findLast((each) => each.startsWith('Object: '));
  if (level !== 'full') return [object === undefined ? line : `${line}: ${code(object)}`];
  return [
    line,
    '',
    ...block(detail)
      .split('\n')
      .map((each) => `  ${each}`),
    '',
  ];
}

function kindSection(kind: Kind, context: Context): string[] {
  const { level } = context;
  const changes = context.report.changes.filter((each) => each.kinds.includes(kind));
  if (changes.length === 0) return [];
  const heading = `### ${headings[kind]} (${changes.length})`;
  const isSingular = singular.includes(kind);
  if (level === 'counts' && isSingular)
    return [`${heading}: ${changes.length} not listed, so this is not approvable`, '', ...countLines(changes)];
  if (level === 'counts' || (level === 'ranges' && !isSingular)) return [heading, '', ...countLines(changes)];
  return [heading, '', ...(isSingular ? singularLines : pluralLines)(kind, changes, context)];
}

/** Exact numbers, where even ranges do not fit. */
function countLines(changes: readonly Change[]): string[] {
  const byGroup = new Map<string, number>();
  for (const { group } of changes) byGroup.set(group, (byGroup.get(group) ?? 0) + 1);
  return [...byGroup].sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, count]) => `- ${code(group)}: ${count}`);
}

function singularLines(kind: Kind, changes: readonly Change[], context: Context): string[] {
  const { level } = context;
  if (level === 'ranges') return rangeLines(changes);
  if (level === 'keys') return folded(changes.map(({ key }) => `- ${code(key)}`));
  const lines = changes.map((change) => {
    const reason = kind === 'destroy' || kind === 'replace' ? reasonOf(change) : undefined;
    const shown = kind === 'replace' || kind === 'adopt' ? change.fields : [];
    return [
      `- ${objectText(change, context)}${reason === undefined ? '' : `: ${plain(reason)}`}`,
      ...(level === 'full' ? shown.map((field) => `  - ${fieldText(field)}`) : []),
    ].join('\n');
  });
  return folded(lines);
}

function pluralLines(kind: Kind, changes: readonly Change[], context: Context): string[] {
  const { level } = context;
  if (kind === 'create' && level !== 'full') return rangeLines(changes);
  if (kind === 'create')
    return changes.flatMap((each) =>
      details(
        objectHtml(each, context),
        each.fields.map((field) => `- ${fieldText(field)}`),
      ),
    );
  if (level === 'keys') return alike(changes, fieldNames).flatMap((group) => namesLine(group.changes));
  if (kind === 'move') return folded(changes.map((each) => `- ${moveText(each)}`));
  return folded(alike(changes).map(({ fields, changes: group }) => `- ${alikeText(fields, group, context)}`));
}

function rangeLines(changes: readonly Change[]): string[] {
  return keyRanges(changes.map(({ key }) => key)).map((line) => `- ${code(line)}`);
}

function fieldNames({ fields }: Change): string[] {
  return fields.map(({ name }) => name);
}

function namesLine(group: readonly Change[]): string[] {
  const names = (group[0] ? fieldNames(group[0]) : []).map(code).join(', ');
  return [`- ${names === '' ? 'without a change' : names} on ${objectCount(group)}: ${rangesText(group)}`];
}

function rangesText(group: readonly Change[]): string {
  return keyRanges(group.map(({ key }) => key))
    .map(code)
    .join('; ');
}

function alikeText(fields: readonly FieldChange[], group: readonly Change[], context: Context): string {
  const [only] = group;
  const texts = fields.map(fieldText).join(', ');
  if (only && group.length === 1) return `${objectText(only, context)}${texts === '' ? '' : `: ${texts}`}`;
  return `${texts === '' ? 'without a change' : texts} on ${objectCount(group)}: ${rangesText(group)}`;
}

function objectText({ key, address }: Change, { report, linkBase }: Context): string {
  const origin = report.origins[address];
  const link = origin && linkTo(origin, linkBase);
  const name = link === undefined ? code(key) : `[${code(key)}](${link})`;
  const place = origin && link === undefined ? placeOf(origin) : undefined;
  const parts = [...(key === address ? [] : [code(address)]), ...(place === undefined ? [] : [code(place)])];
  return parts.length === 0 ? name : `${name} (${parts.join(', ')})`;
}

/** Within the summary of a fold Markdown is not read. */
function objectHtml({ key, address }: Change, { report, linkBase }: Context): string {
  const origin = report.origins[address];
  const link = origin && linkTo(origin, linkBase);
  const name = `<code>${escapeHtml(key)}</code>`;
  const linked = link === undefined ? name : `<a href="${escapeHtml(link)}">${name}</a>`;
  const place = origin && link === undefined ? placeOf(origin) : undefined;
  return `${linked} (<code>${escapeHtml(address)}</code>${place === undefined ? '' : `, ${escapeHtml(place)}`})`;
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
  if (level === 'counts' || level === 'ranges') return numberOf(drift.length, 'not listed here');
  return drift.map(({ key, isDeleted, fields }) => {
    if (isDeleted) return `${code(key)}: does not exist any more`;
    return `${code(key)}: ${fields.map(level === 'full' ? fieldText : ({ name }) => code(name)).join(', ')}`;
  });
}
