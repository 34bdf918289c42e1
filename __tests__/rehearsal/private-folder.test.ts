import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PrivateFolder } from '../../src/rehearsal/private-folder';
import { useTemporaryFolder } from '../temporary-folder';

const temporary = useTemporaryFolder();

function write(file: string, text = ''): string {
  const path = join(temporary.path, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const source = () => join(temporary.path, 'live', 'production');

test('a private folder has the configuration, its modules where they are, and its own backend; and no state', () => {
  write('live/production/main.tf', 'module "m" { source = "../../modules/seats" }');
  write('live/production/.terraform.lock.hcl', 'lock');
  write('live/production/data/seats.csv', 'csv');
  write('live/production/terraform.tfstate', 'old');
  write('live/production/terraform.tfstate.backup', 'old');
  write('live/production/.git/HEAD');
  write('live/other/main.tf');
  write('modules/seats/main.tf', 'module');
  const Modules = ['.', '../../modules/seats', '.terraform/modules/remote'].map((Dir) => ({ Dir }));
  write('live/production/.terraform/modules/modules.json', JSON.stringify({ Modules }));
  write('live/production/.terraform/modules/remote/main.tf', 'remote');
  write('live/production/.terraform/terraform.tfstate', '{"backend":{"type":"s3"}}');
  const provider = '.terraform/providers/registry.terraform.io/phonestate/vicidial/0.1.0/linux_amd64';
  write(`live/production/${provider}/terraform-provider-vicidial`, 'program');
  const variables = write('secret.tfvars', 'password = "x"');

  const copy = PrivateFolder.create(source(), join(source(), '.terraform'), [variables]);
  const read = (file: string) => readFileSync(join(copy.folder, file), 'utf8');
  expect(readdirSync(copy.folder).sort()).toEqual([
    '.terraform',
    '.terraform.lock.hcl',
    'data',
    'main.tf',
    'zzzz_000_secret_tfvars.auto.tfvars',
    'zzzz_phonestate_rehearsal_override.tf.json',
  ]);
  expect(read('../../modules/seats/main.tf')).toBe('module');
  expect(read('.terraform/modules/remote/main.tf')).toBe('remote');
  expect(read('data/seats.csv')).toBe('csv');
  expect(existsSync(join(copy.folder, '..', 'other'))).toBe(false);
  expect(JSON.parse(read('zzzz_phonestate_rehearsal_override.tf.json'))).toEqual({
    terraform: { backend: { local: { path: 'terraform.tfstate' } } },
  });
  // The package is linked, and the folders above it are its own: what init adds does not get into the source.
  expect(lstatSync(join(copy.folder, provider)).isSymbolicLink()).toBe(true);
  expect(lstatSync(join(copy.folder, dirname(provider))).isSymbolicLink()).toBe(false);
  expect(copy.backend).toBeUndefined();
  copy.write('.terraform/terraform.tfstate', '{"backend":{"type":"local"}}');
  expect(copy.backend).toBe('local');

  const root = join(copy.folder, '..', '..');
  expect(statSync(root).mode & 0o777).toBe(0o700);
  expect(statSync(join(copy.folder, '.terraform', 'terraform.tfstate')).mode & 0o777).toBe(0o600);
  copy.remove();
  expect(existsSync(root)).toBe(false);
  expect(existsSync(join(source(), provider, 'terraform-provider-vicidial'))).toBe(true);
});

test('a folder whose copy fails leaves nothing behind', () => {
  write('live/production/main.tf');
  const before = readdirSync(dirname(temporary.path)).filter((name) => name.startsWith('phonestate-rehearsal-'));
  expect(() => PrivateFolder.create(source(), join(source(), '.terraform'), ['missing.tfvars'])).toThrow('ENOENT');
  const after = readdirSync(dirname(temporary.path)).filter((name) => name.startsWith('phonestate-rehearsal-'));
  expect(after.filter((name) => !before.includes(name))).toEqual([]);
});
