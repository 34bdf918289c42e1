/**
 * The platforms that have executables, in the words of Terraform, with the targets of Bun for each. On Linux there are
 * two C libraries and one name of a platform, so its package has an executable for each library.
 *
 * The executables for x64 need no AVX2: since 1.4, Bun has one build for all processors from Nehalem on, and the packages
 * with `-baseline` in their name contain the same file.
 */
export const platforms = {
  linux_amd64: { glibc: 'linux-x64', musl: 'linux-x64-musl' },
  linux_arm64: { glibc: 'linux-aarch64', musl: 'linux-aarch64-musl' },
  darwin_amd64: { macos: 'darwin-x64' },
  darwin_arm64: { macos: 'darwin-aarch64' },
  windows_amd64: { windows: 'windows-x64' },
};

/** This machine: its platform, and which of its executables it runs. */
export function host() {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const platform = `${os}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const variants = platforms[platform];
  if (!variants)
    throw new Error(`There is no executable for ${platform}: only for ${Object.keys(platforms).join(', ')}.`);
  const library = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  const variant = os === 'linux' ? library : Object.keys(variants)[0];
  return { platform, variant, target: variants[variant] };
}
