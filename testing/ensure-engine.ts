/** Finds the engine that tests and demo run; where there is none, brings OpenTofu into the cache folder of the checkout. */
import { hostPlatform } from '../src/cli/install';
import { findInstalledEngine } from './engine';
import { cachedEngine, downloadEngine, installHint, pinnedRelease, type DownloadOptions } from './engine-release';

/** Where what it does is printed. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * The path of the engine, which is brought first where there is none and PHONESTATE_NO_DOWNLOAD does not forbid it.
 *
 * @throws Error that says what to install
 */
export async function ensureEngine(
  output: Output,
  { platform = hostPlatform(), release = pinnedRelease, target = cachedEngine, ...more }: Partial<DownloadOptions> = {},
): Promise<string> {
  const installed = findInstalledEngine(target);
  if (installed !== undefined) return installed;
  const what = 'Neither terraform nor tofu is on the PATH';
  if (process.env.PHONESTATE_NO_DOWNLOAD) {
    throw new Error(`${what}, and PHONESTATE_NO_DOWNLOAD forbids to bring OpenTofu. ${installHint}`);
  }
  output.write(`${what}: bringing OpenTofu ${release.version} from ${release.url} to ${target}\n`);
  return downloadEngine({ platform, release, target, onProgress: progressPrinter(output), ...more });
}

/** Prints how much has come: in place on a terminal, and else a line for each quarter. */
function progressPrinter(output: Output): DownloadOptions['onProgress'] {
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
  let printed = 0;
  return (received, total) => {
    const line = `${megabytes(received)} MB${total === undefined ? '' : ` of ${megabytes(total)} MB`}`;
    if (output.isTTY) {
      output.write(`\r${line}${received === total ? '\n' : ''}`);
      return;
    }
    const quarter = Math.floor((4 * received) / (total ?? 100_000_000));
    if (quarter === printed) return;
    printed = quarter;
    output.write(`${line}\n`);
  };
}
