import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secrets, useTestbed } from './harness';

jest.setTimeout(300_000);

const root = join(__dirname, '..', '..');
const variables = { TF_VAR_phone_pass: secrets.agent, TF_VAR_registration_password: secrets.device };

describe('the examples, installed as a user installs the provider', () => {
  const testbed = useTestbed({ provider: 'mirror' });

  const applyAndPlan = async () => {
    await testbed.workspace.init();
    await testbed.workspace.expectApply([], variables);
    expect(testbed.writes().map((line) => line.split(' ')[0])).toEqual([
      'add_phone',
      'update_phone',
      'add_phone_alias',
    ]);
    expect((await testbed.workspace.plan([], variables)).code).toBe(0);
    expect(testbed.emulator.store.phone('10.0.0.11', '55000')).toMatchObject({
      phone_full_name: 'Front desk',
      phone_ring_timeout: '45',
      phone_pass: secrets.agent,
    });
    expect(testbed.emulator.store.alias('desks')?.phone_logins).toBe('55000');
  };

  test('in HCL: nothing depends on cdktf', async () => {
    testbed.workspace.write('versions.tf', '');
    testbed.workspace.write('main.tf', readFileSync(join(root, 'examples', 'hcl', 'main.tf'), 'utf8'));
    await applyAndPlan();
  });

  test('in TypeScript', async () => {
    const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
    execFileSync(
      process.execPath,
      [tsx, '--tsconfig', join(root, 'tsconfig.json'), join(root, 'examples', 'cdktf', 'main.ts')],
      {
        cwd: testbed.workspace.folder,
        stdio: 'pipe',
      },
    );
    testbed.workspace.write('versions.tf', '');
    testbed.workspace.write(
      'main.tf.json',
      readFileSync(join(testbed.workspace.folder, 'cdktf.out', 'stacks', 'front-desk', 'cdk.tf.json'), 'utf8'),
    );
    await applyAndPlan();
  });
});
