import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

jest.setTimeout(120_000);

const root = join(__dirname, '..');
const modules = join(root, 'node_modules');
const tsc = join(modules, 'typescript', 'bin', 'tsc');
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
};

/** A project that has installed the packed package, without a download. */
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'phonestate-package-'));
  // Without what an earlier build left there, which the package could depend on.
  rmSync(join(root, 'lib'), { recursive: true, force: true });
  node([tsc, '-p', 'tsconfig.lib.json'], root);
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [{ filename }] = JSON.parse(packed) as [{ readonly filename: string }];
  const installed = join(project, 'node_modules', 'phonestate');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, filename), '-C', installed, '--strip-components=1']);
  // Only what the package asks for, so that a missing dependency is noticed.
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true });
    symlinkSync(join(modules, name), join(project, 'node_modules', name));
  }
  cpSync(join(root, 'examples', 'cdktf'), project, { recursive: true });
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Runs Node.js; an error shows what it printed. */
function node(args: readonly string[], cwd: string): string {
  try {
    return execFileSync(process.execPath, [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    throw new Error(`node ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

describe('the packed package', () => {
  test('exports the constructs and the environments', () => {
    const script = "console.log(Object.keys(require('phonestate')).sort().join())";
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
    expect(node(['-e', script], project).trim()).toBe([...constructs, ...environments].sort().join());
  });

  test('compiles the CDKTF examples and the type tests in strict mode', () => {
    const typeTests = readFileSync(join(__dirname, 'constructs', 'props.test-d.ts'), 'utf8');
    writeFileSync(join(project, 'props.ts'), typeTests.replace("'../../src'", "'phonestate'"));
    const compilerOptions = {
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      noEmit: true,
      // Checking the declarations of cdktf takes most of 20 seconds. In those of the package, a type that cannot be
      // resolved is `any`, for which the type tests fail.
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(modules, '@types')],
    };
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['main.ts', 'data-sources.ts', 'props.ts'] }),
    );
    node([tsc, '-p', '.'], project);
  });

  test('synthesises the CDKTF example', () => {
    node([join(modules, 'tsx', 'dist', 'cli.mjs'), 'main.ts'], project);
    const stack = JSON.parse(
      readFileSync(join(project, 'cdktf.out', 'stacks', 'front-desk', 'cdk.tf.json'), 'utf8'),
    ) as { readonly resource: Record<string, Record<string, unknown>> };
    expect(stack.resource.vicidial_phone?.['front-desk']).toMatchObject({ extension: '55000', phone_ring_timeout: 45 });
    expect(stack.resource.vicidial_phone_alias?.desks).toMatchObject({
      phone_logins: ['${vicidial_phone.front-desk.phone_login}'],
    });
  });

  test('has the command, the provider and no source', () => {
    const files = execFileSync('find', ['.', '-type', 'f'], {
      cwd: join(project, 'node_modules', 'phonestate'),
      encoding: 'utf8',
    }).split('\n');
    expect(files).toEqual(
      expect.arrayContaining(['./dist/phonestate.js', './dist/terraform-provider-vicidial.js', './LICENSE']),
    );
    expect(files.filter((file) => /^\.\/(?:src|__tests__|testing|stacks)\//u.test(file))).toEqual([]);
  });
});
