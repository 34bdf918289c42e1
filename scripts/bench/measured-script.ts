/** Runs scripts of Node.js, and measures what they take. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Cost } from './figure';

export interface ScriptRun {
  /** The script, with the options of Node.js before it and its arguments after it. */
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The exit code that it must have. Default: 0. */
  readonly code?: number;
}

export interface ScriptResult extends Cost {
  readonly stdout: string;
}

export class MeasuredScript {
  readonly #hook: string;
  readonly #usageFile: string;

  /** @param folder gets a script that is loaded before the others, and what it writes */
  constructor(folder: string) {
    this.#hook = join(folder, 'usage.cjs');
    this.#usageFile = join(folder, 'usage.json');
    const file = JSON.stringify(this.#usageFile);
    writeFileSync(
      this.#hook,
      `process.on('exit', () => require('fs').writeFileSync(${file}, JSON.stringify(process.resourceUsage())))\n`,
    );
  }

  /**
   * Runs a script to its end. What its children took is not counted.
   *
   * @throws Error with the end of what it printed where its exit code is another one
   */
  async run({ args, folder, environment = {}, code: wanted = 0 }: ScriptRun): Promise<ScriptResult> {
    const started = performance.now();
    const child = spawn(process.execPath, ['--require', this.#hook, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
    const [code] = (await once(child, 'close')) as [number | null];
    const wallMs = performance.now() - started;
    if (code !== wanted)
      throw new Error(`${args.join(' ')} ended with exit code ${String(code)}:\n${stderr().slice(-2000)}`);
    return { wallMs, ...usageOf(readFileSync(this.#usageFile, 'utf8')), stdout: stdout() };
  }
}

/** In the units of libuv: microseconds and kilobytes. */
function usageOf(text: string): { readonly cpuMs: number; readonly peakMB: number } {
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(text) as NodeJS.ResourceUsage;
  return { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMB: maxRSS / 1024 };
}

function textOf(stream: NodeJS.ReadableStream): () => string {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts).toString('utf8');
}
