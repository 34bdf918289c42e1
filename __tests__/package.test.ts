import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

jest.setTimeout(120_000);

const root = join(__dirname, '..');
const modules = join(root, 'node_modules');
const tsc = join(modules, 'typescript', 'bin', 'tsc');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/** Projects that have installed the packed package with one of the two libraries, without a download. */
const libraries = ['cdktf', 'cdktn'] as const;
const projects = { cdktf: '', cdktn: '' };
let folder: string;
let tarball: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonestate-package-'));
  node(['scripts/library.mjs'], root);
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [{ filename }] = JSON.parse(packed) as [{ readonly filename: string }];
  tarball = join(folder, filename);
  for (const library of libraries) projects[library] = createProject(library);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function createProject(library: (typeof libraries)[number]): string {
  const project = join(folder, library);
  const installed = join(project, 'node_modules', 'phonestate');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  // Only what the package asks for, so that a missing dependency is noticed: no optional peer but the library.
  for (const name of [...Object.keys(dependencies), 'constructs', library]) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true });
    symlinkSync(join(modules, name), join(project, 'node_modules', name));
  }
  for (const file of ['main.ts', 'data-sources.ts'])
    writeFileSync(
      join(project, file),
      forLibrary(readFileSync(join(root, 'examples', 'cdktf', file), 'utf8'), library),
    );
  const typeTests = readFileSync(join(__dirname, 'constructs', 'props.test-d.ts'), 'utf8');
  writeFileSync(join(project, 'props.ts'), forLibrary(typeTests.replace("'../../src'", "'phonestate'"), library));
  return project;
}

/** The program of the other library differs in the names of what it imports. */
function forLibrary(program: string, library: (typeof libraries)[number]): string {
  if (library === 'cdktf') return program;
  return program.replaceAll("from 'cdktf'", "from 'cdktn'").replaceAll("from 'phonestate'", "from 'phonestate/cdktn'");
}

/** Runs Node.js; an error shows what it printed. */
function node(args: readonly string[], cwd: string): string {
  try {
    return execFileSync(process.execPath, [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    throw new Error(`node ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** A program of someone who writes a provider. */
const plugin = `import { createDispatcher, serve, type Provider } from 'phonestate/plugin';
const provider: Provider = {
  address: 'example/lamps',
  schema: { version: 0, attributes: {} },
  resources: {},
  configure: () => [],
};
void serve({ address: provider.address, load: () => Promise.resolve(createDispatcher(provider)) });
`;

describe('the packed package', () => {
  test.each(libraries)(
    'exports the constructs and the environments for %s, to CommonJS and to ES modules',
    (library) => {
      const entry = library === 'cdktf' ? 'phonestate' : 'phonestate/cdktn';
      const dataSources = [
        'Phone',
        'PhoneAlias',
        'PhoneAliases',
        'Phones',
        'Servers',
        'System',
        'Templates',
        'UserGroups',
      ].map((name) => `DataVicidial${name}`);
      const environments = ['EnvironmentError', 'EnvironmentStack', 'deriveEnvironment', 'readEnvironment'];
      const constructs = [
        ...dataSources,
        'Phone',
        'PhoneAlias',
        'PhoneGroup',
        'PhoneRange',
        'Seat',
        'Unmanaged',
        'VicidialProvider',
      ];
      const expected = [...constructs, ...environments].sort().join();
      const list = '.sort().join()';
      expect(node(['-e', `console.log(Object.keys(require('${entry}'))${list})`], projects[library]).trim()).toBe(
        expected,
      );
      const module = `import * as all from '${entry}'; const own = /^(?!default$|module.exports$|__esModule$)/u;
      console.log(Object.keys(all).filter((name) => own.test(name))${list});`;
      expect(node(['--input-type=module', '-e', module], projects[library]).trim()).toBe(expected);
    },
  );

  test('compiles the CDKTF examples and the type tests in strict mode, with either library', () => {
    const compilerOptions = {
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      noEmit: true,
      // Checking the declarations of cdktf takes most of 20 seconds. In those of the package, a type that cannot be
      // resolved is `any`, for which the type tests fail. `npm run package-matrix` checks them.
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(modules, '@types')],
    };
    const files = libraries.flatMap((library) =>
      ['main.ts', 'data-sources.ts', 'props.ts'].map((file) => `${library}/${file}`),
    );
    writeFileSync(join(folder, 'cdktf', 'plugin.ts'), plugin);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: [...files, 'cdktf/plugin.ts'] }),
    );
    node([tsc, '-p', '.'], folder);
  });

  test.each(libraries)('synthesises the CDKTF example with %s', (library) => {
    const project = projects[library];
    node([join(modules, 'tsx', 'dist', 'cli.mjs'), 'main.ts'], project);
    const stack = JSON.parse(
      readFileSync(join(project, 'cdktf.out', 'stacks', 'front-desk', 'cdk.tf.json'), 'utf8'),
    ) as { readonly resource: Record<string, Record<string, unknown>> };
    expect(stack.resource.vicidial_phone?.['front-desk']).toMatchObject({ extension: '55000', phone_ring_timeout: 45 });
    expect(stack.resource.vicidial_phone_alias?.desks).toMatchObject({
      phone_logins: ['${vicidial_phone.front-desk.phone_login}'],
    });
  });

  test('serves a provider that is written with phonestate/plugin', async () => {
    const module =
      "import('phonestate/plugin').then(({ createDispatcher, unknown }) => console.log(typeof createDispatcher, String(unknown)))";
    expect(node(['-e', module], projects.cdktf)).toMatch(/^function /u);
    // What it says to a person who starts it; everything after that is loaded by import().
    const program = join(projects.cdktf, 'plugin.cjs');
    writeFileSync(
      program,
      plugin
        .replace(/import .* from ('.*');/u, 'const { serve, createDispatcher } = require($1);')
        .replace(/: Provider/u, ''),
    );
    expect(() => node([program], projects.cdktf)).toThrow(/example\/lamps/u);
  });

  test('has no problem of its entries and types that publint and attw find', () => {
    expect(node([join(modules, '.bin', 'publint'), 'run', '--strict', tarball], root)).toContain('All good!');
    expect(node([join(modules, '.bin', 'attw'), '--quiet', tarball], root).trim()).toBe('');
  });

  test('has the command, the provider and no source', () => {
    const files = execFileSync('find', ['.', '-type', 'f'], {
      cwd: join(projects.cdktf, 'node_modules', 'phonestate'),
      encoding: 'utf8',
    }).split('\n');
    expect(files).toEqual(
      expect.arrayContaining(['./dist/phonestate.js', './dist/terraform-provider-vicidial.js', './LICENSE']),
    );
    expect(files.filter((file) => /^\.\/(?:src|__tests__|testing|stacks)\//u.test(file))).toEqual([]);
  });
});
