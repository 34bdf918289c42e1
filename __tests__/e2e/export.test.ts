import { execFile } from 'node:child_process';
import { readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App } from 'cdktf';
import { EnvironmentStack } from '../../src/environment/environment-stack';
import { readEnvironment } from '../../src/environment/read-environment';
import { isFullMatrix } from '../../testing/full-matrix';
import { MariaDb, mariaDbMissing } from '../../testing/mariadb';
import { providerFile } from '../../testing/provider-file';
import { awkwardRows, joinSamples, notExported, sampleSeats } from '../../testing/sample-seats';
import { sparingVariables } from '../../testing/sparing-variables';
import { commandLine } from '../../testing/command-line';
import { runEngine } from '../../testing/engine';
import { secrets, useTestbed, system } from './harness';

jest.setTimeout(900_000);

const root = join(__dirname, '..', '..');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');

/** VICIdial's own sample has 151 seats. */
const seats = isFullMatrix ? 151 : 20;
const sample = joinSamples(sampleSeats(seats), awkwardRows(isFullMatrix ? undefined : 18));
const count = sample.phones.length - notExported + sample.aliases.length;

describe('an exported system', () => {
  const testbed = useTestbed({
    provider: 'mirror',
    isSparing: true,
    emulator: { data: { ...system, ...sample } },
    environment: () => ({ VICIDIAL_DATABASE_URL: database?.url() ?? '' }),
  });
  let database: MariaDb | undefined;

  beforeAll(async () => {
    // The admin pages show one phone each: where there is a database, the tests are faster with it.
    if (mariaDbMissing !== undefined) return;
    database = await MariaDb.start();
    await database.sync(testbed.emulator.store, { ...system, ...sample });
  });
  afterAll(() => database?.stop());

  const run = async (...args: readonly string[]) => {
    const { workspace, emulator } = testbed;
    const environment = {
      ...sparingVariables,
      PATH: process.env.PATH,
      TMPDIR: workspace.folder,
      VICIDIAL_URL: emulator.url,
      VICIDIAL_USER: 'planner',
      VICIDIAL_PASSWORD: secrets.api,
      VICIDIAL_DATABASE_URL: database?.url() ?? '',
    };
    const output = await promisify(execFile)(...commandLine(args), {
      cwd: workspace.folder,
      env: environment,
      maxBuffer: 1e8,
    });
    expect(output.stdout + output.stderr).not.toMatch(/agentPass|devicePass/u);
    return output;
  };

  /** `apply` and `plan`: everything is imported and nothing changes. */
  const importAll = async () => {
    const { workspace } = testbed;
    const { output } = await workspace.expectApply();
    expect(output).toContain(`Plan: ${count} to import, 0 to add, 0 to change, 0 to destroy.`);
    expect((await workspace.plan()).code).toBe(0);
    expect(testbed.writes()).toEqual([]);
  };

  /** Makes a synthesised stack the configuration, with neither an installed provider nor a backend, which need `init`. */
  const useStack = (name: string) => {
    const { workspace } = testbed;
    const file = join(workspace.folder, 'out', 'stacks', name, 'cdk.tf.json');
    const stack = JSON.parse(readFileSync(file, 'utf8')) as { readonly terraform: Readonly<Record<string, unknown>> };
    workspace.useBundle(providerFile);
    workspace.write('versions.tf', '');
    workspace.configure({ ...stack, terraform: { ...stack.terraform, backend: undefined } });
  };

  test('in HCL is imported by init and apply alone, and changes nothing', async () => {
    const { workspace } = testbed;
    await run('export', '--format', 'hcl', '--output', '.', '--secrets', 'secrets.tfvars.json', '--split', 'server');
    workspace.write('versions.tf', '');
    await workspace.init();
    await importAll();
    const format = await runEngine(['fmt', '-check', '-diff'], { folder: workspace.folder, environment: {} });
    expect(format).toMatchObject({ code: 0, output: '' });

    // A given password is a change that sends nothing where the server has it already.
    const file = join(workspace.folder, 'secrets.tfvars.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('agentPass2000');
    const flags = ['-var-file=secrets.tfvars.json'];
    const { output } = await workspace.expectApply(flags);
    expect(output).toMatch(/Resources: 0 added, [1-9]\d* changed, 0 destroyed\./u);
    expect((await workspace.plan(flags)).code).toBe(0);
    expect(testbed.writes()).toEqual([]);
  });

  test('as an environment file is imported by the stack of it', async () => {
    const { workspace } = testbed;
    await run('export', '--output', 'environments', '--name', 'centre');
    const app = new App({ outdir: join(workspace.folder, 'out') });
    const environment = readEnvironment(join(workspace.folder, 'environments', 'centre.yaml'));
    new EnvironmentStack(app, 'centre', environment);
    app.synth();
    useStack('centre');
    await importAll();
  });

  test('in TypeScript is imported by what it synthesises', async () => {
    const { workspace } = testbed;
    await run('export', '--format', 'cdktf', '--output', 'program');
    const folder = join(workspace.folder, 'program');
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    await promisify(execFile)(process.execPath, [tsx, '--tsconfig', join(root, 'tsconfig.json'), 'main.ts'], {
      cwd: folder,
      env: { PATH: '', CDKTF_OUTDIR: join(workspace.folder, 'out') },
    });
    useStack('vicidial');
    await importAll();
  });
});
