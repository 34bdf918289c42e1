/** The fixture as a program: bundled as the real provider is, started by itself or by a real engine. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import { runEngine, startEngine } from '../../testing/engine';

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
  const folder = mkdtempSync(join(tmpdir(), 'phonestate-'));
  const program = join(folder, `terraform-provider-${name}`);
  const pids = join(folder, 'pids');
  buildSync({
    ...entry,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: program,
    banner: {
      js: `#!/usr/bin/env node\nrequire('node:fs').appendFileSync(${JSON.stringify(pids)}, process.pid + '\\n');`,
    },
  });
  chmodSync(program, 0o755);
  const rc = join(folder, 'rc');
  writeFileSync(
    rc,
    // Each engine completes the address with its own registry.
    `provider_installation {\n  dev_overrides { "phonestate/${name}" = "${folder}" }\n  direct {}\n}\n`,
  );
  /** Ends what may still run. */
  const ends: (() => void)[] = [];

  return {
    /** The provider by itself. */
    start(environment: Record<string, string>, ...args: string[]) {
      const child = spawn(process.execPath, [program, ...args], {
        env: { PATH: process.env.PATH, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      ends.push(() => child.kill('SIGKILL'));
      return child;
    },
    /** Process ids of every running provider. */
    providers: () =>
      (existsSync(pids) ? readFileSync(pids, 'utf8') : '').split('\n').filter(Boolean).map(Number).filter(isRunning),
    workspace: () => workspace(mkdtempSync(join(folder, 'w-')), name, rc, ends),
    close() {
      for (const end of ends.splice(0)) end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // In a container an orphan may stay a zombie after its end, if the first process does not wait for it.
    return !existsSync('/proc/self/stat') || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

/** A configuration with its state, and the engine to run on it. */
function workspace(folder: string, name: string, rc: string, ends: (() => void)[]) {
  const split = (args: string) => [...args.split(' '), '-no-color'];
  const options = (environment: Record<string, string>) => ({
    folder,
    environment: { TF_CLI_CONFIG_FILE: rc, ...environment },
  });
  return {
    folder,
    write(body: string) {
      writeFileSync(
        join(folder, 'main.tf'),
        `terraform {\n  required_providers {\n    ${name} = { source = "phonestate/${name}" }\n  }\n}\n${body}`,
      );
    },
    run: (args: string, environment: Record<string, string> = {}) => runEngine(split(args), options(environment)),
    /** Starts the engine at the head of a process group of its own, ignoring SIGHUP as under nohup. */
    start(args: string, environment: Record<string, string> = {}) {
      const engine = startEngine(split(args), { ...options(environment), ownGroup: true, ignoreHangup: true });
      ends.push(() => engine.signal('SIGKILL', 'group'));
      return engine;
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
