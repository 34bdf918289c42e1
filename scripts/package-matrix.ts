/**
 * Installs the packed package from the registry beside the lowest and the highest versions of its peers, each in an empty
 * folder, compiles a program with all checks of TypeScript on, and runs it. Needs the network, and some minutes.
 * Usage: npm run package-matrix [-- TARBALL]; without one it packs this checkout.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = join(__dirname, '..');

interface Row {
  readonly library: 'cdktf' | 'cdktn';
  readonly packages: readonly string[];
}

const rows: readonly Row[] = [
  { library: 'cdktf', packages: ['cdktf@0.20.0', 'constructs@10.4.0'] },
  { library: 'cdktf', packages: ['cdktf@0.20.12', 'constructs@10.4.0', '@cdktf/provider-null@10'] },
  { library: 'cdktf', packages: ['cdktf@0.21.0', 'constructs@10.4.2'] },
  { library: 'cdktf', packages: ['cdktf@0.21.0', 'constructs@10', '@cdktf/provider-null@11'] },
  { library: 'cdktn', packages: ['cdktn@0.24.0', 'constructs@10.6.0'] },
  { library: 'cdktn', packages: ['cdktn@0.24', 'constructs@10.7'] },
];

/** As a project of Node.js has it, and as the template of CDKTF has it. */
const settings: Readonly<Record<string, readonly string[]>> = {
  nodenext: ['--module', 'nodenext', '--target', 'es2022'],
  template: ['--module', 'commonjs', '--moduleResolution', 'node10', '--target', 'es2018', '--lib', 'es2018'],
};
const strict = ['--strict', '--skipLibCheck', 'false', '--noEmitOnError', '--types', 'node', '--outDir', 'out'];

/** The program of the readme, or the example where the readme has none that is complete. */
function program(): string {
  const blocks = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```ts\n(?<text>.*?)^```$/gmsu);
  const texts = [...blocks].map(({ groups }) => groups?.text ?? '');
  const complete = texts.find((text) => text.includes("from 'phonestate'") && text.includes('app.synth()'));
  return complete ?? readFileSync(join(root, 'examples', 'cdktf', 'main.ts'), 'utf8');
}

/** What else has to be the same with every version: the null provider, and the types of who writes a provider. */
const others = `import { App, TerraformStack } from 'cdktf';
import { Phone, PhoneGroup, VicidialProvider } from 'phonestate';
import { createDispatcher, type Provider } from 'phonestate/plugin';

const app = new App();
const stack = new TerraformStack(app, 'group');
new VicidialProvider(stack, 'vicidial', { url: 'https://vicidial.example.com/vicidial/non_agent_api.php' });
const group = new PhoneGroup(stack, 'sales', { serverIp: '10.0.0.11', phones: { '55000': {}, '55001': {} } });
const last = new Phone(stack, 'last', { serverIp: '10.0.0.11', extension: '55002', dependsOn: [group.ready] });
last.phoneFullName = 'Last';
app.synth();

const provider: Provider = {
  address: 'example/lamps',
  schema: { version: 0, attributes: {} },
  resources: {},
  configure: () => [],
};
if (typeof createDispatcher(provider) !== 'function') throw new Error('phonestate/plugin makes no dispatcher');
`;

function forLibrary(text: string, library: Row['library']): string {
  return library === 'cdktf'
    ? text
    : text.replaceAll("'cdktf'", "'cdktn'").replaceAll("'phonestate'", "'phonestate/cdktn'");
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function check({ library, packages }: Row, tarball: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'phonestate-matrix-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const wanted = [tarball, ...packages, 'typescript@5.9', '@types/node@20'];
    run('npm', ['install', '--no-fund', '--no-audit', '--loglevel=error', ...wanted], folder);
    writeFileSync(join(folder, 'main.ts'), forLibrary(program(), library));
    writeFileSync(join(folder, 'others.ts'), forLibrary(others, library));
    for (const [name, options] of Object.entries(settings)) {
      const started = Date.now();
      run(process.execPath, ['node_modules/typescript/bin/tsc', ...strict, ...options, 'main.ts', 'others.ts'], folder);
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      for (const file of ['main', 'others']) run(process.execPath, [`out/${file}.js`], folder);
      console.log(`${packages.join(' ')}, ${name}: compiled in ${seconds} s, and run`);
    }
    const stack = readFileSync(join(folder, 'cdktf.out', 'stacks', 'group', 'cdk.tf.json'), 'utf8');
    if (!/"depends_on": \[\s+"null_resource\./u.test(stack)) throw new Error(`The stack is not as declared: ${stack}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pack(folder: string): string {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', folder], root).replace(/^[^[]*/u, ''),
  ) as [{ readonly filename: string }];
  return join(folder, packed.filename);
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'phonestate-packed-'));
  try {
    const given = process.argv[2];
    const tarball = given === undefined ? pack(folder) : resolve(given);
    for (const row of rows) check(row, tarball);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
