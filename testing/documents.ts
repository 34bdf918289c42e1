/** The documents of this repository, and the code blocks in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

export interface CodeBlock {
  /** The document, from the root of the repository, with the line of the block: `docs/index.md:20`. */
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

/** The documents that users read: the README, and the pages and guides of docs. */
export function userDocuments(): string[] {
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && !file.startsWith('internals'))
    .map((file) => `docs/${file}`);
  return ['README.md', ...pages.sort()];
}

export function readDocument(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The code blocks of a document, those inside of lists too, without their indentation. */
export function codeBlocks(file: string): CodeBlock[] {
  const document = readDocument(file);
  return [...document.matchAll(/^( *)```(\w+)\n(.*?)^ *```$/gmsu)].map((match) => {
    const [, indent = '', language = '', body = ''] = match;
    const line = document.slice(0, match.index).split('\n').length;
    return { place: `${file}:${line}`, language, text: body.replaceAll(new RegExp(`^${indent}`, 'gmu'), '') };
  });
}
