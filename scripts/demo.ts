/**
 * The main job from beginning to end, on the embedded dialer: declare phones, plan, apply, change a field, remove a phone
 * without and with the permission. Shows what Terraform prints and what the dialer was asked. Usage: npm run demo
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, LocalBackend } from 'cdktf';
import { startEmulator } from '../src/emulator/emulator';
import { readEnvironment, type Environment } from '../stacks/environment';
import { PhoneStack } from '../stacks/phone-stack';
import { findEngine, Workspace } from '../testing/workspace';

const password = 'admin1234';

interface Step {
  readonly title: string;
  /** The API user that Terraform runs as. */
  readonly as: 'terraform' | 'nodelete';
  readonly environment: Environment;
  readonly command: 'plan' | 'apply';
  /** Exit code of the command; for a plan 2 means that there is something to do. */
  readonly code: number;
  /** Calls that write, carried out or refused, which the dialer is to receive. */
  readonly writes: number;
}

function stepsFor(before: Environment): Step[] {
  const changed = withPhone(before, '55010', (phone) => [
    { ...phone, values: { ...phone.values, outbound_cid: '7275559999' } },
  ]);
  const removed = withPhone(changed, '56001', () => []);
  return [
    { title: 'Plan a new environment', as: 'terraform', environment: before, command: 'plan', code: 2, writes: 0 },
    {
      title: 'Apply it: add_phone for each, update_phone only for what add_phone cannot carry',
      as: 'terraform',
      environment: before,
      command: 'apply',
      code: 0,
      writes: 9,
    },
    { title: 'Plan again: nothing to do', as: 'terraform', environment: before, command: 'plan', code: 0, writes: 0 },
    { title: 'Plan one changed field', as: 'terraform', environment: changed, command: 'plan', code: 2, writes: 0 },
    {
      title: 'Apply it: that field alone is sent',
      as: 'terraform',
      environment: changed,
      command: 'apply',
      code: 0,
      writes: 1,
    },
    {
      title: 'Remove a phone as a user who may not delete: refused, and the phone stays',
      as: 'nodelete',
      environment: removed,
      command: 'apply',
      code: 1,
      writes: 1,
    },
    {
      title: 'Remove it as a user who may',
      as: 'terraform',
      environment: removed,
      command: 'apply',
      code: 0,
      writes: 1,
    },
  ];
}

async function main(): Promise<void> {
  findEngine();
  const users = [
    { user: 'terraform', password },
    { user: 'nodelete', password, delete_phones: false },
  ];
  const dialer = await startEmulator({ data: { servers: ['10.0.0.11', '10.0.0.12'], users } });
  const workspace = await Workspace.create({
    TF_VAR_vicidial_password: password,
    TF_VAR_phone_pass: 'demoagent',
    TF_VAR_registration_password: 'demodevice',
  });
  const environment = readEnvironment(join(__dirname, '..', 'stacks', 'environments', 'production.yaml'));
  const unexpected: string[] = [];
  try {
    declare(workspace, environment, dialer.url);
    console.log(heading('Install the provider and initialise'));
    console.log((await workspace.init()).output);
    for (const { title, as, environment: desired, command, code, writes } of stepsFor(environment)) {
      console.log(heading(title));
      declare(workspace, desired, dialer.url);
      dialer.journal.clear();
      const flags = command === 'plan' ? ['-detailed-exitcode'] : ['-auto-approve'];
      const run = await workspace.run(
        [command, '-input=false', ...flags, ...(process.stdout.isTTY ? [] : ['-no-color'])],
        { TF_VAR_vicidial_user: as },
      );
      console.log(run.output);
      const calls = dialer.journal.writes;
      if (command === 'apply')
        console.log(
          ['The dialer received:', ...calls.map((call) => `  ${String(call)}\n    ${call.reply}`)].join('\n'),
        );
      if (run.code !== code) unexpected.push(`${title}: exit code ${run.code}, not ${code}`);
      if (calls.length !== writes) unexpected.push(`${title}: ${calls.length} writing calls, not ${writes}`);
    }
  } finally {
    workspace.remove();
    await dialer.close();
  }
  console.log(heading(unexpected.length === 0 ? 'Done: every step did what it should.' : 'Not as expected:'));
  if (unexpected.length === 0)
    console.log('6 phones and an alias created, one field changed, one phone removed; every call is shown above.\n');
  else console.error(unexpected.join('\n'));
  process.exitCode = unexpected.length === 0 ? 0 : 1;
}

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

/** Synthesises an environment, for this dialer, into the workspace. */
function declare(workspace: Workspace, environment: Environment, url: string): void {
  const outdir = mkdtempSync(join(tmpdir(), 'phonestate-synth-'));
  const app = new App({ outdir });
  const stack = new PhoneStack(app, 'demo', { ...environment, url });
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  app.synth();
  // The stack brings its own required_providers.
  workspace.write('versions.tf', '');
  workspace.write('main.tf.json', readFileSync(join(outdir, 'stacks', 'demo', 'cdk.tf.json'), 'utf8'));
  rmSync(outdir, { recursive: true });
}

function heading(text: string): string {
  return `\n${'='.repeat(80)}\n${text}\n${'='.repeat(80)}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
