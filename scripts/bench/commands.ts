/** How the cost of each command that handles many phones grows with their number, and that of the synthesis of a stack. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../build/root.mjs';
import { commandFiles, writeCommandFiles } from './command-files';
import { openCommandSystem } from './command-system';
import { ratioOf, type Cost, type Figure } from './figure';
import type { BenchOptions } from './fixture';
import { MeasuredScript } from './measured-script';
import { bestOf, costOf } from './rounds';

const { environments, fleet, state, emptyPlan, creates } = commandFiles;
const inFolder = ['--folder', environments];
const command = join(root, 'dist', 'phonestate.js');
const synthesis = [
  '--import',
  require.resolve('tsx'),
  join(root, 'scripts', 'bench', 'synthesis.ts'),
  fleet,
  'cdktf.out',
];

/** One run of the large size takes as long as many of the small one. */
const maxRuns = 2;

interface Measured {
  readonly name: string;
  /** Of the command, or of Node.js where it is no command. */
  readonly args: readonly string[];
  readonly isScript?: boolean;
  /** Whether it reads the system. */
  readonly reads?: boolean;
  /** Its exit code. Default: 0. */
  readonly code?: number;
}

/** Stands for the fingerprint of the plan with creates. */
const reviewed = 'FINGERPRINT';

const measured: readonly Measured[] = [
  { name: 'synthesis', args: synthesis, isScript: true },
  { name: 'validate', args: ['validate', ...inFolder] },
  { name: 'render', args: ['render', 'lab', '--origins', ...inFolder] },
  { name: 'affected', args: ['affected', '--since', 'HEAD', ...inFolder] },
  { name: 'compare of environments', args: ['compare', 'fleet', 'lab', ...inFolder] },
  { name: 'compare with a system', args: ['compare', 'fleet', 'system', ...inFolder], reads: true, code: 2 },
  { name: 'clone of an environment', args: ['clone', 'fleet', '--name', 'copy', ...inFolder] },
  {
    name: 'clone of a system',
    args: ['clone', 'system', '--name', 'copy', '--target', 'system'],
    reads: true,
    code: 2,
  },
  { name: 'export to YAML', args: ['export'], reads: true },
  { name: 'export to HCL', args: ['export', '--format', 'hcl'], reads: true },
  { name: 'export to CDKTF', args: ['export', '--format', 'cdktf'], reads: true },
  { name: 'drift', args: ['drift', 'fleet', '--state', state, ...inFolder], reads: true, code: 2 },
  { name: 'moves', args: ['moves', state, fleet] },
  { name: 'report of an empty plan', args: ['report', emptyPlan] },
  { name: 'report of creates', args: ['report', creates] },
  { name: 'report of creates as a page', args: ['report', creates, '--html'] },
  { name: 'verify', args: ['verify', creates, '--against', reviewed] },
];

/** Section `commands`, on Node.js, with the database where there is one. */
export async function measureCommands(options: BenchOptions): Promise<void> {
  const { phones, growth, report } = options;
  const small = await measureSize(options, phones);
  const large = await measureSize(options, phones * growth);
  for (const [name, cost] of large)
    for (const figure of figuresOf(name, costOf(small, name), cost, options)) report(figure);
}

/** What grows as the number of phones does has the ratio 1. The start, which does not grow, makes it lower. */
function figuresOf(name: string, small: Cost, large: Cost, { phones, growth }: BenchOptions): Figure[] {
  const about = { section: 'commands', phones: phones * growth } as const;
  const { value, cpu, ...ratio } = ratioOf({ ...about, operation: `growth of ${name} from ${phones}` }, large, small);
  const growths = {
    ...ratio,
    value: value / growth,
    ...(cpu === undefined ? {} : { cpu: cpu / growth }),
    detail: `${phones} phones: ${(small.wallMs / 1000).toFixed(2)} s`,
  };
  const { peakMB } = large;
  return [
    growths,
    ...(peakMB === undefined
      ? []
      : [{ subject: { ...about, operation: `memory of ${name}` }, unit: 'MB', value: peakMB } as const]),
  ];
}

async function measureSize({ runs }: BenchOptions, phones: number): Promise<ReadonlyMap<string, Cost>> {
  const parent = mkdtempSync(join(tmpdir(), 'phonestate-commands-'));
  const system = await openCommandSystem(phones);
  try {
    const folder = writeCommandFiles(parent, phones, system.url);
    const scripts = new MeasuredScript(parent);
    const run = async ({ name, args, isScript, code = 0 }: Measured): Promise<Cost> => {
      const { environment } = system;
      const script = isScript ? args : [command, ...args];
      try {
        return await scripts.run({ args: script, folder, environment, code });
      } catch (error) {
        throw new Error(`${name} of ${phones} phones failed`, { cause: error });
      }
    };
    const fingerprint = await fingerprintOf(scripts, folder);
    const possible = measured.filter(({ reads }) => !reads || system.hasDatabase);
    const works = possible.map((each): [string, () => Promise<Cost>] => {
      const args = each.args.map((arg) => (arg === reviewed ? fingerprint : arg));
      return [each.name, () => run({ ...each, args })];
    });
    return await bestOf(new Map(works), Math.min(maxRuns, runs));
  } finally {
    await system.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

async function fingerprintOf(scripts: MeasuredScript, folder: string): Promise<string> {
  const { stdout } = await scripts.run({ args: [command, 'report', creates, '--json'], folder });
  return /"fingerprint": "([^"]+)"/u.exec(stdout)?.[1] ?? '';
}
