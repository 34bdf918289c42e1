// Compiles the library into lib/, and from that into lib/cdktn/ what a program of CDK Terrain imports: the same
// constructs with `cdktn` in the place of `cdktf`, whose successor it is, with the same API.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeOutSchemas } from './declarations.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lib = join(root, 'lib');

/** An import in a compiled file, of code or of declarations. */
const imports = /(?<head>\brequire\(|\bimport\(|\bfrom )(?<quote>['"])(?<name>[^'"]+)\k<quote>/gu;

/** Compiles both. */
export function buildLibrary() {
  // What an earlier build left there would be packed.
  rmSync(lib, { recursive: true, force: true });
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.lib.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  writeOutSchemas(lib, ['index.d.ts']);
  const files = new Map(compiledFiles().map((file) => [file, readFileSync(join(lib, file), 'utf8')]));
  const replaced = modulesWithCdktf(files);
  for (const [file, text] of files) {
    if (!replaced.has(moduleOf(file))) continue;
    const copy = join(lib, 'cdktn', file);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, withCdktn(file, text, replaced));
  }
}

function compiledFiles() {
  return readdirSync(lib, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(?:js|d\.ts)$/u.test(file));
}

/** The modules that import cdktf, and those that import one of these: all others serve both libraries. */
function modulesWithCdktf(files) {
  const found = new Set();
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const [file, text] of files) {
      const names = [...text.matchAll(imports)].map(({ groups: { name } }) => name);
      if (names.some((name) => name === 'cdktf' || found.has(target(file, name)))) found.add(moduleOf(file));
    }
  }
  return found;
}

function withCdktn(file, text, replaced) {
  return text.replace(imports, (whole, head, quote, name) => {
    if (name === 'cdktf') return `${head}${quote}cdktn${quote}`;
    const imported = target(file, name);
    if (imported === undefined || replaced.has(imported)) return whole;
    return `${head}${quote}${posix.relative(posix.dirname(`cdktn/${file}`), imported)}${quote}`;
  });
}

/** The path of an imported module in lib/, without its ending; undefined for a package. */
function target(file, name) {
  return name.startsWith('.') ? posix.join(posix.dirname(file), name) : undefined;
}

function moduleOf(file) {
  return file.replace(/\.(?:js|d\.ts)$/u, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildLibrary();
