/** The page of a report: valid, complete, and usable in a browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'parse5';
import { toPage } from '../../src/report/page';
import { parsePlan } from '../../src/report/plan-file';
import { makeReport } from '../../src/report/report';
import { Chromium, findChromium } from '../../testing/chromium';
import { mixedPlan, samplePlans } from '../../testing/sample-plans';

const variables = { PHONESTATE_FINGERPRINT_KEY: 'a key of the pipeline' };

function page(plan: string, log?: string): string {
  const origins = { 'vicidial_phone.desk': { file: 'environments/<a b>.yaml', line: 12 } };
  const report = makeReport({ environment: 'prod <b>', plan: parsePlan(plan, 'plan.json'), log, origins }, variables);
  return toPage([report], 'https://git.example.com/phones/blob/main');
}

const small = Object.entries(samplePlans).filter(([name]) => !/^many (?:destroys|different)/u.test(name));

test.each(small)('is valid HTML without anything that loads: %s', (_name, { plan, log }) => {
  const html = page(plan, log);
  const errors: string[] = [];
  parse(html, { onParseError: ({ code, startLine }) => errors.push(`${startLine}: ${code}`) });
  expect(errors).toEqual([]);
  // Of what the page has itself, as values are text.
  expect(html).not.toMatch(/<(?:img|iframe|object|embed|audio|video)\b/u);
  expect(html).not.toMatch(/<\w[^>]*\bsrc=|<link [^>]*href="(?!data:,")/u);
  expect(html.match(/<script>/gu)).toHaveLength(1);
});

test('links objects to file and line', () => {
  expect(page(mixedPlan)).toContain(
    'href="https://git.example.com/phones/blob/main/environments/%3Ca%20b%3E.yaml#L12"',
  );
});

const program = findChromium();
const inBrowser = program === undefined ? describe.skip : describe;
const reason = program === undefined ? ' (skipped: there is no Chromium)' : '';

inBrowser(`in a browser${reason}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'phonestate-page-'));
  const file = join(folder, 'page.html');
  const url = pathToFileURL(file).href;
  let browser: Chromium;

  beforeAll(async () => {
    writeFileSync(file, page(mixedPlan));
    browser = await Chromium.start(program ?? '');
  });
  afterAll(async () => {
    await browser?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await browser.open('about:blank');
    await browser.open(url);
  });

  const status = () => browser.evaluate<string>(`document.getElementById('status').textContent`);
  const headings = () =>
    browser.evaluate<string[]>(
      `[...document.querySelectorAll('h3')].filter((each) => each.checkVisibility()).map((each) => each.textContent)`,
    );

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('is readable at a width of %i in the %s scheme', async (width, scheme) => {
    await browser.show(width, scheme);
    expect(await browser.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const isDark = await browser.evaluate<boolean>(
      `getComputedStyle(document.body).backgroundColor.match(/\\d+/gu).every((each) => each < 64)`,
    );
    expect(isDark).toBe(scheme === 'dark');
    expect(await browser.evaluate<string[]>(lowContrast)).toEqual([]);
    const picture = await browser.screenshot();
    const target = process.env.PHONESTATE_SCREENSHOTS;
    if (target) writeFileSync(join(target, `report-${width}-${scheme}.png`), picture);
    expect(picture.length).toBeGreaterThan(10_000);
  });

  test('search and filter work from the keyboard', async () => {
    expect(await status()).toBe('314 of 314 entries shown');
    await browser.press('/', '/');
    await browser.type('40123');
    await browser.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
    expect(await status()).toBe('1 of 314 entries shown');
    expect(await headings()).toEqual(['Updated (301)']);
    expect(await browser.evaluate(`document.querySelector('details').open`)).toBe(true);
    // Clears the search, as in every search field.
    await browser.press('Escape');
    await browser.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
    expect(await status()).toBe('314 of 314 entries shown');
    await browser.press('Tab');
    await browser.press(' ', ' ');
    expect(await headings()).not.toContain('Destroyed (3)');
    expect(await status()).toBe('311 of 314 entries shown');
  });

  test('words are found in values and in attributes that a group shares', async () => {
    await browser.press('/', '/');
    await browser.type('7275559999 40001');
    await browser.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
    expect(await status()).toBe('1 of 314 entries shown');
  });

  test('a screen reader finds the search, the filter and the sections by name', async () => {
    const { nodes } = await browser.send<{ nodes: { role?: { value: string }; name?: { value: string } }[] }>(
      'Accessibility.getFullAXTree',
    );
    const named = nodes.map(({ role, name }) => `${role?.value ?? ''} ${name?.value ?? ''}`);
    expect(named).toEqual(
      expect.arrayContaining([
        'searchbox Search objects, attributes and values',
        'group Show',
        'checkbox to destroy (3)',
        'heading Destroyed (3)',
        'region Destroyed (3)',
        'button Show all',
        'main ',
      ]),
    );
    expect(named.some((each) => each.startsWith('status'))).toBe(true);
  });

  test('nothing is loaded, and nothing is written to the console', async () => {
    expect(browser.requests.filter((each) => each !== url && !each.startsWith('data:'))).toEqual([]);
    expect(browser.problems).toEqual([]);
  });

  test('5,000 destroys are shown and searched', async () => {
    writeFileSync(file, page(samplePlans['many destroys']?.plan ?? ''));
    await browser.open('about:blank');
    await browser.open(url);
    await browser.press('/', '/');
    await browser.type('12345');
    await browser.evaluate('new Promise((resolve) => setTimeout(resolve, 500))');
    expect(await status()).toBe('1 of 5000 entries shown');
  }, 20_000);
});

/** The texts of a page whose contrast to their background is below 4.5 (WCAG 2.2, 1.4.3). */
const lowContrast = `(() => {
  const parse = (color) => color.match(/[\\d.]+/gu).map(Number);
  const luminance = (color) => {
    const [r, g, b] = parse(color).map((each) => each / 255).map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (parse(color)[3] !== 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('h1, h2, h3, p, a, code, del, ins, summary, label, legend, li, pre, strong')]
    .filter((element) => element.checkVisibility())
    .filter((element) => {
      const [a, b] = [luminance(getComputedStyle(element).color), luminance(background(element))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
    })
    .map((element) => element.outerHTML.slice(0, 80));
})()`;
