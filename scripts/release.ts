/**
 * Makes a release in `release/`: packages of the provider and of the command for all platforms, the npm package, the
 * checksums with a signature where PHONESTATE_GPG_KEY names a key, licences, bill of materials, and a network mirror.
 * Usage: npm run release [-- --tag v1.2.3] [--platform linux_amd64 ...]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { license as licence, version as baseVersion } from '../package.json';
import { packageHash, sha256, zip } from './release/archive';
import { sign, signingKey, writeChecksums } from './release/checksums';
import { writeMirror, type ProviderPackage } from './release/mirror';
import { packNpm } from './release/npm-tarball';
import { commandArchives, providerPackage, type Archive } from './release/programs';
import { sbom, type BundledPackage } from './release/sbom';
import { changedFiles, releaseVersion, sourceId } from './release/version';

const root = join(__dirname, '..');
const allPlatforms = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64', 'windows_amd64'];

const { values: flags } = parseArgs({
  options: {
    tag: { type: 'string' },
    platform: { type: 'string', multiple: true, default: allPlatforms },
    output: { type: 'string', default: join(root, 'release') },
  },
});

function main(): void {
  const changed = flags.tag === undefined ? [] : changedFiles(root);
  if (changed.length > 0)
    throw new Error(`A release for a tag is made of a commit, and these files differ: ${changed.join(', ')}`);
  const version = releaseVersion({
    version: baseVersion,
    buildId: sourceId(root),
    ...(flags.tag ? { tag: flags.tag } : {}),
  });
  console.log(`Phonestate ${version}`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  const work = mkdtempSync(join(root, '.cache', 'release-'));
  try {
    makeRelease(version, work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function makeRelease(version: string, work: string): void {
  const options = ['--version', version, '--output', work];
  runScript('build.mjs', ['--lib', ...options]);
  runScript('executables.mjs', [...options, ...flags.platform.flatMap((name) => ['--platform', name])]);
  const to = join(work, 'release');
  mkdirSync(to);
  const executables = join(work, 'executables');
  const { bunVersion, programs } = JSON.parse(readFileSync(join(executables, 'contents.json'), 'utf8')) as Contents;
  const notices = readFileSync(join(executables, 'THIRD-PARTY-NOTICES.txt'));
  const legal = [
    { name: 'LICENSE', content: readFileSync(join(root, 'LICENSE')) },
    { name: 'THIRD-PARTY-NOTICES.txt', content: notices },
  ];
  const names: string[] = [];
  const write = (name: string, content: string | Uint8Array): void => {
    writeFileSync(join(to, name), content);
    names.push(name);
  };
  const archive = ({ name, files }: Archive): string => {
    write(name, zip(files));
    console.log(name);
    return join(to, name);
  };

  const packages = flags.platform.map((platform): ProviderPackage => {
    const options = { folder: join(executables, platform), platform, version, legal };
    const made = providerPackage(options);
    const file = archive(made);
    for (const command of commandArchives(options)) archive(command);
    return {
      platform,
      archive: file,
      name: made.name,
      hashes: [packageHash(made.files), `zh:${sha256(readFileSync(file))}`],
    };
  });
  const prefix = `terraform-provider-vicidial_${version}`;
  write(`${prefix}_manifest.json`, manifest());
  write('THIRD-PARTY-NOTICES.txt', notices);
  write(`phonestate_${version}.cdx.json`, sbom({ version, licence, bunVersion, programs }));
  const staging = join(work, 'npm');
  mkdirSync(staging);
  names.push(packNpm({ root, version, bundles: join(work, 'dist'), work: staging, folder: to }));
  const sums = `${prefix}_SHA256SUMS`;
  writeChecksums(to, sums, names);
  const key = signingKey(process.env);
  if (key) sign(join(to, sums), key);
  writeMirror(join(to, 'mirror'), version, packages);
  rmSync(flags.output, { recursive: true, force: true });
  renameSync(to, flags.output);
  console.log(
    `${flags.output}: ${names.length} files, ${sums}${key ? ' (signed)' : ' (not signed: PHONESTATE_GPG_KEY is not set)'}, mirror/`,
  );
}

/** What `scripts/executables.mjs` put into the executables. */
interface Contents {
  readonly bunVersion: string;
  readonly programs: Readonly<Record<string, readonly BundledPackage[]>>;
}

function runScript(name: string, args: readonly string[]): void {
  execFileSync(process.execPath, [join(root, 'scripts', name), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** What a registry reads about the provider. */
function manifest(): string {
  return `${JSON.stringify({ version: 1, metadata: { protocol_versions: ['6.0'] } }, null, 2)}\n`;
}

main();
