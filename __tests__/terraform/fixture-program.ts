/** The fixture as a program: bundled as the real provider is, started by itself or by a real engine. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import { findEngine } from '../../testing/engine';

interface StateFile {
  readonly resources: readonly {
    readonly mode: string;
    readonly name: string;
    readonly instances: readonly Instance[];
  }[];
}

export interface Instance {
  readonly status?: string;
  readonly attributes: Record<string, unknown>;
  /** Base64. */
  readonly private?: string;
}

export const cookie = { TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2' };

/** Where a program starts: a file or a text, for esbuild. */
type Entry = Pick<BuildOptions, 'entryPoints' | 'stdin'>;

/** An entry that is a file of this folder. */
export const entryFile = (file: string): Entry => ({ entryPoints: [join(__dirname, file)] });

/**
 * Builds a provider and returns the functions that run it; `close` ends what is still running and removes all files.
 *
 * @param name the provider's type, in the namespace `phonestate`
 */
export function fixtureProgram(entry: Entry = entryFile('fixture-main.ts'), name = 'fixture') {
  const folder = mkdtempSync(join(tmpdir(), 'phonestate-protocol-'));
  const program = join(folder, `terraform-provider-${name}`);
  buildSync({
    ...entry,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: program,
    banner: { js: '#!/usr/bin/env node' },
  });
  chmodSync(program, 0o755);
  const rc = join(folder, 'rc');
  writeFileSync(
    rc,
    // Each engine completes the address with its own registry.
    `provider_installation {\n  dev_overrides { "phonestate/${name}" = "${folder}" }\n  direct {}\n}\n`,
  );
  const running: ChildProcess[] = [];

  return {
    /** The provider by itself. */
    start(environment: Record<string, string>, ...args: string[]) {
      const child = spawn(process.execPath, [program, ...args], {
        env: { PATH: process.env.PATH, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.push(child);
      return child;
    },
    /** Process ids of every running provider. */
    providers: () =>
      new Promise<number[]>((resolve, reject) =>
        execFile('pgrep', ['-f', program], (error, stdout) => {
          // The status is 1 where it found none, and more where it failed.
          if (error && error.code !== 1) reject(new Error('pgrep failed', { cause: error }));
          else resolve(stdout.split('\n').filter(Boolean).map(Number));
        }),
      ),
    workspace: () => workspace(mkdtempSync(join(folder, 'ws-')), name, rc, running),
    close() {
      for (const child of running.splice(0)) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A configuration with its state, and the engine to run on it. */
function workspace(folder: string, name: string, rc: string, running: ChildProcess[]) {
  const env = (environment: Record<string, string>) => ({
    PATH: process.env.PATH,
    TF_CLI_CONFIG_FILE: rc,
    CHECKPOINT_DISABLE: '1',
    ...environment,
  });
  return {
    folder,
    write(body: string) {
      writeFileSync(
        join(folder, 'main.tf'),
        `terraform {\n  required_providers {\n    ${name} = { source = "phonestate/${name}" }\n  }\n}\n${body}`,
      );
    },
    run: (args: string, environment: Record<string, string> = {}) =>
      new Promise<{ code: number; output: string }>((resolve) => {
        execFile(
          findEngine(),
          [...args.split(' '), '-no-color'],
          { cwd: folder, env: env(environment), timeout: 60_000 },
          (error, stdout, stderr) =>
            resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: stdout + stderr }),
        );
      }),
    /** The engine at the head of a process group of its own, ignoring SIGHUP as under nohup; `ended` has what it printed. */
    runInGroup(args: string, environment: Record<string, string> = {}) {
      const child = spawn('sh', ['-c', `trap '' HUP; exec ${findEngine()} ${args} -no-color`], {
        cwd: folder,
        env: env(environment),
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.push(child);
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
      return { pid: child.pid ?? 0, ended: once(child, 'close').then(() => output) };
    },
    stateFile: join(folder, 'terraform.tfstate'),
    state: (name = 's') =>
      (JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8')) as StateFile).resources.find(
        (resource) => resource.mode === 'managed' && resource.name === name,
      )?.instances[0],
    /** A folder of files by which a slow creation of the fixture signals that it began, and is signalled to go on. */
    rendezvous() {
      const meeting = join(folder, 'meeting');
      mkdirSync(meeting);
      return meeting;
    },
  };
}
