import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { useTemporaryFolder } from './temporary-folder';

/** Each import, and the rule of .dependency-cruiser.mjs that refuses it; none for one that is allowed. */
const imports: readonly (readonly [from: string, to: string, rule?: string])[] = [
  ['src/model/a.ts', 'src/model/b.ts'],
  ['src/model/a.ts', 'src/settings/b.ts', 'model'],
  ['src/model/a.ts', 'src/vicidial/api/b.ts', 'model'],
  ['src/model/a.ts', 'fs', 'model-without-io'],
  ['src/settings/a.ts', 'src/model/b.ts'],
  ['src/settings/a.ts', 'src/vicidial/api/b.ts', 'settings'],
  ['src/vicidial/a.ts', 'src/settings/b.ts'],
  ['src/vicidial/a.ts', 'src/model/b.ts'],
  ['src/vicidial/a.ts', 'src/provider/main.ts', 'vicidial'],
  ['src/vicidial/a.ts', 'src/emulator/b.ts', 'vicidial'],
  ['src/terraform/value.ts', 'src/terraform/schema.ts'],
  ['src/terraform/value.ts', 'src/terraform/wire/b.ts', 'terraform-sdk'],
  ['src/terraform/wire/a.ts', 'src/terraform/schema.ts'],
  ['src/terraform/wire/a.ts', 'src/terraform/rpc/b.ts', 'terraform-wire'],
  ['src/terraform/wire/a.ts', 'src/model/b.ts', 'terraform-wire'],
  ['src/terraform/rpc/a.ts', 'src/terraform/wire/b.ts'],
  ['src/terraform/rpc/a.ts', 'src/terraform/plugin/b.ts', 'terraform-rpc'],
  ['src/terraform/plugin/a.ts', 'src/terraform/rpc/b.ts'],
  ['src/terraform/plugin/a.ts', 'src/provider/main.ts', 'terraform-plugin'],
  ['src/terraform/index.ts', 'src/terraform/plugin/b.ts'],
  ['src/terraform/index.ts', 'src/model/b.ts', 'terraform'],
  ['src/provider/a.ts', 'src/terraform/index.ts'],
  ['src/provider/a.ts', 'src/vicidial/api/b.ts'],
  ['src/provider/a.ts', 'src/constructs/b.ts', 'provider'],
  ['src/constructs/a.ts', 'src/model/b.ts'],
  ['src/constructs/a.ts', 'src/vicidial/api/b.ts', 'constructs'],
  ['src/environment/a.ts', 'src/constructs/b.ts'],
  ['src/environment/a.ts', 'src/yaml-file.ts'],
  ['src/environment/a.ts', 'src/vicidial/api/b.ts', 'environment'],
  ['src/emulator/a.ts', 'src/yaml-file.ts'],
  ['src/emulator/a.ts', 'src/model/b.ts', 'emulator'],
  ['src/emulator/a.ts', 'src/vicidial/api/b.ts', 'emulator'],
  ['src/rehearsal/a.ts', 'src/emulator/b.ts'],
  ['src/rehearsal/a.ts', 'src/provider/b.ts', 'rehearsal'],
  ['src/cli/a.ts', 'src/environment/b.ts'],
  ['src/cli/a.ts', 'src/provider/main.ts'],
  ['src/cli/a.ts', 'src/provider/b.ts', 'cli'],
  ['src/address.ts', 'package.json'],
  ['src/index.ts', 'testing/b.ts', 'src-file'],
  ['src/unlisted/a.ts', 'src/model/b.ts', 'folder-without-a-row'],
  ['testing/a.ts', 'src/model/b.ts'],
  ['testing/a.ts', '__tests__/b.ts', 'testing'],
  ['main.ts', 'src/environment/b.ts'],
  ['examples/a.ts', 'testing/b.ts', 'app'],
  ['scripts/a.ts', 'testing/b.ts'],
  ['scripts/a.ts', '__tests__/b.ts', 'scripts'],
  ['__tests__/a.ts', 'testing/b.ts'],
  ['src/model/unresolved.ts', './missing', 'no-unresolved-import'],
];

const root = resolve(__dirname, '..');
const temporary = useTemporaryFolder();

function write(file: string, text: string) {
  mkdirSync(dirname(join(temporary.path, file)), { recursive: true });
  writeFileSync(join(temporary.path, file), text);
}

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

function violations(): string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', '.'],
    ],
    { cwd: temporary.path, encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return summary.violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`).sort();
}

/** How `from` names `to` in its import; what is no file of the repository is named as it is. */
function specifier(from: string, to: string): string {
  if (!/^[^.].*[.](ts|json)$/.test(to)) return to;
  const path = posix.relative(posix.dirname(from), to).replace(/[.]ts$/, '');
  return path.startsWith('.') ? path : `./${path}`;
}

test('imports that the layout does not allow are refused, types and cycles within a folder too', () => {
  for (const [, to] of imports) if (to.endsWith('.ts')) write(to, 'export {};');
  for (const from of new Set(imports.map(([file]) => file))) {
    const targets = imports.filter(([file]) => file === from).map(([, to]) => to);
    const lines = targets.map((to, index) => `import type * as import${index} from '${specifier(from, to)}';`);
    write(from, lines.join('\n'));
  }
  write('src/model/cycle-1.ts', "import type { B } from './cycle-2';\nexport type A = B | 1;");
  write('src/model/cycle-2.ts', "import type { A } from './cycle-1';\nexport type B = A | 2;");
  write('package.json', '{}');
  write('tsconfig.json', readFileSync(join(root, 'tsconfig.json'), 'utf8'));

  const refused = imports.flatMap(([from, to, rule]) => (rule ? [`${from} → ${to}: ${rule}`] : []));
  expect(violations()).toEqual([...refused, 'src/model/cycle-1.ts → src/model/cycle-2.ts: no-cycle'].sort());
}, 60_000);
