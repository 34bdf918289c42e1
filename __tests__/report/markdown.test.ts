/** Markdown within a limit of characters. */
import { toMarkdown } from '../../src/report/markdown';
import { code, plain } from '../../src/report/markdown-text';
import { parsePlan } from '../../src/report/plan-file';
import { makeReport, type ReportInput } from '../../src/report/report';
import type { Report } from '../../src/report/report-schema';
import { resourceChange, samplePlan, storedPhone } from '../../testing/sample-plan';
import { mixedPlan, samplePlans } from '../../testing/sample-plans';

const variables = { PHONESTATE_FINGERPRINT_KEY: 'a key of the pipeline' };

function reportOf(plan: string, more: Partial<ReportInput> = {}): Report {
  return makeReport({ environment: 'production', plan: parsePlan(plan, 'plan.json'), ...more }, variables);
}

const planOf = (name: string) => samplePlans[name]?.plan ?? '';

/** Destroys of extensions that follow no order, on two servers. */
const scattered = samplePlan(
  Array.from({ length: 3000 }, (_, index) => {
    const phone = storedPhone(String(100_000 + index * 3), { server_ip: index % 3 === 0 ? '10.0.0.12' : '10.0.0.11' });
    return resourceChange(`vicidial_phone.phone-${index}`, ['delete'], phone, null);
  }),
);

test.each([
  [65_000, 'each key', (text: string) => text.match(/^- `10\.0\.0\.11\/\d+`$/gmu)?.length === 2000],
  [40_000, 'ranges for each server', (text: string) => /^- `10\.0\.0\.11: 100003, 100006, 100012/mu.test(text)],
  [2000, 'exact numbers for each server', (text: string) => text.includes('- `10.0.0.11`: 2000\n- `10.0.0.12`: 1000')],
])('within %i characters destroys are shown as %s', (limit, _name, shows) => {
  const text = toMarkdown([reportOf(scattered)], { limit });
  expect(text.length).toBeLessThanOrEqual(limit);
  expect(shows(text)).toBe(true);
});

test('destroys that are only counted are not approvable, by title and heading', () => {
  const text = toMarkdown([reportOf(scattered)], { limit: 2000 });
  expect(text).toContain('## production: not approvable, 3000 objects are not listed');
  expect(text).toContain('(3000): 3000 not listed, so this is not approvable');
});

const longReports = [scattered, mixedPlan, planOf('many different changes'), planOf('errors with a log')].map((plan) =>
  reportOf(plan),
);

test.each([20_000, 3000, 400, 350])('marker, headline and fingerprint fit into %i characters', (limit) => {
  for (const report of longReports) {
    const text = toMarkdown([report], { limit });
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text.startsWith('<!-- phonestate report: production -->\n## production: ')).toBe(true);
    expect(text).toContain(report.fingerprint ?? '## production: plan failed');
  }
});

test('changes of many phones that are alike are one line', () => {
  const text = toMarkdown([reportOf(planOf('many changes'))], { limit: 65_000 });
  expect(text).toContain('- `outbound_cid` `7275551212` → `7275559999` on 2000 phones: `10.0.0.11: 10000–11999`');
});

test('new phones are folded one by one where they fit, and ranges where they do not', () => {
  const report = reportOf(mixedPlan);
  expect(toMarkdown([report], { limit: 65_000 })).toContain('<details><summary><code>10.0.0.11/30000</code>');
  const short = toMarkdown([report], { limit: 4000 });
  expect(short).toContain('- `10.0.0.11: 30000–30003`');
  expect(short).toContain(
    '- `10.0.0.11/20000` (`vicidial_phone.phone-20000`): it is not in the configuration any more',
  );
});

test('a short report beside a long one stays whole', () => {
  const [long, short] = [reportOf(scattered), reportOf(planOf('update'), { environment: 'staging' })];
  const text = toMarkdown([long, short], { limit: 10_000 });
  expect(text.length).toBeLessThanOrEqual(10_000);
  expect(text).toContain('`outbound_cid` `7275551212` → `7275559999`');
});

test('the marker names the environments, in the same order whatever their results are', () => {
  const [a, b] = ['a--b/ü', 'c'].map((environment) => reportOf(planOf('update'), { environment }));
  if (!a || !b) throw new Error('Both exist.');
  const [first] = toMarkdown([b, a], { limit: 65_000 }).split('\n');
  expect(first).toBe('<!-- phonestate report: a%2D%2Db%2F%C3%BC c -->');
});

test('a report without changes has the marker and says so, to replace an old comment', () => {
  const text = toMarkdown([reportOf(planOf('no changes'))], { limit: 65_000 });
  expect(text).toContain('<!-- phonestate report: production -->\n## production: no changes\n\nNo changes.');
});

test('objects link to file and line, or name them where the git server is not known', () => {
  const report = reportOf(planOf('destroy'), {
    origins: { 'vicidial_phone.phone-55000': { file: 'environments/a (b).yaml', line: 7 } },
  });
  expect(toMarkdown([report], { limit: 65_000, linkBase: 'https://git.example.com/x/blob/main' })).toContain(
    '[`10.0.0.11/55000`](https://git.example.com/x/blob/main/environments/a%20%28b%29.yaml#L7)',
  );
  expect(toMarkdown([report], { limit: 65_000 })).toContain('`environments/a (b).yaml:7`');
});

test('a line of a base at a Git ref has no link: it is of another commit', () => {
  const origins = { 'vicidial_phone.phone-55000': { file: 'environments/production.yaml@v1.4', line: 7 } };
  const text = toMarkdown([reportOf(planOf('destroy'), { origins })], {
    limit: 65_000,
    linkBase: 'https://git.example.com',
  });
  expect(text).toContain('`10.0.0.11/55000` (`vicidial_phone.phone-55000`, `environments/production.yaml@v1.4:7`)');
});

test.each([
  ['', '`""`'],
  ['a`b', '`` a`b ``'],
  ['``', '``` `` ```'],
  [' a ', '`  a  `'],
  ['a\nb', '`a\\nb`'],
  ['a\u202Eb', '`a\\u202eb`'],
])('%p as code is %s', (value, written) => {
  expect(code(value)).toBe(written);
});

test.each([
  ['- a', '\\- a'],
  ['1. a', '1\\. a'],
  ['see #12 and @team', 'see \\#<!-- -->12 and \\@<!-- -->team'],
  ['https://a.example', 'https\\://a.example'],
  ['<b>', '\\<b\\>'],
])('%p as a sentence is %s', (text, written) => {
  expect(plain(text)).toBe(written);
});
