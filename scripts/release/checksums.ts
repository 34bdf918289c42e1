/** SHA256SUMS of a release, and its signature. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './archive';

/**
 * Writes the checksums of files of a folder, in the form that `sha256sum --check` reads.
 *
 * @param names of the files, relative to the folder
 */
export function writeChecksums(folder: string, file: string, names: readonly string[]): void {
  const lines = [...names].sort().map((name) => `${sha256(readFileSync(join(folder, name)))}  ${name}\n`);
  writeFileSync(join(folder, file), lines.join(''));
}

export interface SigningKey {
  /** The fingerprint, or another name that gpg knows the key by. */
  readonly key: string;
  /** Of the key, where it has one. */
  readonly passphrase?: string;
}

/** The key to sign with, where the environment names one. */
export function signingKey(environment: NodeJS.ProcessEnv): SigningKey | undefined {
  const { PHONESTATE_GPG_KEY: key, PHONESTATE_GPG_PASSPHRASE: passphrase } = environment;
  if (!key) return undefined;
  return passphrase === undefined ? { key } : { key, passphrase };
}

/**
 * Writes `FILE.sig`, a detached signature in binary form, as registries expect it.
 *
 * @throws Error with what gpg printed
 */
export function sign(file: string, { key, passphrase }: SigningKey, environment = process.env): void {
  const quiet = ['--batch', '--yes', '--pinentry-mode', 'loopback'];
  const unlock = passphrase === undefined ? [] : ['--passphrase-fd', '0'];
  try {
    execFileSync('gpg', [...quiet, ...unlock, '--local-user', key, '--detach-sign', '--output', `${file}.sig`, file], {
      env: environment,
      input: passphrase ?? '',
      stdio: ['pipe', 'ignore', 'pipe'],
    });
  } catch (error) {
    const printed = String((error as { readonly stderr?: Buffer }).stderr ?? error).trim();
    throw new Error(`gpg could not sign ${file} with the key of PHONESTATE_GPG_KEY: ${printed}`, { cause: error });
  }
}
