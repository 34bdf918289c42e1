/** What `npm run release` makes of programs, here of a few bytes each. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import which from 'which';
import { requiredProviders } from '../../src/cli/install';
import { version as baseVersion } from '../../src/address';
import { packageHash, zip, type ArchiveFile } from '../../scripts/release/archive';
import { sign, signingKey, writeChecksums } from '../../scripts/release/checksums';
import { writeMirror } from '../../scripts/release/mirror';
import { packNpm } from '../../scripts/release/npm-tarball';
import { commandArchives, providerPackage } from '../../scripts/release/programs';
import { sbom } from '../../scripts/release/sbom';
import { releaseVersion, sourceId } from '../../scripts/release/version';
import { runEngine } from '../../testing/engine';
import { useTemporaryFolder } from '../temporary-folder';

jest.setTimeout(60_000);

const temporary = useTemporaryFolder();
const text = (content: string) => new TextEncoder().encode(content);
const files: ArchiveFile[] = [
  { name: 'provider-glibc', content: text('program '.repeat(1000)), isExecutable: true },
  { name: 'LICENSE', content: text('licence') },
];

/** A folder as `scripts/executables.mjs` makes it for Linux. */
function builtForLinux(): string {
  const folder = join(temporary.path, 'linux_amd64');
  mkdirSync(join(folder, 'provider'), { recursive: true });
  for (const name of ['terraform-provider-vicidial', 'provider-glibc', 'provider-musl'])
    writeFileSync(join(folder, 'provider', name), name);
  for (const name of ['phonestate', 'phonestate-musl']) writeFileSync(join(folder, name), name);
  return folder;
}

test('an archive has the same bytes whatever the order of its files and the time', () => {
  const archive = zip(files);
  expect(zip([...files].reverse())).toEqual(archive);
  // A change of these bytes changes the checksums of a release that is made again.
  expect(createHash('sha256').update(archive).digest('hex')).toBe(
    'f9abf1de9191a7338e3407533b237fd08e22a636ea0d9c74603d43d8c4fa39d3',
  );
});

test('the programs in an archive are executable for the unzip of the engines, and of the system', () => {
  const file = join(temporary.path, 'a.zip');
  writeFileSync(file, zip(files));
  expect(Object.keys(unzipSync(readFileSync(file)))).toEqual(['LICENSE', 'provider-glibc']);
  const content = readFileSync(file);
  // In the central directory, the upper half of the external attributes is the mode of Unix.
  const entry = Buffer.from('504b0102', 'hex');
  const first = content.indexOf(entry);
  const modes = [first, content.indexOf(entry, first + 4)].map((at) => content.readUInt32LE(at + 38) >>> 16);
  expect(modes.map((mode) => mode.toString(8))).toEqual(['100644', '100755']);
});

test('names are those that registries and mirrors expect, with one package of the provider for both C libraries', () => {
  const options = { folder: builtForLinux(), platform: 'linux_amd64', version: '1.2.3', legal: [] };
  const made = providerPackage(options);
  expect(made.name).toBe('terraform-provider-vicidial_1.2.3_linux_amd64.zip');
  expect(made.files.map(({ name }) => name).sort()).toEqual([
    'provider-glibc',
    'provider-musl',
    'terraform-provider-vicidial_v1.2.3',
  ]);
  expect(commandArchives(options).map(({ name, files: [program] }) => [name, program?.name])).toEqual([
    ['phonestate_1.2.3_linux_amd64.zip', 'phonestate'],
    ['phonestate_1.2.3_linux_amd64_musl.zip', 'phonestate'],
  ]);
});

test('an engine locks the packages of all platforms from the mirror, with the checksums that the mirror states', async () => {
  const mirror = join(temporary.path, 'mirror');
  const packages = ['linux_amd64', 'darwin_arm64', 'windows_amd64'].map((platform) => {
    const name = `terraform-provider-vicidial_${baseVersion}_${platform}.zip`;
    const program = {
      name: `terraform-provider-vicidial_v${baseVersion}`,
      content: text(platform),
      isExecutable: true,
    };
    const archive = join(temporary.path, name);
    writeFileSync(archive, zip([program]));
    return { platform, archive, name, hashes: [packageHash([program])] };
  });
  writeMirror(mirror, baseVersion, packages);
  const folder = mkdtempSync(join(temporary.path, 'ws-'));
  writeFileSync(join(folder, 'main.tf'), requiredProviders());
  const platforms = packages.map(({ platform }) => `-platform=${platform}`);
  const { code, output } = await runEngine(['providers', 'lock', `-fs-mirror=${mirror}`, ...platforms], { folder });
  expect(`${code} ${output}`).toMatch(/^0 /u);
  const lock = readFileSync(join(folder, '.terraform.lock.hcl'), 'utf8');
  for (const { hashes } of packages) expect(lock).toContain(hashes[0]);
  const described = readFileSync(
    join(mirror, 'registry.opentofu.org', 'phonestate', 'vicidial', `${baseVersion}.json`),
    'utf8',
  );
  expect(JSON.parse(described)).toMatchObject({ archives: { linux_amd64: { url: packages[0]?.name } } });
});

test('the checksums are in the form of sha256sum', () => {
  writeFileSync(join(temporary.path, 'b'), 'two');
  writeFileSync(join(temporary.path, 'a'), 'one');
  writeChecksums(temporary.path, 'SHA256SUMS', ['b', 'a']);
  const [one = '', two = ''] = readFileSync(join(temporary.path, 'SHA256SUMS'), 'utf8').split('\n');
  expect(one).toBe('7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  a');
  expect(two).toMatch(/^[0-9a-f]{64} {2}b$/u);
});

