/** Every format of a report, for plans of every kind: no secret, nothing lost, and no value that breaks the layout. */
import MarkdownIt from 'markdown-it';
import { defaultTreeAdapter, parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { parseReports, toGitlab, toJson } from '../../src/report/formats';
import { toMarkdown } from '../../src/report/markdown';
import { visibleText } from '../../src/report/markdown-text';
import { toPage } from '../../src/report/page';
import { parsePlan } from '../../src/report/plan-file';
import { makeReport } from '../../src/report/report';
import type { Report } from '../../src/report/report-schema';
import { mixedPlan, samplePasswords, samplePlans, type SamplePlan } from '../../testing/sample-plans';

const variables = { PHONESTATE_FINGERPRINT_KEY: 'a key of the pipeline' };
const plans: Readonly<Record<string, SamplePlan>> = { ...samplePlans, mixed: { plan: mixedPlan } };

function reportOf({ plan, log }: SamplePlan): Report {
  return makeReport({ environment: 'production', plan: parsePlan(plan, 'plan.json'), log }, variables);
}

const reports = Object.fromEntries(Object.entries(plans).map(([name, plan]) => [name, reportOf(plan)]));

/** The report of a plan of the samples. */
function sample(name: string): Report {
  const report = reports[name];
  if (!report) throw new Error(`There is no plan ${name}.`);
  return report;
}

const unlimited = (report: Report) => toMarkdown([report], { limit: Infinity });
const formats: readonly (readonly [string, (report: Report) => string])[] = [
  ['Markdown', unlimited],
  ['Markdown of 3,000 characters', (report) => toMarkdown([report], { limit: 3000 })],
  ['a page', (report) => toPage([report])],
  ['JSON', (report) => toJson([report])],
  ['JSON for GitLab', (report) => toGitlab([report])],
];

/** The passwords in all forms in which a format may write them. */
const forbidden = samplePasswords.flatMap((password) => [
  password,
  JSON.stringify(password).slice(1, -1),
  encodeURIComponent(password),
  password.replace(/[&<>"'`]/gu, (character) => `&#${character.charCodeAt(0)};`),
]);

test.each(formats)('%s has no secret of any plan', (_format, write) => {
  for (const name of Object.keys(plans)) {
    const text = write(sample(name));
    for (const secret of [...forbidden, 'agent55', 'device55', 'other-pass']) expect(text).not.toContain(secret);
  }
});

test.each(['create', 'update', 'many different changes', 'many destroys', 'mixed', 'destroy', 'moved', 'forgotten'])(
  'no object is lost in Markdown without a limit, on the page and in JSON: %s',
  (name) => {
    const report = sample(name);
    const page = toPage([report]);
    const [read] = parseReports(toJson([report]), 'report.json');
    expect(read).toEqual(report);
    expect(report.changes.length).toBeGreaterThan(0);
    for (const { address } of report.changes) expect(page).toContain(`>${address}<`);
    if (name === 'mixed') return;
    const markdown = unlimited(report);
    for (const { key } of report.changes) expect(markdown).toContain(key);
  },
);

const renderer = new MarkdownIt({ html: true, linkify: true });

type Node = DefaultTreeAdapterTypes.Node;

/** All elements below a node, with their texts. */
function elements(node: Node): { readonly name: string; readonly text: string }[] {
  const children: Node[] = 'childNodes' in node ? node.childNodes : [];
  const own = defaultTreeAdapter.isElementNode(node) ? [{ name: node.tagName, text: textOf(node) }] : [];
  return [...own, ...children.flatMap(elements)];
}

function textOf(node: Node): string {
  if (defaultTreeAdapter.isTextNode(node)) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** Elements that Markdown makes of a report whose values mean nothing. */
function shapeOf(markdown: string): string[] {
  return elements(parseFragment(renderer.render(markdown))).map(({ name }) => name);
}

test.each(['unicode', 'markdown', 'html', 'fences'])('values cannot break the layout of Markdown: %s', (name) => {
  const plain = { plan: (samplePlans[name]?.plan ?? '').replaceAll(JSON.stringify(valueOf(name)), '"word"') };
  expect(plain.plan).not.toBe(samplePlans[name]?.plan);
  const markdown = unlimited(sample(name));
  expect(shapeOf(markdown)).toEqual(shapeOf(unlimited(reportOf(plain))));
  // Each value is shown whole.
  const codes = elements(parseFragment(renderer.render(markdown))).filter(({ name: tag }) => tag === 'code');
  expect(codes.map(({ text }) => text)).toContain(visibleText(valueOf(name)));
});

test.each(['unicode', 'markdown', 'html', 'fences'])('values cannot break the layout of a page: %s', (name) => {
  const texts = elements(parseFragment(toPage([sample(name)]))).filter(({ name: tag }) => tag === 'ins');
  expect(texts.map(({ text }) => text)).toContain(visibleText(valueOf(name)));
  expect(toPage([sample(name)])).not.toContain('\u202E');
});

/** The value that these plans have in every place. */
function valueOf(name: string): string {
  const { resource_changes: changes } = JSON.parse(samplePlans[name]?.plan ?? '') as {
    resource_changes: { change: { after: { email: string } } }[];
  };
  return changes[0]?.change.after.email ?? '';
}

test('for GitLab a replacement is a create and a delete, and a forgotten object is none of the three', () => {
  expect(JSON.parse(toGitlab([sample('replace')]))).toEqual({ create: 1, update: 0, delete: 1 });
  expect(JSON.parse(toGitlab([sample('forgotten')]))).toEqual({ create: 0, update: 0, delete: 0 });
  expect(JSON.parse(toGitlab([sample('adopt')]))).toEqual({ create: 1, update: 0, delete: 0 });
  expect(JSON.parse(toGitlab([sample('moved server')]))).toEqual({ create: 0, update: 1, delete: 0 });
  expect(JSON.parse(toGitlab([sample('mixed'), sample('destroy')]))).toEqual({ create: 6, update: 301, delete: 6 });
});

test.each([
  ['no JSON', 'Plan: 1 to add', /is not JSON/u],
  ['another version', '{"version":2,"reports":[]}', /expected 1, the version/u],
  ['a plan', mixedPlan, /is not a report/u],
])('a reviewed report is refused with a reason: %s', (_name, text, message) => {
  expect(() => parseReports(text, 'report.json')).toThrow(message);
});
