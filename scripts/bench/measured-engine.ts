/** An engine whose runs are measured: wall-clock time, and the processor time of the engine and of all that it starts. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sync as findOnPath } from 'which';
import { engineVersion, findEngine, findOpenTofu } from '../../testing/engine';
import type { Workspace } from '../../testing/workspace';
import type { Cost } from './figure';
import { observeProviders, type ProviderMemory } from './processes';

export class MeasuredEngine {
  private constructor(
    /** `Terraform` or `OpenTofu`, with its version where another engine has the same name. */
    readonly name: string,
    readonly version: string,
    private readonly program: string,
    private readonly timesFile: string,
  ) {}

  /**
   * The engines to measure.
   *
   * @param given paths, or names on the PATH; where there are none, the engine of the tests, and an OpenTofu
   * @param folder gets a program for each
   * @throws Error where one is not found
   */
  static find(given: readonly string[], folder: string): MeasuredEngine[] {
    const paths =
      given.length > 0 ? given.map(pathOf) : [findEngine(), findOpenTofu()].filter((path) => path !== undefined);
    const versions = [...new Set(paths)].map((path) => ({ path, version: engineVersion(path).replace(' v', ' ') }));
    return versions.map(({ path, version }, index) => {
      const [name = version] = version.split(' ');
      const isOnly = versions.filter((other) => other.version.startsWith(name)).length === 1;
      const [program, timesFile] = [join(folder, `engine${index}`), join(folder, `times${index}`)];
      writeFileSync(program, timingProgram(path, timesFile), { mode: 0o755 });
      return new MeasuredEngine(isOnly ? name : version, version, program, timesFile);
    });
  }

  /** Makes it the engine of all workspaces from now on. */
  select(): void {
    process.env.PHONESTATE_ENGINE = this.program;
  }

  /** Runs it in a workspace, which must succeed. */
  async cost(workspace: Workspace, args: readonly string[], environment: Record<string, string>): Promise<Cost> {
    rmSync(this.timesFile, { force: true });
    const started = performance.now();
    await workspace.expectSuccess(args, environment);
    return { wallMs: performance.now() - started, cpuMs: cpuMs(readFileSync(this.timesFile, 'utf8')) };
  }

  /** Runs it in a workspace, which must succeed, and returns what its provider processes had. Needs Linux. */
  async memory(
    workspace: Workspace,
    args: readonly string[],
    environment: Record<string, string>,
  ): Promise<ProviderMemory> {
    const run = workspace.start(args, environment);
    const end = observeProviders(run.pid);
    const { code, output } = await run.ended.finally(end);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with exit code ${code}:\n${output.slice(-2000)}`);
    return end();
  }
}

/** Whether the memory of a process can be read here. */
export const showsMemory = process.platform === 'linux';

function pathOf(engine: string): string {
  const path = findOnPath(engine, { nothrow: true });
  if (path === null)
    throw new Error(`--engine is "${engine}", which is not an executable file or a command on the PATH.`);
  return resolve(path);
}

/** A shell waits for the engine, and the engine for its providers: `times` then has the processor time of all of them. */
function timingProgram(engine: string, timesFile: string): string {
  return `#!/bin/sh
"${engine}" "$@"
code=$?
times > "${timesFile}"
exit $code
`;
}

/** The user and system time of the children, which are in the second of two lines, such as `0m1.230s 0m0.110s`. */
function cpuMs(times: string): number {
  const parts = [...times.matchAll(/(\d+)m([\d.]+)s/gu)].slice(-2);
  return parts.reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000, 0);
}