const withGpg = which.sync('gpg', { nothrow: true }) === null ? test.skip : test;

withGpg('the checksums are signed with the key that the environment names, with its passphrase', () => {
  // The path of a socket in it may not be long.
  const home = mkdtempSync(join(tmpdir(), 'gpg-'));
  // Otherwise the agent measures for seconds how often it should hash a passphrase.
  writeFileSync(join(home, 'gpg-agent.conf'), 's2k-count 65536\n');
  const env = { ...process.env, GNUPGHOME: home };
  try {
    const gpg = (...args: string[]) => execFileSync('gpg', ['--batch', '--quiet', ...args], { stdio: 'pipe', env });
    gpg(
      '--pinentry-mode',
      'loopback',
      '--passphrase',
      'open',
      '--quick-gen-key',
      'release@example.com',
      'ed25519',
      'sign',
    );
    const file = join(temporary.path, 'SHA256SUMS');
    writeFileSync(file, 'sums\n');
    const key = signingKey({ PHONESTATE_GPG_KEY: 'release@example.com', PHONESTATE_GPG_PASSPHRASE: 'open' });
    if (!key) throw new Error('no key');
    sign(file, key, env);
    gpg('--verify', `${file}.sig`, file);
    expect(() => sign(file, { key: 'other@example.com' }, env)).toThrow(/PHONESTATE_GPG_KEY: .*other@example\.com/u);
    expect(signingKey({})).toBeUndefined();
  } finally {
    execFileSync('gpgconf', ['--kill', 'all'], { env });
    rmSync(home, { recursive: true, force: true });
  }
});

describe('the version', () => {
  test('of a tag is that of package.json, and of a prerelease has the build', () => {
    expect(releaseVersion({ version: '1.2.3', tag: 'v1.2.3', buildId: 'b1' })).toBe('1.2.3');
    expect(releaseVersion({ version: '1.2.3', buildId: 'b1' })).toBe('1.2.3-dev.b1');
    expect(() => releaseVersion({ version: '1.2.3', tag: 'v1.2.4', buildId: 'b1' })).toThrow('has to be v1.2.3');
  });

  test('of two builds differs as soon as a file does, and not by what Git ignores', () => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: temporary.path });
    git('init', '--quiet');
    const write = (name: string, content: string) => writeFileSync(join(temporary.path, name), content);
    write('.gitignore', 'dist\n');
    write('a.ts', '1');
    const first = sourceId(temporary.path);
    expect(first).toMatch(/^b[0-9a-f]{12}$/u);
    write('dist', 'made');
    expect(sourceId(temporary.path)).toBe(first);
    write('a.ts', '2');
    const changed = sourceId(temporary.path);
    expect(changed).not.toBe(first);
    git('add', '.');
    expect(sourceId(temporary.path)).toBe(changed);
  });
});

test('the bill of materials has each package once, with its programs, and nothing of the time', () => {
  const zod = { name: 'zod', version: '4.0.0', licence: 'MIT' };
  const scoped = { name: '@a/b', version: '1.0.0', licence: 'not stated' };
  const made = () =>
    sbom({
      version: '1.2.3',
      licence: 'MIT',
      bunVersion: '1.4.5',
      programs: { provider: [zod, scoped], phonestate: [zod] },
    });
  expect(made()).toBe(made());
  const { specVersion, components, dependencies } = JSON.parse(made()) as {
    readonly specVersion: string;
    readonly components: readonly { readonly name: string; readonly purl?: string }[];
    readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  };
  expect(specVersion).toBe('1.6');
  expect(components.map(({ name }) => name).sort()).toEqual(['@a/b', 'bun', 'phonestate', 'provider', 'zod']);
  expect(components.map(({ purl }) => purl)).toContain('pkg:npm/%40a/b@1.0.0');
  expect(dependencies).toContainEqual({
    ref: 'provider@1.2.3',
    dependsOn: ['pkg:npm/%40a/b@1.0.0', 'pkg:npm/bun@1.4.5', 'pkg:npm/zod@4.0.0'],
  });
});

test('the npm package has the version of the release in package.json and in its bundles', () => {
  const [root, bundles, work, folder] = ['root', 'bundles', 'work', 'folder'].map((name) => join(temporary.path, name));
  if (!root || !bundles || !work || !folder) throw new Error('four folders');
  for (const made of [join(root, 'dist'), bundles, work, folder]) mkdirSync(made, { recursive: true });
  const described = { name: 'phonestate', version: '1.2.3', files: ['dist'], scripts: { prepare: 'exit 1' } };
  writeFileSync(join(root, 'package.json'), JSON.stringify(described));
  writeFileSync(join(root, 'dist', 'phonestate.js'), '1.2.3');
  writeFileSync(join(bundles, 'phonestate.js'), '1.2.3-dev.b1');
  const name = packNpm({ root, version: '1.2.3-dev.b1', bundles, work, folder });
  expect(name).toBe('phonestate-1.2.3-dev.b1.tgz');
  const content = (file: string) =>
    execFileSync('tar', ['-xzOf', join(folder, name), `package/${file}`], { encoding: 'utf8' });
  expect(content('dist/phonestate.js')).toBe('1.2.3-dev.b1');
  expect(JSON.parse(content('package.json'))).toEqual({ name: 'phonestate', version: '1.2.3-dev.b1', files: ['dist'] });
});
