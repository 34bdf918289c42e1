/** The engine that commands run: Terraform or OpenTofu. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/** A state of thousands of phones is some tens of megabytes. */
const maxOutput = 1024 ** 3;

/**
 * Runs the engine: PHONESTATE_ENGINE (a path, or a name on the PATH), or else `terraform`, or else `tofu`.
 *
 * @param folder in which it runs
 * @returns its standard output
 * @throws Error with what the engine says where it fails, or with what to install where there is none
 */
export async function runEngine(args: readonly string[], folder: string): Promise<string> {
  const chosen = process.env.PHONESTATE_ENGINE;
  // A relative path would be looked up in the folder of the run.
  const names = chosen ? [chosen.includes('/') ? resolve(chosen) : chosen] : ['terraform', 'tofu'];
  for (const name of names) {
    const output = await run(name, args, folder);
    if (output !== undefined) return output;
  }
  throw new Error(
    chosen
      ? `PHONESTATE_ENGINE is "${chosen}", which is not an executable file or a command on the PATH.`
      : 'Neither terraform nor tofu is on the PATH: install Terraform or OpenTofu, or set PHONESTATE_ENGINE.',
  );
}

/** What a program prints; undefined where there is no such program. */
function run(program: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  return new Promise((resolveRun, reject) => {
    execFile(program, [...args], { cwd, maxBuffer: maxOutput }, (error, stdout, stderr) => {
      if (!error) resolveRun(stdout);
      else if (['ENOENT', 'EACCES'].includes(String(error.code))) resolveRun(undefined);
      else reject(new Error(`${[program, ...args].join(' ')} failed in ${cwd}:\n${stderr.trim()}`));
    });
  });
}
