/** A report as a page: one file that loads nothing, with a filter and a search. Without scripts it shows everything. */
import { createHash } from 'node:crypto';
import { keyRanges } from './key-ranges';
import { describeExceeded } from './limits';
import { escapeHtml } from './markdown-text';
import { linkTo, placeOf } from './origins';
import { pageScript } from './page-script';
import { pageStyle } from './page-style';
import { kinds, type Change, type FieldChange, type Kind, type Report } from './report-schema';
import {
  alike,
  counted,
  countsLine,
  firstReadLine,
  headings,
  objectCount,
  reasonOf,
  title,
  type AlikeChanges,
} from './words';

/** What the page does besides the kinds of changes; each can be hidden. */
const others = { drift: 'changed outside', check: 'checks', error: 'errors', output: 'outputs' } as const;

interface Context {
  readonly report: Report;
  readonly index: number;
  readonly linkBase: string | undefined;
}

/** Writes reports as one page. */
export function toPage(reports: readonly Report[], linkBase?: string): string {
  const name = reports.map(title).join('; ');
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hash(pageStyle)}; script-src ${hash(pageScript)}; img-src data:; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<link rel="icon" href="data:,">',
    `<title>${escapeHtml(name)}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#report-0">Skip to the report</a>',
    `<header><h1>Plan report</h1>${reports.length > 1 ? contents(reports) : ''}</header>`,
    filter(reports),
    '<main>',
    ...reports.map((report, index) => section({ report, index, linkBase })),
    '</main>',
    `<script>${pageScript}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** The browser runs this text and no other. */
function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function contents(reports: readonly Report[]): string {
  const items = reports.map((report, index) => `<li><a href="#report-${index}">${escapeHtml(title(report))}</a></li>`);
  return `<nav aria-label="Environments"><ul>${items.join('')}</ul></nav>`;
}

function filter(reports: readonly Report[]): string {
  const count = (kind: Kind) => reports.reduce((total, { counts }) => total + counts[kind], 0);
  const total = (list: (report: Report) => readonly unknown[]) =>
    reports.reduce((sum, report) => sum + list(report).length, 0);
  const rows: (readonly [string, string, number])[] = [
    ...kinds.map((kind) => [kind, counted[kind], count(kind)] as const),
    ['error', others.error, total(({ diagnostics }) => diagnostics)],
    ['check', others.check, total(({ checks }) => checks)],
    ['output', others.output, total(({ outputs }) => outputs)],
    ['drift', others.drift, total(({ drift }) => drift)],
  ];
  const boxes = rows
    .filter(([, , number]) => number > 0)
    .map(
      ([kind, words, number]) =>
        `<label class="box"><input type="checkbox" value="${kind}" checked> ${words} (${number})</label>`,
    );
  // Without scripts it would do nothing.
  return `<search hidden id="filter"><form>
<label for="search">Search objects, attributes and values</label>
<input type="search" id="search" autocomplete="off" spellcheck="false">
<fieldset><legend>Show</legend>${boxes.join('')}</fieldset>
<button type="reset">Show all</button>
<p role="status" id="status"></p>
</form></search>`;
}

