/** Runs the engine, Terraform or OpenTofu, for commands that need more than a file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** How a run ended. */
export interface EngineRun {
  /** The exit code; undefined where a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface EngineOptions {
  /** The folder with the configuration. */
  readonly folder: string;
  /** All environment variables. Default: those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Interrupts the engine, which then ends as it does at Ctrl-C. */
  readonly signal?: AbortSignal;
}

/** How long an engine that was interrupted may take to end. */
const endMs = 10_000;

/**
 * The path of the engine: PHONESTATE_ENGINE (a path, or a name on the PATH), or else `terraform`, or else `tofu`.
 *
 * @throws Error that says what to install or to set
 */
function findEngine(environment: NodeJS.ProcessEnv): string {
  const chosen = environment.PHONESTATE_ENGINE;
  const names = chosen ? [chosen] : ['terraform', 'tofu'];
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const files = names.flatMap((name) => (/[\\/]/u.test(name) ? [name] : folders.map((folder) => join(folder, name))));
  const found = files.find(isExecutable);
  // A relative path would be looked up in the folder of the run.
  if (found !== undefined) return resolve(found);
  throw new Error(
    chosen
      ? `PHONESTATE_ENGINE is "${chosen}", which is not an executable file or a command on the PATH.`
      : 'Neither terraform nor tofu is on the PATH: install Terraform or OpenTofu, or set PHONESTATE_ENGINE.',
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Runs the engine and waits for it, whatever its exit code. */
export async function runEngine(
  args: readonly string[],
  { folder, environment = process.env, signal }: EngineOptions,
): Promise<EngineRun> {
  signal?.throwIfAborted();
  const child = spawn(findEngine(environment), [...args], {
    cwd: folder,
    env: { CHECKPOINT_DISABLE: '1', ...environment, TF_IN_AUTOMATION: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    child.kill('SIGINT');
    timer = setTimeout(() => child.kill('SIGKILL'), endMs);
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    await once(child, 'close');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
  }
  return {
    code: child.exitCode ?? undefined,
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr: Buffer.concat(stderr).toString('utf8'),
  };
}

/**
 * The state of a folder, from wherever its backend keeps it. It holds passwords in clear.
 *
 * @param advice what to do where it cannot be read, besides `init`
 * @returns an empty text where there is no state yet
 * @throws Error with what the engine says
 */
export async function pullState(options: EngineOptions, advice: string): Promise<string> {
  const { code, stdout, stderr } = await runEngine(['state', 'pull'], options);
  if (code === 0) return stdout;
  throw new Error(
    `The state of the stack could not be read: state pull failed in ${options.folder}.\n${stderr.trim()}\nRun init in that folder first, or ${advice}.`,
  );
}
