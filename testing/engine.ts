/**
 * The engine that tests, demo, soak and benchmark run: Terraform or OpenTofu, as a process. By hand and not with execa:
 * neither Jest nor tsx can load that from CommonJS, as a package that it imports has no entry for `require`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sync as findOnPath } from 'which';
import { cachedEngine, installHint } from './engine-release';
import { engineVariables } from './sparing-variables';

const timeoutMs = 600_000;

/** How a run ended. */
export interface Run {
  /** The exit code; undefined where a signal ended it. */
  readonly code: number | undefined;
  /** Standard output and error as a user sees them. */
  readonly output: string;
  readonly stdout: string;
}

export interface EngineOptions {
  /** The working directory. */
  readonly folder: string;
  /** All environment variables but PATH, TMPDIR and those of tests: nothing else of this process reaches the engine. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Starts it at the head of a process group, as a shell does. */
  readonly ownGroup?: boolean;
  /** Starts it as `nohup` does, with SIGHUP ignored. */
  readonly ignoreHangup?: boolean;
}

/** A run that is not over. */
export interface EngineProcess {
  readonly pid: number;
  /** How it ended, whatever the exit code. Rejects where it could not start or took longer than ten minutes. */
  readonly ended: Promise<Run>;
  /**
   * Sends a signal, unless it has ended.
   *
   * @param to the engine alone, or everything in its group, as Ctrl-C in a shell does
   */
  signal(signal: NodeJS.Signals, to: 'engine' | 'group'): void;
}

/**
 * The path of the engine: PHONESTATE_ENGINE (a path, or a name on the PATH), or else `terraform`, or else `tofu`, or else
 * the OpenTofu in the cache folder; undefined where there is none.
 *
 * @throws Error where PHONESTATE_ENGINE names none
 */
export function findInstalledEngine(cached = cachedEngine): string | undefined {
  const chosen = process.env.PHONESTATE_ENGINE;
  const candidates = chosen ? [chosen] : ['terraform', 'tofu', cached];
  const [engine] = candidates.flatMap((name) => findOnPath(name, { nothrow: true }) ?? []);
  // A relative path would be looked up in the folder of the run.
  if (engine) return resolve(engine);
  if (!chosen) return undefined;
  throw new Error(`PHONESTATE_ENGINE is "${chosen}", which is not an executable file or a command on the PATH.`);
}

/**
 * The path of the engine.
 *
 * @throws Error that says what to install or to set
 */
export function findEngine(cached = cachedEngine): string {
  const engine = findInstalledEngine(cached);
  if (engine) return engine;
  const how = 'npm test and npm run demo bring OpenTofu by themselves';
  throw new Error(`Neither terraform nor tofu is on the PATH; ${how}. ${installHint}`);
}

/** The name and version of an engine, such as `OpenTofu v1.12.6`. */
export function engineVersion(engine: string): string {
  const output = execFileSync(engine, ['version'], {
    encoding: 'utf8',
    env: { CHECKPOINT_DISABLE: '1' },
    stdio: 'pipe',
  });
  return output.split('\n')[0] ?? '';
}

/** An OpenTofu: the engine, or else `tofu`, or else that of the cache folder; undefined where there is none. */
export function findOpenTofu(): string | undefined {
  const candidates = [
    findInstalledEngine(),
    findOnPath('tofu', { nothrow: true }),
    findOnPath(cachedEngine, { nothrow: true }),
  ];
  return candidates.find((engine) => engine && engineVersion(engine).startsWith('OpenTofu')) ?? undefined;
}

/** Whether the engine is OpenTofu. */
export function isOpenTofu(): boolean {
  return engineVersion(findEngine()).startsWith('OpenTofu');
}

/**
 * Whether the engine has at least a minor version 1.N.
 *
 * @param openTofu of OpenTofu; left out where no version of it will do
 */
export function isEngineFrom({ terraform, openTofu = Infinity }: { terraform: number; openTofu?: number }): boolean {
  const [, name, minor] = /^(Terraform|OpenTofu) v1\.(\d+)/u.exec(engineVersion(findEngine())) ?? [];
  return Number(minor) >= (name === 'OpenTofu' ? openTofu : terraform);
}

/**
 * Starts the engine. Its temporary folder is in its working directory: there the providers that it starts keep the
 * refused logins that they share, which must not count for other tests and for runs of the user. The path is short, as
 * that of a socket in it ends at 103 bytes on some systems.
 */
export function startEngine(
  args: readonly string[],
  { folder, environment = {}, ownGroup = false, ignoreHangup = false }: EngineOptions,
): EngineProcess {
  const engine = findEngine();
  const [command, before] = ignoreHangup ? ['/bin/sh', ['-c', 'trap "" HUP; exec "$0" "$@"', engine]] : [engine, []];
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const child = spawn(command, [...before, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, TMPDIR: temporary, CHECKPOINT_DISABLE: '1', ...engineVariables, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: ownGroup,
  });
  const stdout: Buffer[] = [];
  const all: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => all.push(chunk));
  // Without a process there is no pid, and `ended` rejects.
  const pid = child.pid ?? 0;
  let timedOut = false;
  // Not the option of spawn: its timer goes on where the process could not start.
  const timer = setTimeout(() => (timedOut = child.kill('SIGKILL')), timeoutMs);
  const ended = once(child, 'close')
    .finally(() => clearTimeout(timer))
    .then(() => {
      const output = Buffer.concat(all).toString('utf8');
      if (timedOut) throw new Error(`${args.join(' ')} was ended after ten minutes:\n${output}`);
      return { code: child.exitCode ?? undefined, output, stdout: Buffer.concat(stdout).toString('utf8') };
    });
  return {
    pid,
    ended,
    signal(signal, to) {
      if (pid !== 0 && child.exitCode === null && child.signalCode === null)
        process.kill(to === 'group' ? -pid : pid, signal);
    },
  };
}

/** Runs the engine and waits for it, whatever its exit code. */
export function runEngine(args: readonly string[], options: EngineOptions): Promise<Run> {
  return startEngine(args, options).ended;
}
