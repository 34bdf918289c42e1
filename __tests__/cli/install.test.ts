import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostPlatform } from '../../src/cli/install';

const command = join(__dirname, '..', '..', 'dist', 'phonestate.js');
const run = (...args: string[]) =>
  execFileSync(process.execPath, [command, ...args], { encoding: 'utf8', stdio: 'pipe' });
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'phonestate-home-'));
});
afterEach(() => rmSync(home, { recursive: true }));

test('install puts one executable file where both engines look, and prints what to declare', () => {
  const said = run('install', '--mirror', home, '--platform', 'linux_amd64', 'darwin_arm64');
  for (const registry of ['registry.terraform.io', 'registry.opentofu.org']) {
    for (const platform of ['linux_amd64', 'darwin_arm64']) {
      const file = join(home, registry, 'phonestate/vicidial/0.1.0', platform, 'terraform-provider-vicidial_v0.1.0');
      expect(statSync(file).mode & 0o111).toBe(0o111);
      expect(readFileSync(file, 'utf8').startsWith('#!/usr/bin/env node')).toBe(true);
      expect(said).toContain(file);
    }
  }
  expect(said).toContain('source  = "phonestate/vicidial"');
  expect(said).toContain(`path    = "${home}"`);
});

test('without a mirror it goes where terraform looks by itself, and terraform init finds it', () => {
  const env = { PATH: process.env.PATH, HOME: home, CHECKPOINT_DISABLE: '1' };
  const said = execFileSync(process.execPath, [command, 'install'], { encoding: 'utf8', env });
  expect(said).not.toContain('provider_installation');
  const [block = ''] = /terraform \{[\s\S]*\n\}/u.exec(said) ?? [];
  const workspace = mkdtempSync(join(home, 'ws-'));
  execFileSync('tee', [join(workspace, 'main.tf')], { input: block, stdio: ['pipe', 'ignore', 'inherit'] });
  expect(
    execFileSync('terraform', ['init', '-input=false', '-no-color'], { cwd: workspace, env, encoding: 'utf8' }),
  ).toContain('Installed phonestate/vicidial v0.1.0');
});

test('a bundle that is not there is told with what to do', () => {
  expect(() => run('install', '--mirror', home, '--bundle', join(home, 'none.js'))).toThrow(
    /does not exist\. Run npm run build first/u,
  );
});

test('the platform is named as the engines name it', () => {
  expect(hostPlatform('linux', 'x64')).toBe('linux_amd64');
  expect(hostPlatform('darwin', 'arm64')).toBe('darwin_arm64');
  expect(() => hostPlatform('win32', 'x64')).toThrow('WSL');
});

test('help names the commands, and an unknown one is an error', () => {
  expect(run('--help')).toMatch(/install[\s\S]*emulator/u);
  expect(() => run('instal')).toThrow(/unknown command/u);
});
