/**
 * Makes provider and command as executables that need no Node.js, in executables/: of this platform, or of those that
 * `--platform linux_amd64` (repeated) names. `--output` is another folder for executables/, `--version` another version.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BunMissing, bunVersion } from './build/bun.mjs';
import { buildExecutables } from './build/executables.mjs';
import { thirdPartyNotices } from './build/notices.mjs';
import { bundledPackages } from './build/packages.mjs';
import { host, platforms } from './build/platforms.mjs';
import { packageJson, root } from './build/root.mjs';

const { values } = parseArgs({
  options: {
    platform: { type: 'string', multiple: true },
    output: { type: 'string', default: root },
    version: { type: 'string', default: packageJson().version },
  },
});
const programNames = { provider: 'terraform-provider-vicidial', phonestate: 'phonestate' };
/** Without Bun there are no executables, and their tests are skipped. */
const exitCodeWithoutBun = 75;

try {
  const folder = join(values.output, 'executables');
  mkdirSync(folder, { recursive: true });
  const metafiles = await buildExecutables({ folder, version: values.version, targets: targets() });
  const programs = Object.fromEntries(
    Object.entries(metafiles).map(([program, metafile]) => [programNames[program], bundledPackages([metafile])]),
  );
  writeFileSync(join(folder, 'contents.json'), JSON.stringify({ bunVersion, programs }, null, 2));
  const all = bundledPackages(Object.values(metafiles));
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(all, { withBun: true }));
} catch (error) {
  if (!(error instanceof BunMissing)) throw error;
  console.error(`No executables were made: ${error.message}`);
  process.exitCode = exitCodeWithoutBun;
}

function targets() {
  if (!values.platform) {
    const { platform, variant } = host();
    return [{ platform, variants: [variant] }];
  }
  return values.platform.map((platform) => {
    if (!platforms[platform]) throw new Error(`"${platform}" is none of ${Object.keys(platforms).join(', ')}.`);
    return { platform, variants: Object.keys(platforms[platform]) };
  });
}
