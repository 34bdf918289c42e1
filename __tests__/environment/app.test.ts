import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useTemporaryFolder } from '../temporary-folder';
import { writeFiles } from './environment-of';

const root = join(__dirname, '..', '..');
const temporary = useTemporaryFolder();

interface Synthesised {
  readonly resource: { readonly vicidial_phone_alias: Record<string, { readonly phone_logins: unknown }> };
  readonly variable: Record<string, { readonly sensitive: boolean }>;
}

/** Runs main.ts and returns the names of the stacks that it writes. */
function synth(environment: Record<string, string>): string[] {
  execFileSync(process.execPath, [join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'), 'main.ts'], {
    cwd: root,
    // No engine and no Git: synthesis starts no other program.
    env: { PATH: '', CDKTF_OUTDIR: temporary.path, ...environment },
    stdio: 'pipe',
  });
  return readdirSync(join(temporary.path, 'stacks')).sort();
}

describe('the app', () => {
  test('makes a stack of each environment, in the output folder of cdktf', () => {
    expect(synth({})).toEqual(['production', 'staging']);
    const { resource, variable } = JSON.parse(
      readFileSync(join(temporary.path, 'stacks', 'staging', 'cdk.tf.json'), 'utf8'),
    ) as Synthesised;
    expect(resource.vicidial_phone_alias['alias-frontdesk']?.phone_logins).toEqual([
      '${vicidial_phone.phone-lab-55000.phone_login}',
      '${vicidial_phone.phone-lab-55001.phone_login}',
    ]);
    expect(Object.entries(variable).map(([name, { sensitive }]) => [name, sensitive])).toEqual([
      ['phone_pass', true],
      ['registration_password', true],
    ]);
  });

  test('makes only the selected environments, and lists the known ones where a name is unknown', () => {
    expect(synth({ PHONESTATE_ENVIRONMENTS: 'staging' })).toEqual(['staging']);
    expect(synth({ PHONESTATE_ENVIRONMENTS: '' })).toEqual(['production', 'staging']);
    expect(() => synth({ PHONESTATE_ENVIRONMENTS: 'moon' })).toThrow(
      /Unknown environment "moon" in PHONESTATE_ENVIRONMENTS\. Environments in stacks\/environments: production, staging\./u,
    );
  });

  test('removes stacks whose environments no longer exist, but not a state file in their folders', () => {
    writeFiles(temporary.path, {
      'stacks/former/cdk.tf.json': '{}',
      'stacks/former/.terraform/providers': '',
      'stacks/stateful/cdk.tf.json': '{}',
      'stacks/stateful/terraform.tfstate': '{}',
    });
    expect(synth({ PHONESTATE_ENVIRONMENTS: 'staging' })).toEqual(['staging', 'stateful']);
    expect(readdirSync(join(temporary.path, 'stacks', 'stateful'))).toEqual(['terraform.tfstate']);
  });
});
