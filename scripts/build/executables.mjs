/** Provider and command as executables that need no Node.js, made with `bun build --compile`. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bunFor, bunVersion } from './bun.mjs';
import { options, unused, withVersion } from './esbuild-options.mjs';
import { signMacos } from './macos-signature.mjs';
import { host, platforms } from './platforms.mjs';
import { root } from './root.mjs';

const entries = { provider: 'src/provider/main.ts', phonestate: 'src/cli/main.ts' };

/**
 * Makes both programs for platforms, each in a folder of its name: `provider/` is what a package of the provider holds,
 * the command is beside it. Nothing of the result depends on the folder, the time or the machine.
 *
 * @param {{ folder: string, version: string, targets: { platform: string, variants: string[] }[] }} request
 * @returns the metafiles of esbuild by program
 */
export async function buildExecutables({ folder, version, targets }) {
  const work = mkdtempSync(join(tmpdir(), 'phonestate-executables-'));
  try {
    const metafiles = {};
    for (const [name, entry] of Object.entries(entries)) metafiles[name] = await bundle({ name, entry, work, version });
    for (const { platform, variants } of targets) {
      const to = join(folder, platform);
      rmSync(to, { recursive: true, force: true });
      mkdirSync(join(to, 'provider'), { recursive: true });
      for (const variant of variants) compileBoth({ platform, variant, work, to });
      if (!platform.startsWith('windows')) writeLauncher(join(to, 'provider', 'terraform-provider-vicidial'));
    }
    return metafiles;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * One file, with all modules as they are: Bun compiles to bytecode what the Node.js bundle loads later. esbuild puts
 * undici into it; Bun has a replacement of its own for an import of undici, which knows no proxies and no client
 * certificates.
 */
async function bundle({ name, entry, work, version }) {
  const outfile = join(work, `${name}.js`);
  const plugins = [unused, withVersion(version)];
  // Bun would put the name of the temporary folder in the place of it, and no executable would be like another.
  const define = { __dirname: '""', __filename: '""' };
  const { metafile } = await build({ ...options, define, entryPoints: [entry], outfile, plugins });
  return metafile;
}

/** The file names of a platform's executables: where there is a launcher, it has the name that engines look for. */
function fileNames(platform, variant) {
  if (platform.startsWith('windows'))
    return { provider: 'terraform-provider-vicidial.exe', phonestate: 'phonestate.exe' };
  const suffix = variant === 'musl' ? '-musl' : '';
  return { provider: `provider-${variant}`, phonestate: `phonestate${suffix}` };
}

function compileBoth({ platform, variant, work, to }) {
  const target = platforms[platform][variant];
  const names = fileNames(platform, variant);
  const places = { provider: join(to, 'provider', names.provider), phonestate: join(to, names.phonestate) };
  for (const [program, file] of Object.entries(places)) {
    const made = compile({ program, target, work });
    if (platform.startsWith('darwin')) writeFileSync(made, signMacos(readFileSync(made), `phonestate-${program}`));
    chmodSync(made, 0o755);
    move(made, file);
  }
}

/**
 * Bun stores the names of the files in the executable: they are the same in each build, and relative to a folder that
 * has nothing else. Its variables could change what it makes.
 */
function compile({ program, target, work }) {
  const outfile = `${program}-${target}${target.startsWith('windows') ? '.exe' : ''}`;
  const flags = [
    '--bytecode',
    '--no-compile-autoload-dotenv',
    '--no-compile-autoload-bunfig',
    '--no-compile-autoload-tsconfig',
    '--no-compile-autoload-package-json',
    `--target=bun-${target.replace('aarch64', 'arm64')}`,
    `--compile-executable-path=${bunFor(target)}`,
  ];
  try {
    execFileSync(bunFor(host().target), ['build', '--compile', ...flags, '--outfile', outfile, `${program}.js`], {
      cwd: work,
      env: { PATH: process.env.PATH, HOME: work },
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    throw new Error(`Bun ${bunVersion} could not compile ${program} for ${target}:\n${error.stdout}${error.stderr}`, {
      cause: error,
    });
  }
  return join(work, outfile);
}

function writeLauncher(file) {
  const text = readFileSync(join(root, 'scripts/executable-launcher.sh'), 'utf8').replaceAll(
    '@ADDRESS@',
    'phonestate/vicidial',
  );
  writeFileSync(file, text, { mode: 0o755 });
}

/** Also where the temporary folder is on another file system. */
function move(from, to) {
  try {
    renameSync(from, to);
  } catch {
    writeFileSync(to, readFileSync(from), { mode: 0o755 });
  }
}
