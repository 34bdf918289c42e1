import { execFile, execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { strToU8, zipSync } from 'fflate';
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

/** The provider of this machine in a mirror, for Terraform. */
const installed = (mirror: string) =>
  join(
    mirror,
    'registry.terraform.io',
    'phonestate/vicidial',
    version,
    hostPlatform(),
    `terraform-provider-vicidial_v${version}`,
  );

/** A bundle that is another build. */
function otherBundle(text = '// another build'): string {
  const file = join(temporary.path, 'other.js');
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  return file;
}

test('another build of the same version replaces nothing, and is named; --replace replaces it', () => {
  const mirror = join(temporary.path, 'mirror');
  const printed = run('install', '--mirror', mirror);
  const before = readFileSync(installed(mirror));
  const other = otherBundle();
  const failing = () => run('install', '--mirror', mirror, '--bundle', other);
  expect(failing).toThrow(/has another build of \S+ already: build \w{12}, and this one is build \w{12}/u);
  expect(failing).toThrow('.terraform.lock.hcl');
  expect(readFileSync(installed(mirror)).equals(before)).toBe(true);
  // The same build again is fine.
  expect(run('install', '--mirror', mirror)).toBe(printed);
  run('install', '--mirror', mirror, '--bundle', other, '--replace');
  expect(readFileSync(installed(mirror))).toEqual(readFileSync(other));
});

test('the version names the build that install installs', () => {
  const [, build = ''] = /^\S+ \(build (\w{12})\)$/u.exec(run('--version').trim()) ?? [];
  expect(run('install', '--mirror', join(temporary.path, 'mirror'))).toContain(`Installed ${version}, build ${build}:`);
});

test('of several installations at once, of two builds, one build wins and the others are errors', async () => {
  const mirror = join(temporary.path, 'mirror');
  const other = otherBundle();
  const start = (...args: string[]) =>
    promisify(execFile)(process.execPath, [command, 'install', '--mirror', mirror, ...args]).then(
      () => 'installed',
      (error: { readonly stderr: string }) => error.stderr,
    );
  const outcomes = await Promise.all([start(), start('--bundle', other), start(), start('--bundle', other)]);
  const refused = outcomes.filter((outcome) => outcome !== 'installed');
  expect(refused).toHaveLength(2);
  for (const outcome of refused) expect(outcome).toContain('has another build');
  expect(readdirSync(dirname(installed(mirror)))).toHaveLength(1);
  expect(readdirSync(mirror).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('what an installation that was ended has left is removed, and is never beside the provider', () => {
  const mirror = join(temporary.path, 'mirror');
  mkdirSync(dirname(installed(mirror)), { recursive: true });
  writeFileSync(`${installed(mirror)}.new`, 'half of');
  const abandoned = join(mirror, '.phonestate-install-0');
  const current = join(mirror, '.phonestate-install-1');
  for (const file of [abandoned, current]) writeFileSync(file, 'half of');
  utimesSync(abandoned, 0, 0);
  run('install', '--mirror', mirror);
  expect(readdirSync(dirname(installed(mirror)))).toHaveLength(1);
  expect(readdirSync(mirror).filter((name) => name.startsWith('.'))).toEqual(['.phonestate-install-1']);
});

test.each(['', ' '])('an empty path (%j) is an error, not the working directory', (path) => {
  expect(() => run('install', '--mirror', path)).toThrow(/--mirror.*The path is empty/u);
  expect(() => run('install', '--bundle', path)).toThrow(/--bundle.*The path is empty/u);
});

test('a mirror that cannot be written is an error that says why, at once', () => {
  const file = join(temporary.path, 'file');
  copyFileSync(otherBundle(), file);
  expect(() => run('install', '--mirror', file)).toThrow(/cannot be written: a part of the path is a file.*--mirror/u);
  expect(() => run('install', '--mirror', join(file, 'in-it'))).toThrow('a part of the path is a file');
  expect(() => run('install', '--mirror', join(temporary.path, 'n'.repeat(300)))).toThrow('the path is too long');
  // There the recursive mkdir of Node.js never ends.
  if (process.platform === 'linux')
    expect(() => run('install', '--mirror', '/proc/phonestate')).toThrow('the system makes no folder there');
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

describe('the archive of a release', () => {
  /** What a release has, but for what the engine unpacks. */
  function archive(content = 'packed'): string {
    const file = join(temporary.path, `terraform-provider-vicidial_9.8.7-dev.b1_${hostPlatform()}.zip`);
    writeFileSync(file, zipSync({ 'terraform-provider-vicidial_v9.8.7-dev.b1': [strToU8(content), { os: 3 }] }));
    return file;
  }

  test('is installed as it is, with the version in its name, and an engine takes it', async () => {
    const mirror = join(temporary.path, 'mirror');
    const printed = run('install', '--mirror', mirror, '--bundle', archive());
    expect(printed).toContain('version = "9.8.7-dev.b1"');
    const [block = ''] = /terraform \{[\s\S]*?\n\}/u.exec(printed) ?? [];
    const folder = mkdtempSync(join(temporary.path, 'ws-'));
    writeFileSync(join(folder, 'main.tf'), block);
    writeFileSync(
      join(folder, 'rc'),
      `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`,
    );
    const environment = { TF_CLI_CONFIG_FILE: join(folder, 'rc') };
    const { output } = await runEngine(['init', '-input=false', '-no-color'], { folder, environment });
    expect(output).toContain('Installed phonestate/vicidial v9.8.7-dev.b1');
  });

  test('with another content replaces nothing, unless --replace is given', () => {
    const mirror = join(temporary.path, 'mirror');
    run('install', '--mirror', mirror, '--bundle', archive());
    const other = archive('other');
    const failing = () => run('install', '--mirror', mirror, '--bundle', other);
    expect(failing).toThrow(/has another build of 9\.8\.7-dev\.b1 already/u);
    run('install', '--mirror', mirror, '--bundle', other, '--replace');
    expect(failing).not.toThrow();
  });

  test('has to have its own name, and is for one platform', () => {
    const renamed = join(temporary.path, 'provider.zip');
    copyFileSync(archive(), renamed);
    const mirror = join(temporary.path, 'mirror');
    expect(() => run('install', '--mirror', mirror, '--bundle', renamed)).toThrow(/has not the name of a package/u);
    expect(() => run('install', '--mirror', mirror, '--bundle', archive(), '--platform', 'linux_arm64')).toThrow(
      /--platform is for a bundle/u,
    );
  });
});
