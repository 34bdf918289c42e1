import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../src/address';
import { hostPlatform } from '../../src/cli/install';
import { runEngine } from '../../testing/engine';
import { useTemporaryFolder } from '../temporary-folder';

jest.setTimeout(60_000);

const command = join(__dirname, '..', '..', 'dist', 'phonestate.js');
const temporary = useTemporaryFolder();

/** Runs the command, whose errors are thrown with what it printed. */
const run = (...args: string[]) =>
  execFileSync(process.execPath, [command, ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
    env: { PATH: process.env.PATH, HOME: temporary.path },
  });

test('install writes an executable file where both engines look, and prints what to declare', () => {
  const printed = run('install', '--mirror', temporary.path, '--platform', 'linux_amd64', 'darwin_arm64');
  for (const registry of ['registry.terraform.io', 'registry.opentofu.org']) {
    for (const platform of ['linux_amd64', 'darwin_arm64']) {
      const file = join(
        temporary.path,
        registry,
        'phonestate/vicidial',
        version,
        platform,
        `terraform-provider-vicidial_v${version}`,
      );
      expect(statSync(file).mode & 0o111).toBe(0o111);
      expect(readFileSync(file, 'utf8').startsWith('#!/bin/sh\n')).toBe(true);
      expect(printed).toContain(file);
    }
  }
  expect(printed).toContain('source  = "phonestate/vicidial"');
  expect(printed).toContain(`path    = "${temporary.path}"`);
});

test('without a mirror it installs where the engines look by default, and init finds it', async () => {
  const printed = run('install');
  expect(printed).not.toContain('provider_installation');
  const [block = ''] = /terraform \{[\s\S]*\n\}/u.exec(printed) ?? [];
  const folder = mkdtempSync(join(temporary.path, 'ws-'));
  writeFileSync(join(folder, 'main.tf'), block);
  const { code, output } = await runEngine(['init', '-input=false', '-no-color'], {
    folder,
    environment: { HOME: temporary.path },
  });
  expect(output).toContain(`Installed phonestate/vicidial v${version}`);
  expect(code).toBe(0);
});

test('a missing bundle is an error that says what to do', () => {
  expect(() => run('install', '--mirror', temporary.path, '--bundle', join(temporary.path, 'none.js'))).toThrow(
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
