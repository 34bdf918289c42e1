/** Bun, which makes the executables: its version, and its packages for each target. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

export const bunVersion = '1.4.5';

/**
 * The integrity of each package @oven/bun-TARGET in the npm registry (`npm view @oven/bun-TARGET@VERSION dist.integrity`).
 * They are no dependencies of package.json: each has 100 MB, and a checkout needs one of them, or none.
 */
const integrities = {
  'linux-x64': 'sha512-IWX9BELoGHAUtMonkeSaNaZwXzRk+oDw6Mk+HBFXd3KHYIBNBsIGRupMZPcgNoDbJpLu6gAJjIoIVPZtt1aJ1g==',
  'linux-aarch64': 'sha512-4BXmsSKnjOrlGWqZV4x/oWa7AVoR+B6lCXddMzOAXBIm3t50eslg9wb66gmtW1AamEQ1l1CDvmmruysEhqOWMg==',
  'linux-x64-musl': 'sha512-10QoW/YfTgnURaGEaHpJCiXjLI2e5iTtfVDaA5JKcyUzaa1cq6cVUY9/Uq5XkYzvtRjHLRe9Oj/lTDIQcxy8HQ==',
  'linux-aarch64-musl':
    'sha512-XCNc+WvvMAdNNb+OWTogpy+N9wm62fkVeEVLb6how0RZhW5LPi6c7BlkeVCuWps7XjEl2saFpHFa20/1E+PAHg==',
  'darwin-x64': 'sha512-qkLPMGHZM9NI6CeHTWwVezzmlo6cC4Ta7yUAjYIWXS366qQcOlcp75t2uZyiuVRBMPS0h9qE0tCcvCHGaFqjJg==',
  'darwin-aarch64': 'sha512-4MIFXHmctH2EhAxLXm2/qxNtv17dFtLJylvaOCsrgq6KSqHTs6eW5YSrJjRbJxYUJaR901fsN8JfZOa+CsWpWQ==',
  'windows-x64': 'sha512-FNvply651vcE/GHgNWz6mZvhmkwBuu8Hw54oNzA+CQog+HW+542rXQmZqNHRkFxazD9L3xi+iTtvO3engAgJfw==',
};

/** Bun for a target is not here and cannot be brought here. */
export class BunMissing extends Error {}

/**
 * The path of Bun for a target. It is brought from the npm registry into `.cache/bun` of the checkout where it is not
 * there yet, and checked against its integrity.
 *
 * @param {string} target `linux-x64` and the like
 * @param {{ cache?: string, pack?: (name: string, folder: string) => void, integrity?: string }} [options] for tests:
 *   where it is stored, how a package gets from the registry into a folder, and what is expected of it
 * @throws BunMissing where the registry is not reached, or downloads are not wanted; Error where the content is another
 */
export function bunFor(
  target,
  { cache = join(root, '.cache', 'bun'), pack = npmPack, integrity = integrities[target] } = {},
) {
  const folder = join(cache, bunVersion, target);
  const bun = join(folder, 'bin', target.startsWith('windows') ? 'bun.exe' : 'bun');
  if (existsSync(bun)) return bun;
  const name = `@oven/bun-${target}@${bunVersion}`;
  if (process.env.PHONESTATE_NO_DOWNLOAD === '1') {
    throw new BunMissing(
      `${name} is not in ${cache}, and PHONESTATE_NO_DOWNLOAD=1 forbids to download it. Unset it, or use the provider on Node.js.`,
    );
  }
  console.error(`Bringing ${name} from the npm registry (50 MB) ...`);
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'new-'));
  try {
    pack(name, work);
    const archive = join(work, `oven-bun-${target}-${bunVersion}.tgz`);
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (found !== integrity) {
      throw new Error(
        `${name} of the npm registry has the integrity ${found}, and ${integrity} is expected. Nothing of it was used.`,
      );
    }
    execFileSync('tar', ['-xzf', archive, '-C', work]);
    mkdirSync(join(cache, bunVersion), { recursive: true });
    // Another build may have been faster: its folder has the same content.
    if (!existsSync(folder)) renameSync(join(work, 'package'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return bun;
}

function npmPack(name, folder) {
  try {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, name], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    const reason = String(error.stderr ?? error.message)
      .trim()
      .split('\n')
      .slice(0, 3)
      .join(' ');
    throw new BunMissing(`${name} could not be brought from the npm registry: ${reason || 'npm failed'}`, {
      cause: error,
    });
  }
}
