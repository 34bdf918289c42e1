/** The documents: their links lead somewhere, and the Registry finds what it needs. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import MarkdownIt from 'markdown-it';
import * as YAML from 'yaml';
import { codeBlocks, readDocument, userDocuments } from '../../testing/documents';

const root = join(__dirname, '../..');
const internals = readdirSync(join(root, 'docs/internals')).map((file) => `docs/internals/${file}`);
const documents = [
  ...userDocuments(),
  ...internals,
  ...['CHANGELOG.md', 'CONTRIBUTING.md', 'DESIGN.md', 'SECURITY.md', 'src/terraform/README.md'],
];
const registryPages = userDocuments().filter((file) => file.startsWith('docs/'));

const markdown = new MarkdownIt({ html: true });

/** The targets of the links of a document. */
function links(file: string): string[] {
  const inline = markdown.parse(readDocument(file), {}).flatMap(({ children }) => children ?? []);
  return inline.map((token) => token.attrGet('href')).filter((target) => typeof target === 'string');
}

/** The anchors of a document, as GitHub and the Registry make them of its headings. */
function anchors(file: string): Set<string> {
  const text = readDocument(file).replace(/^```[^]*?^```$/gmu, '');
  const headings = [...text.matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) => anchorOf(heading));
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/gu)].map(([, id = '']) => id)]);
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

describe('the links of', () => {
  test.each(documents)('%s lead to files and headings', (file) => {
    const broken = links(file).filter((link) => {
      if (/^[a-z]+:/u.test(link)) return false;
      const [path = '', anchor] = decodeURI(link).split('#');
      const target = path === '' ? file : relative(root, join(root, dirname(file), path));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchors(target).has(anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe('each program', () => {
  const folder = join(root, 'examples/cdktf');
  const programs = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const blocks = userDocuments()
    .flatMap(codeBlocks)
    .filter(({ language }) => language === 'ts');

  test.each(blocks.map(({ place, text }) => [place, text]))(
    '%s is one of the examples, which are compiled',
    (_, text) => {
      expect(programs).toContain(text);
    },
  );
});

describe('for the Registry', () => {
  test.each(registryPages)('%s has its front matter, a heading and not too much text', (file) => {
    const [, front = '', body = ''] = /^---\n(.*?)^---\n\n(.*)$/msu.exec(readDocument(file)) ?? [];
    // A page without front matter is null.
    const {
      page_title: title,
      subcategory,
      description,
    } = (YAML.parse(front) ?? {}) as Readonly<Record<string, string>>;
    expect(title).toMatch(/^\S.*[^.]$/u);
    expect(subcategory).toBe('');
    expect(description).toMatch(/^[A-Z].*\.$/u);
    expect(body).toMatch(/^# \S/u);
    expect(statSync(join(root, file)).size).toBeLessThan(500_000);
  });
});