function section(context: Context): string {
  const { report, index } = context;
  const { notes, exceeded, fingerprint, result } = report;
  const firstRead = firstReadLine(report);
  return [
    `<section class="report" id="report-${index}" aria-labelledby="title-${index}">`,
    `<h2 id="title-${index}" class="result ${result}">${escapeHtml(title(report))}</h2>`,
    `<p class="counts">${escapeHtml(countsLine(report))}</p>`,
    ...(fingerprint === undefined
      ? []
      : [`<p class="fingerprint">Fingerprint: <code>${escapeHtml(fingerprint)}</code></p>`]),
    ...notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`),
    ...(exceeded.length === 0
      ? []
      : [
          `<div class="note"><h3>Limits that are exceeded</h3><ul>${exceeded.map((each) => `<li>${escapeHtml(describeExceeded(each))}</li>`).join('')}</ul></div>`,
        ]),
    part(context, 'error', 'Errors and warnings', report.diagnostics.map(diagnosticItem)),
    ...kinds.map((kind) => kindPart(context, kind)),
    part(
      context,
      'check',
      'Checks that failed',
      report.checks.map(({ name, status, messages }) =>
        item(`<code>${escapeHtml(name)}</code>: ${escapeHtml([status, ...messages].join(': '))}`),
      ),
    ),
    part(
      context,
      'output',
      'Outputs',
      report.outputs.map((each) => item(fieldHtml(each))),
    ),
    part(context, 'drift', 'Changed outside of Terraform', driftItems(report)),
    ...(firstRead === undefined ? [] : [`<p>${firstRead}</p>`]),
    '</section>',
  ]
    .filter((each) => each !== '')
    .join('\n');
}

function part({ index }: Context, kind: string, heading: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const id = `${kind}-${index}`;
  return `<section class="part ${kind}" data-kind="${kind}" aria-labelledby="${id}">
<h3 id="${id}">${escapeHtml(heading)}</h3>
<ul>
${items.join('\n')}
</ul>
</section>`;
}

function kindPart(context: Context, kind: Kind): string {
  const changes = context.report.changes.filter((each) => each.kinds.includes(kind));
  const groups =
    kind === 'update' || kind === 'import' || kind === 'adopt'
      ? alike(changes)
      : changes.map((each) => ({ fields: each.fields, changes: [each] }));
  const items = groups.map((group) =>
    group.changes.length > 1 ? groupItem(group, context) : changeItem(group, kind, context),
  );
  return part(context, kind, `${headings[kind]} (${changes.length})`, items);
}

function groupItem({ fields, changes }: AlikeChanges, context: Context): string {
  const ranges = keyRanges(changes.map(({ key }) => key)).join('; ');
  const rows = changes.map((each) => item(objectHtml(each, context)));
  return `<li class="group">${fieldsHtml(fields)}
<details><summary>${escapeHtml(`${objectCount(changes)}: ${ranges}`)}</summary>
<ul>
${rows.join('\n')}
</ul></details></li>`;
}

function changeItem({ changes: [change] }: AlikeChanges, kind: Kind, context: Context): string {
  if (!change) return '';
  const { previousAddress, importId, key } = change;
  const reason = kind === 'destroy' || kind === 'replace' ? reasonOf(change) : undefined;
  return item(
    [
      objectHtml(change, context),
      ...(reason === undefined ? [] : [`<p>${escapeHtml(reason)}</p>`]),
      ...(kind === 'move' && previousAddress !== undefined
        ? [`<p>moved from <code>${escapeHtml(previousAddress)}</code></p>`]
        : []),
      ...(kind === 'import' && importId !== undefined && importId !== key
        ? [`<p>imported as <code>${escapeHtml(importId)}</code></p>`]
        : []),
      fieldsHtml(change.fields),
    ].join(''),
  );
}

function item(content: string): string {
  return `<li class="item">${content}</li>`;
}

function objectHtml({ key, address }: Change, { report, linkBase }: Context): string {
  const origin = report.origins[address];
  const link = origin && linkTo(origin, linkBase);
  const place = origin ? escapeHtml(placeOf(origin)) : '';
  const linked = link === undefined ? place : `<a href="${escapeHtml(link)}">${place}</a>`;
  return [
    `<code class="key">${escapeHtml(key)}</code>`,
    ...(address === key ? [] : [` <code class="address">${escapeHtml(address)}</code>`]),
    ...(linked === '' ? [] : [` <span class="place">${linked}</span>`]),
  ].join('');
}

function fieldsHtml(fields: readonly FieldChange[]): string {
  return fields.length === 0
    ? ''
    : `<ul class="fields">${fields.map((each) => `<li>${fieldHtml(each)}</li>`).join('')}</ul>`;
}

function fieldHtml({ name, before, after }: FieldChange): string {
  const show = (value: string | null) => (value === null ? '(not set)' : value === '' ? '""' : escapeHtml(value));
  const old =
    before === null
      ? ''
      : `<span class="aside">from </span><del>${show(before)}</del> <span aria-hidden="true">→ </span><span class="aside">to </span>`;
  return `<code>${escapeHtml(name)}</code> ${old}<ins>${show(after)}</ins>`;
}

function diagnosticItem({ severity, summary, detail, address, place }: Report['diagnostics'][number]): string {
  const where = [address, place].flatMap((each) => (each === undefined ? [] : [`<code>${escapeHtml(each)}</code>`]));
  const lines = detail.split('\n').map(escapeHtml).join('\n');
  return item(
    `<strong>${escapeHtml(severity)}</strong>: ${escapeHtml(summary)} ${where.join(' ')}${detail === '' ? '' : `<pre>${lines}</pre>`}`,
  );
}

function driftItems({ drift }: Report): string[] {
  return drift.map(({ key, address, isDeleted, fields }) =>
    item(
      `<code class="key">${escapeHtml(key)}</code> <code class="address">${escapeHtml(address)}</code>${isDeleted ? '<p>does not exist any more</p>' : fieldsHtml(fields)}`,
    ),
  );
}
