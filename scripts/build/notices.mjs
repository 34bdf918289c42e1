/** The licences of what is bundled. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bunVersion } from './bun.mjs';
import { root } from './root.mjs';

const line = '-'.repeat(80);
const licenceFile = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/iu;

/**
 * The text of THIRD-PARTY-NOTICES.txt.
 *
 * @param {{ name: string, version: string, licence: string, folder: string }[]} packages as `bundledPackages` finds them
 * @param {{ withBun?: boolean }} [options] whether it is about executables, which contain Bun
 * @throws Error for a package that has no licence with it
 */
export function thirdPartyNotices(packages, { withBun = false } = {}) {
  const intro = 'Phonestate contains the following software of others, each under its own licence.';
  const sections = packages.map(
    (found) => `${found.name} ${found.version} (${found.licence})\n\n${licenceText(found)}`,
  );
  if (withBun) sections.unshift(bunNotice());
  return [intro, ...sections].map((section) => `${section.trim()}\n`).join(`\n${line}\n\n`);
}

function licenceText({ name, version, folder, licence }) {
  const files = readdirSync(join(root, folder)).filter((file) => licenceFile.test(file));
  if (files.length > 0)
    return files
      .sort()
      .map((file) => readText(folder, file))
      .join('\n\n');
  const inReadme = /^#+ *licen[cs]e\b[^]*/imu.exec(
    readdirSync(join(root, folder)).includes('README.md') ? readText(folder, 'README.md') : '',
  );
  if (inReadme && licence !== 'not stated') return inReadme[0];
  throw new Error(`${name} ${version} has no licence in ${folder}, which THIRD-PARTY-NOTICES.txt has to contain.`);
}

function readText(folder, file) {
  return readFileSync(join(root, folder, file), 'utf8')
    .replaceAll('\r\n', '\n')
    .trim();
}

/** Bun's package has no licence in it: its text is in this repository. */
function bunNotice() {
  const text = readText('scripts/build', 'bun-licence.txt').replaceAll('@BUN@', bunVersion);
  const parts = [
    `Bun ${bunVersion} (MIT, with parts under other licences)`,
    text,
    readText('scripts/build', 'lgpl-2.1.txt'),
  ];
  return parts.join('\n\n');
}
