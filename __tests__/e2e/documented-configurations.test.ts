/**
 * Every HCL block of the documents, and every file of the examples, is formatted and valid: one run of `fmt` and one of
 * `validate` for all of them. Each is a module. What a block refers to and does not declare is declared for it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requiredProviders } from '../../src/cli/install';
import { createCertificate } from '../../src/terraform/plugin/certificate';
import { codeBlocks, userDocuments } from '../../testing/documents';
import { findEngine, isOpenTofu } from '../../testing/engine';
import { Workspace } from '../../testing/workspace';

jest.setTimeout(120_000);

const root = join(__dirname, '../..');

interface Configuration {
  /** File and line. */
  readonly place: string;
  readonly text: string;
}

const inDocuments = userDocuments()
  .flatMap(codeBlocks)
  .filter(({ language }) => language === 'hcl' || language === 'terraform');
const inExamples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tf'))
  .map((file) => ({ place: `examples/${file}`, text: readFileSync(join(root, 'examples', file), 'utf8') }));
/** Those of the pages of the Registry are in the examples. */
const examples = new Set(inExamples.map(({ text }) => text));
const configurations: readonly Configuration[] = [
  ...inExamples,
  ...inDocuments.filter(({ text }) => !examples.has(text)),
];

/** The minor version 1.x of each engine that has a part of the language; not in the list, all have it. */
const sinceVersion: readonly { readonly part: RegExp; readonly terraform: number; readonly tofu: number }[] = [
  { part: /^ *ephemeral *= true/mu, terraform: 10, tofu: 11 },
  { part: /\bprovider::/u, terraform: 8, tofu: 7 },
  { part: /^action "/mu, terraform: 14, tofu: Infinity },
  // In a file of its own, for a command of its own: newer-protocol.test.ts queries.
  { part: /^list "/mu, terraform: Infinity, tofu: Infinity },
  { part: /^import \{[^]*?^ *identity *=/mu, terraform: 12, tofu: Infinity },
  { part: /^ *encryption \{/mu, terraform: Infinity, tofu: 7 },
  { part: /^ *backend [^]*?= var\./mu, terraform: Infinity, tofu: 8 },
  // Needs values before the plan, which a module does not get here: opentofu.test.ts applies it.
  { part: /^provider [^}]*?^ *for_each *=/mu, terraform: Infinity, tofu: Infinity },
  { part: /^ *lifecycle \{[^}]*?^ *enabled *=/mu, terraform: Infinity, tofu: 11 },
];

const minor = (() => {
  const version = execFileSync(findEngine(), ['version', '-json'], { encoding: 'utf8' });
  return Number(/"terraform_version": *"1\.(\d+)/u.exec(version)?.[1] ?? 0);
})();
const engine = isOpenTofu() ? 'tofu' : 'terraform';
const isKnown = ({ text }: Configuration) =>
  // The configuration of the engine's command line is only formatted.
  !text.startsWith('provider_installation {') &&
  sinceVersion.every(({ part, [engine]: since }) => !part.test(text) || minor >= since);
const known = configurations.filter(isKnown);

const moduleName = (index: number) => `block_${index}`;

/** A configuration as a module, and what only a root module may have. */
function moduleOf(text: string, index: number) {
  const imports = text.match(importBlock) ?? [];
  const own = text.replace(importBlock, '');
  const declared = declarations(own, text);
  const variables = [...names(own, /^variable "(\w+)"/gmu), 'undeclared'];
  const call = `module "${moduleName(index)}" {
  source = "./${moduleName(index)}"
${variables.map((name) => `  ${name} = var.undeclared\n`).join('')}}`;
  const inRoot = imports.map((block) => block.replace(/^( *to *= )/mu, `$1module.${moduleName(index)}.`));
  return { files: { 'main.tf': own, 'declared.tf': declared }, call, inRoot };
}

const importBlock = /^import \{\n[^]*?^\}\n/gmu;

/** Declares what is referred to, and the version of the provider. */
function declarations(own: string, text: string): string {
  const variables = names(text, /\bvar\.(\w+)/gu).filter((name) => !own.includes(`variable "${name}"`));
  const locals = localNames(text).filter((name) => !new RegExp(`^  ${name} *=`, 'mu').test(own));
  const resources = references(text).filter(([type, name]) => !own.includes(`resource "${type}" "${name}"`));
  return [
    own.includes('required_providers') ? '' : requiredProviders(),
    ...[...variables, 'undeclared'].map((name) => `variable "${name}" {\n  default = null\n}`),
    localValues(locals),
    // A provider block that nothing uses is not validated.
    /^provider "/mu.test(own) ? 'data "vicidial_system" "declared" {}' : '',
    ...resources.map(([type, name]) => resource(type, name, text)),
  ].join('\n');
}

const localNames = (text: string) => names(text, /\blocal\.(\w+)/gu);

function localValues(locals: readonly string[]): string {
  return locals.length === 0 ? '' : `locals {\n${locals.map((name) => `  ${name} = var.undeclared`).join('\n')}\n}`;
}

/** The resources that a text refers to; one that is moved or removed is not declared any more. */
function references(text: string): (readonly [type: string, name: string])[] {
  const left = text.replace(/^(?:moved|removed) \{\n[^]*?^\}\n/gmu, '').replace(/^ *#.*$/gmu, '');
  const found = names(left, /(?<![\w."])(vicidial_\w+\.\w+)/gu);
  return found.map((address) => address.split('.') as [string, string]);
}

const keys: Readonly<Record<string, string>> = {
  vicidial_phone: 'server_ip = "10.0.0.11"\n  extension = "55000"',
  vicidial_phone_alias: 'alias_id = "desks"',
};

function resource(type: string, name: string, text: string): string {
  const hasInstances = text.includes(`${type}.${name}[`) || text.includes(`values(${type}.${name})`);
  const each = hasInstances ? '  for_each = var.undeclared\n' : '';
  return `resource "${type}" "${name}" {\n${each}  ${keys[type] ?? ''}\n}`;
}

function names(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''))];
}

interface Validation {
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly summary: string;
    readonly detail: string;
    readonly range?: { readonly filename: string };
  }[];
}

let workspace: Workspace;
let unformatted: string[];
let validation: Validation;

beforeAll(async () => {
  workspace = await Workspace.create();
  workspace.write('db-ca.pem', (await createCertificate()).certificate);
  for (const [index, { text }] of configurations.entries()) workspace.write(`${moduleName(index)}.tf`, text);
  unformatted = (await workspace.run(['fmt', '-check', '.'])).stdout.split('\n');
  for (const index of configurations.keys()) workspace.write(`${moduleName(index)}.tf`, '');

  const modules = known.map(({ text }, index) => moduleOf(text, index));
  for (const [index, { files }] of modules.entries()) {
    mkdirSync(join(workspace.folder, moduleName(index)));
    for (const [file, text] of Object.entries(files)) workspace.write(join(moduleName(index), file), text);
  }
  const locals = modules.flatMap(({ inRoot }) => localNames(inRoot.join('\n')));
  workspace.write(
    'main.tf',
    [
      'variable "undeclared" {}',
      localValues([...new Set(locals)]),
      ...modules.map(({ call }) => call),
      ...modules.flatMap(({ inRoot }) => inRoot),
    ].join('\n'),
  );
  await workspace.expectSuccess(['get', '-no-color']);
  validation = JSON.parse((await workspace.run(['validate', '-json'])).stdout) as Validation;
});
afterAll(() => workspace.remove());

test('there are configurations in the README, in the pages of the Registry and in the guides', () => {
  const places = inDocuments.map(({ place }) => place);
  for (const start of ['README.md', 'docs/index.md', 'docs/resources/', 'docs/data-sources/', 'docs/guides/'])
    expect(places.filter((place) => place.startsWith(start))).not.toEqual([]);
});

describe('each configuration of the documents is formatted', () => {
  test.each(configurations.map(({ place }, index) => [place, index] as const))('%s', (_place, index) => {
    expect(unformatted).not.toContain(`${moduleName(index)}.tf`);
  });
});

describe('each configuration of the documents is valid', () => {
  test.each(known.map(({ place }, index) => [place, index] as const))('%s', (_place, index) => {
    const errors = validation.diagnostics.filter(
      ({ severity, range }) => severity === 'error' && range?.filename.startsWith(`${moduleName(index)}/`),
    );
    expect(errors.map(({ summary, detail }) => `${summary}: ${detail}`)).toEqual([]);
  });

  const others = configurations.filter((each) => !isKnown(each));
  if (others.length > 0)
    test.skip.each(others.map(({ place }) => [place]))('%s: only formatted, not with this engine', () => {});

  test('with all of them together', () => {
    expect(validation.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
