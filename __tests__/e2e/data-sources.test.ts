/** Data sources with a real engine, in HCL and as constructs. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { DataVicidialPhone, DataVicidialPhones, DataVicidialSystem, VicidialProvider } from '../../src';
import { secrets, system, useTestbed, type Testbed } from './harness';

jest.setTimeout(300_000);

const root = join(__dirname, '..', '..');
const stored = { phone_pass: secrets.agent, registration_password: secrets.device };
const phones = [
  { server_ip: '10.0.0.11', extension: '55000', phone_login: 'front', admin_user_group: 'SALES', ...stored },
  { server_ip: '10.0.0.11', extension: '55001', phone_login: '55001', admin_user_group: 'ADMIN', ...stored },
];
const aliases = [{ alias_id: 'desks', alias_name: 'Desks', phone_logins: ['front', '55001'] }];
const emulator = { data: { ...system, phones, aliases } };

/** The outputs of the state. */
async function outputs({ workspace }: Testbed): Promise<Record<string, unknown>> {
  const { stdout } = await workspace.expectSuccess(['output', '-json']);
  const values = JSON.parse(stdout) as Record<string, { readonly value: unknown }>;
  return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
}

/** Everything that a user or a program may see of a run, the plan as JSON and the log among it. */
async function applyAndCollect({ workspace }: Testbed): Promise<string> {
  const traced = { TF_LOG: 'trace' };
  const plan = await workspace.plan([], traced);
  const shown = await workspace.expectSuccess(['show', '-no-color', 'plan.out']);
  const applied = await workspace.expectApply([], traced);
  return [plan, shown, applied].map(({ output }) => output).join('\n');
}

describe('in HCL', () => {
  const testbed = useTestbed({ emulator });

  test('every data source is read, and what phones refer to is found', async () => {
    testbed.workspace.write(
      'main.tf',
      `
data "vicidial_phone" "front" {
  server_ip = "10.0.0.11"
  extension = "55000"
}
data "vicidial_phones" "all" {}
data "vicidial_phone_alias" "desks" { alias_id = "desks" }
data "vicidial_phone_aliases" "all" {}
data "vicidial_system" "this" {}
data "vicidial_servers" "all" {}
data "vicidial_templates" "all" {}
data "vicidial_user_groups" "all" {}
output "login" { value = data.vicidial_phone.front.phone_login }
output "groups_of_phones" { value = { for id, phone in data.vicidial_phones.all.phones : id => phone.admin_user_group } }
output "logins" { value = data.vicidial_phone_alias.desks.phone_logins }
output "aliases" { value = data.vicidial_phone_aliases.all.phone_aliases }
output "may_delete" { value = data.vicidial_system.this.may_delete }
output "servers" { value = keys(data.vicidial_servers.all.servers) }
output "templates" { value = keys(data.vicidial_templates.all.templates) }
output "groups" { value = keys(data.vicidial_user_groups.all.user_groups) }
`,
    );
    const output = await applyAndCollect(testbed);
    expect(await outputs(testbed)).toEqual({
      login: 'front',
      groups_of_phones: { '10.0.0.11/55000': 'SALES', '10.0.0.11/55001': 'ADMIN' },
      logins: ['front', '55001'],
      aliases: { desks: { id: 'desks', alias_id: 'desks', alias_name: 'Desks', phone_logins: ['front', '55001'] } },
      may_delete: true,
      servers: ['10.0.0.11', '10.0.0.12'],
      templates: ['SIP_generic'],
      groups: ['ADMIN', 'SALES'],
    });
    const state = readFileSync(join(testbed.workspace.folder, 'terraform.tfstate'), 'utf8');
    for (const secret of Object.values(secrets)) expect(output + state).not.toContain(secret);
    expect((await testbed.workspace.plan()).code).toBe(0);
    expect(testbed.emulator.journal.entries.filter(({ changed }) => changed)).toEqual([]);
  });

  test('secrets that are asked for are in state, and in no output', async () => {
    testbed.workspace.write(
      'main.tf',
      'data "vicidial_phones" "all" { include_secrets = true }\noutput "phones" {\n  value     = data.vicidial_phones.all.phones\n  sensitive = true\n}\n',
    );
    const output = await applyAndCollect(testbed);
    for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
    expect((await outputs(testbed)).phones).toMatchObject({ '10.0.0.11/55001': stored });
  });

  test('an output of secrets that is not marked as sensitive is refused', async () => {
    testbed.workspace.write(
      'main.tf',
      'data "vicidial_phones" "all" { include_secrets = true }\noutput "phones" { value = data.vicidial_phones.all.phones }\n',
    );
    const plan = await testbed.workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.output).toMatch(/sensitive/u);
    for (const secret of Object.values(secrets)) expect(plan.output).not.toContain(secret);
  });

  test('a phone that does not exist stops the plan, with the code', async () => {
    testbed.workspace.write(
      'main.tf',
      'data "vicidial_phone" "other" {\n  server_ip = "10.0.0.11"\n  extension = "59999"\n}\n',
    );
    const plan = await testbed.workspace.plan();
    expect(plan.code).toBe(1);
    expect(plan.output).toContain('Code: object-not-found');
  });
});

describe('with what is installed', () => {
  const testbed = useTestbed({ emulator, provider: 'mirror' });

  test.each(['json', 'hcl'])('constructs, written as %s, are read and give their values', async (format) => {
    const isHcl = format === 'hcl';
    const stack = new TerraformStack(new App({ outdir: '/nowhere', hclOutput: isHcl }), 'test');
    new VicidialProvider(stack, 'vicidial');
    const front = new DataVicidialPhone(stack, 'front', { serverIp: '10.0.0.11', extension: '55000' });
    const { phones: all } = new DataVicidialPhones(stack, 'all', { extensionPattern: '5500?', includeSecrets: false });
    new TerraformOutput(stack, 'login', { value: front.phoneLogin });
    new TerraformOutput(stack, 'group', { value: all.get('10.0.0.11/55001').adminUserGroup });
    new TerraformOutput(stack, 'same', { value: all.get(front.id).phoneLogin });
    new TerraformOutput(stack, 'may', { value: new DataVicidialSystem(stack, 'system').mayAdd });
    testbed.workspace.write('versions.tf', '');
    // Its declared type is any; it is the stack as HCL.
    if (isHcl) testbed.workspace.write('main.tf', Testing.synthHcl(stack, true) as string);
    else testbed.workspace.write('main.tf.json', Testing.synth(stack, true));
    await testbed.workspace.init();
    await testbed.workspace.expectApply();
    expect(await outputs(testbed)).toEqual({ login: 'front', group: 'ADMIN', same: 'front', may: true });
  });

  test('the example in TypeScript can be applied', async () => {
    const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
    const program = join(root, 'examples', 'cdktf', 'data-sources.ts');
    const { folder } = testbed.workspace;
    execFileSync(process.execPath, [tsx, '--tsconfig', join(root, 'tsconfig.json'), program], {
      cwd: folder,
      stdio: 'pipe',
    });
    testbed.workspace.write('versions.tf', '');
    const json = readFileSync(join(folder, 'cdktf.out', 'stacks', 'sales', 'cdk.tf.json'), 'utf8');
    testbed.workspace.write('main.tf.json', json);
    await testbed.workspace.init();
    await testbed.workspace.expectApply();
    expect(await outputs(testbed)).toEqual({ 'front-desk-login': 'front' });
  });
});
