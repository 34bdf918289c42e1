/**
 * Brings OpenTofu for a machine that has no engine: one pinned release, into the cache folder of the checkout. The archive
 * is checked twice, against the SHA256SUMS of the release and against the checksum that stands here: the server of the
 * release alone cannot change what runs.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { EnvHttpProxyAgent, fetch } from 'undici';

export interface EngineRelease {
  readonly version: string;
  /** The folder of its files. */
  readonly url: string;
  /** The SHA-256 of its archive for each platform. */
  readonly checksums: Readonly<Record<string, string>>;
}

const version = '1.12.6';

/** To change the version, take all checksums from its SHA256SUMS. */
export const pinnedRelease: EngineRelease = {
  version,
  url: `https://github.com/opentofu/opentofu/releases/download/v${version}`,
  checksums: {
    darwin_amd64: '166388e5feed47e107e11721b6366bf91d21e47eccbced75f3cbe0c7184ffd9b',
    darwin_arm64: 'e083ee43790ab9e19ad66d9933e24a7244a1412e1d5728f37999ae2163fdac95',
    linux_amd64: '5dc43da4f750f33873dc25e94587128709e819e544b7be9016b255316153c3a8',
    linux_arm64: 'e573979ba68a17fe7b881752051a694a7efcd970e39521f6a25775197861ed4d',
  },
};

/** Where the pinned release is, once it was brought. Git ignores the folder, and `npm ci` leaves it alone. */
export const cachedEngine = join(__dirname, '..', '.cache', `opentofu-${version}`, 'tofu');

/** What to do where there is no engine and none can be brought. */
export const installHint =
  'Install Terraform (https://developer.hashicorp.com/terraform/install) or OpenTofu ' +
  '(https://opentofu.org/docs/intro/install/), so that "terraform" or "tofu" is on the PATH, or set PHONESTATE_ENGINE to the path of one.';

export interface DownloadOptions {
  readonly platform: string;
  readonly release?: EngineRelease;
  /** The program to make. */
  readonly target?: string;
  /** Authorities to trust in place of those of Node.js. */
  readonly authorities?: string;
  /** A server that sends nothing for so long has failed. */
  readonly silenceMs?: number;
  /** Called with each part of the archive. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
}

/**
 * Brings the release, unless it is there. Two processes may do it at once: the program gets its name when it is whole.
 *
 * @returns the path of the program
 * @throws Error that says what failed and what to do instead; then nothing was written
 */
export async function downloadEngine({
  platform,
  release = pinnedRelease,
  target = cachedEngine,
  authorities,
  silenceMs = 30_000,
  onProgress = () => {},
}: DownloadOptions): Promise<string> {
  if (existsSync(target)) return target;
  const pinned = release.checksums[platform];
  if (pinned === undefined) throw new Error(`OpenTofu cannot be brought for ${platform}. ${installHint}`);
  const archive = `tofu_${release.version}_${platform}.zip`;
  const tls = authorities === undefined ? {} : { ca: authorities };
  const dispatcher = new EnvHttpProxyAgent({
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connect: { ...tls, timeout: silenceMs },
    requestTls: tls,
  });
  const get = (file: string, progress?: DownloadOptions['onProgress']) =>
    download(`${release.url}/${file}`, dispatcher, progress);
  try {
    const sums = await get(`tofu_${release.version}_SHA256SUMS`);
    const published = checksumOf(sums.toString('utf8'), archive);
    if (published !== pinned) {
      throw new Error(
        `the SHA256SUMS of ${release.url} has ${published ?? 'no checksum'} for ${archive}, but ${pinned} is expected`,
      );
    }
    const content = await get(archive, onProgress);
    const received = createHash('sha256').update(content).digest('hex');
    if (received !== pinned) {
      throw new Error(`${release.url}/${archive} has the checksum ${received}, but ${pinned} is expected`);
    }
    await put(target, unzip(content, archive));
    return target;
  } catch (error) {
    const what = `OpenTofu ${release.version} was not brought: ${reasonOf(error)}.`;
    throw new Error(`${what} ${installHint}`, { cause: error });
  } finally {
    await dispatcher.destroy();
  }
}

async function download(
  url: string,
  dispatcher: EnvHttpProxyAgent,
  onProgress: DownloadOptions['onProgress'] = () => {},
): Promise<Buffer> {
  try {
    const response = await fetch(url, { dispatcher });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    if (!response.url.startsWith('https:')) throw new Error('a redirect leads to an address without TLS');
    const total = Number(response.headers.get('content-length') ?? Number.NaN);
    const parts: Uint8Array[] = [];
    let received = 0;
    for await (const part of response.body ?? []) {
      // A body of fetch consists of bytes, which its type does not state.
      const bytes = part as Uint8Array;
      parts.push(bytes);
      received += bytes.byteLength;
      onProgress(received, Number.isNaN(total) ? undefined : total);
    }
    return Buffer.concat(parts);
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The checksum of a file in a list as sha256sum writes it. */
function checksumOf(sums: string, file: string): string | undefined {
  const lines = sums.split('\n').map((line) => line.trim().split(/\s+\*?/u));
  return lines.find(([, name]) => name === file)?.[0]?.toLowerCase();
}

function unzip(archive: Buffer, name: string): Uint8Array {
  const program = unzipSync(archive, { filter: (entry) => entry.name === 'tofu' }).tofu;
  if (!program) throw new Error(`${name} has no file "tofu"`);
  return program;
}

async function put(target: string, content: Uint8Array): Promise<void> {
  const work = `${target}.${randomUUID()}`;
  await mkdir(dirname(target), { recursive: true });
  try {
    await writeFile(work, content, { flag: 'wx' });
    // The mode of a new file depends on the umask.
    await chmod(work, 0o755);
    await rename(work, target);
  } finally {
    await rm(work, { force: true });
  }
}

/** The message of what caused an error in the first place: that of fetch itself is "fetch failed" or "terminated". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message === 'fetch failed' || error.message === 'terminated') return reasonOf(error.cause);
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined || error.message.includes(code) ? error.message : `${error.message} (${code})`;
}
