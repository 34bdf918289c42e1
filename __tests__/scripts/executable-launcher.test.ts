/** The script that starts the executable of the provider for the C library of the machine. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useTemporaryFolder } from '../temporary-folder';

const temporary = useTemporaryFolder();

/** Runs it beside programs that print their name, arguments and some variables. */
function launch(programs: readonly string[]) {
  const launcher = join(temporary.path, 'terraform-provider-vicidial');
  copyFileSync(join(__dirname, '..', '..', 'scripts', 'executable-launcher.sh'), launcher);
  for (const name of programs) {
    const text = `#!/bin/sh\necho ${name} "$@" "[$BUN_OPTIONS$BUN_BE_BUN$BUN_INSPECT]" "[$VICIDIAL_URL]"\n`;
    writeFileSync(join(temporary.path, name), text, { mode: 0o755 });
  }
  const env = { BUN_OPTIONS: '--preload x', BUN_BE_BUN: '1', BUN_INSPECT: 'ws://x', VICIDIAL_URL: 'url' };
  return spawnSync('/bin/sh', [launcher, '--debug'], { encoding: 'utf8', env });
}

test('it starts the executable with its arguments, and without the variables that Bun acts on', () => {
  expect(launch(['provider-macos']).stdout).toBe('provider-macos --debug [] [url]\n');
});

const { glibcVersionRuntime } = (process.report.getReport() as { readonly header: Record<string, string> }).header;
const onGlibc = glibcVersionRuntime === undefined ? test.skip : test;

onGlibc('on Linux it starts the one for the C library of the system', () => {
  expect(launch(['provider-glibc', 'provider-musl']).stdout).toBe('provider-glibc --debug [] [url]\n');
});

onGlibc('where that is missing, the line that engines show says so', () => {
  const { stdout, status } = launch([]);
  expect(stdout).toMatch(/^The provider @ADDRESS@ did not start: .* no executable for glibc.*\n$/u);
  expect(status).toBe(1);
});
