import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secrets, useStage } from './harness';

jest.setTimeout(300_000);

const root = join(__dirname, '..', '..');
const variables = { TF_VAR_phone_pass: secrets.agent, TF_VAR_registration_password: secrets.device };

describe('the examples, with the real terraform', () => {
  const stage = useStage();

  const applyAndPlan = async () => {
    await stage.workspace.expectSuccess(['init', '-input=false', '-no-color']);
    expect((await stage.workspace.run(['apply', '-auto-approve', '-input=false', '-no-color'], variables)).code).toBe(
      0,
    );
    expect(stage.writes().map((line) => line.split(' ')[0])).toEqual(['add_phone', 'update_phone', 'add_phone_alias']);
    expect(
      (await stage.workspace.run(['plan', '-detailed-exitcode', '-input=false', '-no-color'], variables)).code,
    ).toBe(0);
    expect(stage.dialer.store.phone('10.0.0.11', '55000')).toMatchObject({
      phone_full_name: 'Front desk',
      phone_ring_timeout: '45',
      phone_pass: secrets.agent,
    });
    expect(stage.dialer.store.alias('desks')?.phone_logins).toBe('55000');
  };

  test('in HCL: nothing depends on cdktf', async () => {
    stage.workspace.write('versions.tf', '');
    stage.workspace.write('main.tf', readFileSync(join(root, 'examples', 'hcl', 'main.tf'), 'utf8'));
    await applyAndPlan();
  });

  test('in TypeScript', async () => {
    const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
    execFileSync(
      process.execPath,
      [tsx, '--tsconfig', join(root, 'tsconfig.json'), join(root, 'examples', 'cdktf', 'main.ts')],
      {
        cwd: stage.workspace.folder,
        stdio: 'pipe',
      },
    );
    stage.workspace.write('versions.tf', '');
    stage.workspace.write(
      'main.tf.json',
      readFileSync(join(stage.workspace.folder, 'cdktf.out', 'stacks', 'front-desk', 'cdk.tf.json'), 'utf8'),
    );
    await applyAndPlan();
  });
});
