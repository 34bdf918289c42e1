import MarkdownIt from 'markdown-it';
import { toDriftMarkdown } from '../../src/drift/drift-markdown';
import { driftReport, type DriftReport, type LastChange } from '../../src/drift/drift-schema';
import { toText } from '../../src/drift/drift-text';

const nothing: DriftReport = {
  version: 1,
  environment: 'production',
  system: 'vicidial.example.com/api',
  result: 'none',
  reader: 'database',
  state: 'pulled',
  authors: 'log',
  notes: [],
  counts: { declared: 3, found: 3, managed: 3, managedPercent: 100, ignored: 0, elsewhere: {} },
  changed: [],
  missing: [],
  unmanaged: [],
  hidden: [],
  notApplied: [],
};

const awkward = '`a` | <b>x</b>\n# y\n<!-- --> ~~~ ```` [l](http://x) @team \u202e end';
const lastChange: LastChange = {
  at: '2026-11-20 10:00:00',
  user: awkward,
  action: 'MODIFY',
  by: 'admin pages',
  isReader: false,
  mayBeOf: ['10.0.0.12'],
};

const drifted: DriftReport = {
  ...nothing,
  result: 'drift',
  notes: [awkward],
  changed: [
    {
      type: 'phone',
      key: `10.0.0.11/${awkward}`,
      name: `east/${awkward}`,
      place: { file: 'environments/production.yaml', line: 7 },
      fields: [{ name: 'phone_full_name', isSecret: false, declared: 'Desk', applied: 'Old', found: awkward }],
      lastChange,
    },
    {
      type: 'phone',
      key: '10.0.0.11/2',
      name: 'east/2',
      fields: [{ name: 'phone_pass', isSecret: true, declared: null, applied: null, found: null }],
    },
  ],
  missing: [{ type: 'phone alias', key: 'desks', name: 'alias:desks' }],
  unmanaged: [{ type: 'phone', key: '10.0.0.11/3', lastChange }],
  hidden: [{ type: 'phone', key: '10.0.0.11/4', name: 'east/4' }],
  notApplied: [{ type: 'phone', key: '10.0.0.11/5', name: 'east/5', action: 'create', fields: [] }],
  importEntries: `phones:\n  - { server: east, extension: '3', phone_full_name: ${JSON.stringify(awkward)} }\n\`\`\`\n<script>\n`,
};

const options = { limit: 65_000 };

describe('Markdown', () => {
  test('begins with a marker by environment, and says in its second line whether there is drift', () => {
    expect(toDriftMarkdown(nothing, options).split('\n').slice(0, 3)).toEqual([
      '<!-- phonestate drift: production -->',
      '<!-- phonestate drift result: none -->',
      '## production: no drift',
    ]);
    const odd = toDriftMarkdown({ ...drifted, environment: 'a--> <b' }, options).split('\n');
    expect(odd.slice(0, 2)).toEqual([
      '<!-- phonestate drift: a%2D%2D%3E%20%3Cb -->',
      '<!-- phonestate drift result: drift -->',
    ]);
  });

  test('shows every object once, and no value breaks it', () => {
    const text = toDriftMarkdown(drifted, options);
    const html = new MarkdownIt({ html: true }).render(text);
    expect(html).not.toMatch(/<b>|<h1>|<script>|<a |<del>/u);
    expect(html.match(/<h[123]>[^<]*/gu)).toEqual([
      '<h2>production: drift',
      '<h3>Changed on the system (2)',
      '<h3>Missing on the system (1)',
      '<h3>Not managed (1)',
      '<h3>Hidden from the API user (1)',
      '<h3>Not applied yet: no drift (1)',
    ]);
    expect(text).not.toContain('\u202e');
    for (const each of ['\\u202e', 'desks', 'east/4', 'east/5', 'phone_pass: not the one that was applied'])
      expect(text).toContain(each);
  });

  test('links to the line of the file', () => {
    expect(toDriftMarkdown(drifted, { ...options, linkBase: 'https://git.example.com/blob/main/' })).toContain(
      '](https://git.example.com/blob/main/environments/production.yaml#L7)',
    );
  });

  test('fits the limit, and says how many objects are not listed', () => {
    const unmanaged = Array.from({ length: 5000 }, (_, index) => ({
      type: 'phone' as const,
      key: `10.0.0.11/${index}`,
    }));
    const text = toDriftMarkdown(
      { ...drifted, changed: [], unmanaged, importEntries: 'x\n'.repeat(9000) },
      { limit: 5000 },
    );
    expect(text.length).toBeLessThanOrEqual(5000);
    expect(text).toContain('### Not managed (5000)');
    const listed = text.match(/^- phone `10\.0\.0\.11\/\d+`$/gmu)?.length ?? 0;
    expect(text).toContain(`- ${5000 - listed} more, which do not fit here`);
    expect(text).toContain('### Not applied yet: no drift (1)');
    expect(text).toContain('phonestate drift prints them');
  });
});

test('text is one line for each object, with the values quoted', () => {
  const lines = toText(drifted).split('\n');
  expect(lines.join('\n')).not.toContain('\u202e');
  expect(lines).toContain('    phone_pass: not the one that was applied');
  expect(lines.some((each) => each.includes('declared "Desk", found "`a` | <b>x</b>\\n# y'))).toBe(true);
  expect(lines.some((each) => each.includes('applied "Old"'))).toBe(true);
  expect(lines.some((each) => each.includes('in the admin pages, 2026-11-20 10:00:00; the log names no server'))).toBe(
    true,
  );
});

test('the reports of these tests have the form of the schema', () => {
  expect(driftReport.parse(drifted)).toEqual(drifted);
});
