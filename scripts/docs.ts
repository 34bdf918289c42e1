/**
 * Generates the docs that follow from the code: the pages of the Registry from the schemas and the examples, the guides of
 * failures and faults from their tables, and the JSON Schemas of environment files, of reports and of the files that the
 * emulator reads. The types of the constructs are made from the same tables.
 * Usage: npm run docs [-- --check]; with --check it only reports whether they are up to date.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { constructTypes } from './construct-types';
import { failuresPage } from './docs/failures-page';
import { faultsPage } from './docs/faults-page';
import { jsonSchemas } from './docs/json-schemas';
import { registryFolders, registryPages } from './docs/registry-pages';
import { versionsPage } from './docs/versions-page';

const root = join(__dirname, '..');

const pages: Readonly<Record<string, () => string>> = {
  ...registryPages(),
  'docs/guides/failures.md': failuresPage,
  'docs/guides/faults.md': faultsPage,
  'docs/guides/supported-versions.md': versionsPage,
  ...jsonSchemas,
  ...constructTypes,
};

/** Pages of what does not exist any more. */
function leftPages(): string[] {
  return registryFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`))
    .filter((file) => !(file in pages));
}

function write(): void {
  for (const [file, make] of Object.entries(pages)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), make());
  }
  for (const file of leftPages()) rmSync(join(root, file));
}

function check(): void {
  const stale = Object.entries(pages)
    .filter(([file, make]) => !existsSync(join(root, file)) || readFileSync(join(root, file), 'utf8') !== make())
    .map(([file]) => file);
  const files = [...stale, ...leftPages()];
  if (files.length === 0) return;
  console.error(`${files.join(', ')} does not match the code: run npm run docs and commit the result.`);
  process.exitCode = 1;
}

if (process.argv.includes('--check')) check();
else write();
