/**
 * The main use from beginning to end, against the emulator: declare phones, plan, apply, change a field, delete a phone
 * without and with the permission. Shows what the engine prints and which calls the server received. Usage: npm run demo
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { EnvironmentStack, readEnvironment, type Environment } from '../src';
import { startEmulator, type Emulator } from '../src/emulator/emulator';
import { engineVersion, findEngine } from '../testing/engine';
import { Workspace } from '../testing/workspace';

const password = 'admin1234';
const users = [
  { user: 'terraform', password },
  { user: 'nodelete', password, delete_phones: false },
];
const servers = ['10.0.0.11', '10.0.0.12'];

const planFile = 'plan.out';
const commands = {
  plan: ['plan', '-detailed-exitcode', `-out=${planFile}`],
  /** Applies the plan of the step before, as a pipeline does. */
  'apply plan': ['apply', planFile],
  apply: ['apply', '-auto-approve'],
} as const;

interface Step {
  readonly title: string;
  /** The API user that the engine runs as. */
  readonly user: 'terraform' | 'nodelete';
  readonly environment: Environment;
  readonly command: keyof typeof commands;
  /** The expected exit code; of a plan, 2 means that there are changes. */
  readonly code: number;
  /** How many calls that write, carried out or refused, the server is expected to receive. */
  readonly writes: number;
}

function stepsFor(environment: Environment): Step[] {
  const changed = withPhone(environment, '55010', (phone) => [
    { ...phone, values: { ...phone.values, outbound_cid: '7275559999' } },
  ]);
  const removed = withPhone(changed, '56001', () => []);
  const plan = { user: 'terraform', command: 'plan', writes: 0 } as const;
  const applyPlan = { user: 'terraform', command: 'apply plan', code: 0 } as const;
  const apply = { command: 'apply', environment: removed, writes: 1 } as const;
  return [
    { ...plan, title: 'Plan a new environment', environment, code: 2 },
    {
      ...applyPlan,
      title: 'Apply it: add_phone for each phone, update_phone only for what add_phone does not take',
      environment,
      writes: 9,
    },
    { ...plan, title: 'Plan again: no changes', environment, code: 0 },
    { ...plan, title: 'Plan one changed field', environment: changed, code: 2 },
    { ...applyPlan, title: 'Apply it: only that field is sent', environment: changed, writes: 1 },
    {
      ...apply,
      title: 'Delete a phone as a user without the permission: the plan is refused, before any call that writes',
      user: 'nodelete',
      code: 1,
      writes: 0,
    },
    { ...apply, title: 'Delete it as a user with the permission', user: 'terraform', code: 0 },
  ];
}

async function main(): Promise<void> {
  const engine = findEngine();
  console.log(`Runs ${engineVersion(engine)} (${engine}) against an emulated VICIdial server.`);
  console.log('Nothing outside a temporary folder changes.');
  const emulator = await startEmulator({ data: { servers, users } });
  const workspace = await Workspace.create({
    provider: 'mirror',
    environment: {
      VICIDIAL_PASSWORD: password,
      TF_VAR_phone_pass: 'demoagent',
      TF_VAR_registration_password: 'demodevice',
    },
  });
  const environment = readEnvironment(join(__dirname, '..', 'stacks', 'environments', 'production.yaml'));
  const steps = stepsFor(environment);
  const unexpected: string[] = [];
  try {
    declare(workspace, environment, emulator.url);
    printHeading('Install the provider and initialise');
    const { output } = await workspace.init();
    console.log(
      output
        .split('\n')
        .filter((line) => line.startsWith('- '))
        .join('\n'),
    );
    for (const step of steps) unexpected.push(...(await show(step, emulator, workspace)));
  } finally {
    workspace.remove();
    await emulator.close();
  }
  if (unexpected.length > 0) throw new Error(`\nNot as expected:\n${unexpected.join('\n')}`);
  printHeading('Done: every step had the expected result.');
  const writes = steps.reduce((sum, step) => sum + step.writes, 0);
  console.log('6 phones and a phone alias created, one field changed, one phone deleted:');
  console.log(`${writes} calls that write. All of them are shown above.\n`);
}

/**
 * Runs a step and prints what happens.
 *
 * @returns what was not as expected
 */
async function show(
  { title, user, environment, command, code, writes }: Step,
  emulator: Emulator,
  workspace: Workspace,
): Promise<string[]> {
  printHeading(title);
  declare(workspace, environment, emulator.url);
  emulator.journal.clear();
  const colour = process.stdout.isTTY ? [] : ['-no-color'];
  const [name = '', ...rest] = commands[command];
  const run = await workspace.run([name, '-input=false', ...colour, ...rest], { VICIDIAL_USER: user });
  console.log(run.output);
  const calls = emulator.journal.writes;
  if (command !== 'plan') {
    console.log('The server received:');
    for (const call of calls) console.log(`  ${String(call)}\n    ${call.reply}`);
  }
  return [
    ...(run.code === code ? [] : [`${title}: exit code ${run.code}, not ${code}`]),
    ...(calls.length === writes ? [] : [`${title}: ${calls.length} calls that write, not ${writes}`]),
  ];
}

/** The environment with one phone replaced. */
function withPhone(
  environment: Environment,
  extension: string,
  change: (phone: Environment['phones'][number]) => Environment['phones'],
): Environment {
  return {
    ...environment,
    phones: environment.phones.flatMap((phone) => (phone.extension === extension ? change(phone) : [phone])),
  };
}

/** Synthesises an environment, for this server, into the workspace. */
function declare(workspace: Workspace, environment: Environment, url: string): void {
  const outdir = mkdtempSync(join(tmpdir(), 'phonestate-synth-'));
  const app = new App({ outdir });
  new EnvironmentStack(app, 'demo', {
    ...environment,
    provider: { ...environment.provider, url },
    backend: { local: { path: 'terraform.tfstate' } },
  });
  app.synth();
  // The stack brings its own required_providers.
  workspace.write('versions.tf', '');
  workspace.write('main.tf.json', readFileSync(join(outdir, 'stacks', 'demo', 'cdk.tf.json'), 'utf8'));
  rmSync(outdir, { recursive: true });
}

function printHeading(text: string): void {
  const line = '='.repeat(80);
  console.log(`\n${line}\n${text}\n${line}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
