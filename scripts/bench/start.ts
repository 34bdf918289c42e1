/** The time from the start of a provider to its handshake line, compared with a script of Node.js that prints a line. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createCertificate } from '../../src/terraform/plugin/certificate';
import { launchEnvironment } from '../../testing/launch-environment';
import { ratioOf, type Cost } from './figure';
import type { BenchOptions } from './fixture';
import { cpuMsOf } from './processes';
import { bestOf, costOf, type Work } from './rounds';

/** A start is short, so more of them are measured than plans. */
const startsPerRun = 10;
const bareName = 'bare Node.js';

/** Section `start`. */
export async function measureStart({ providers, runs, report }: BenchOptions, folder: string): Promise<void> {
  const bare = join(folder, 'bare.js');
  writeFileSync(bare, 'process.stdout.write("ready\\n")\nsetTimeout(() => {}, 10_000)\n');
  const { certificate } = await createCertificate();
  const environment = { ...launchEnvironment, PLUGIN_CLIENT_CERT: certificate };
  const works = new Map<string, Work>([[bareName, () => firstLine(process.execPath, [bare], {})]]);
  const own = providers.filter(({ isPeer }) => !isPeer);
  for (const { name, file } of own) works.set(name, () => firstLine(file, [], environment));
  const costs = await bestOf(works, startsPerRun * runs);
  for (const { name } of own) {
    const subject = { section: 'start', operation: 'ready for the handshake', provider: name } as const;
    report(ratioOf(subject, costOf(costs, name), costOf(costs, bareName)));
  }
}

/** The cost until a program prints, and then is killed. */
function firstLine(command: string, args: readonly string[], environment: Record<string, string>): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.once('error', reject);
    child.stdout.once('data', () => {
      const wallMs = performance.now() - started;
      const cpuMs = cpuMsOf(child.pid ?? 0);
      child.once('exit', () => resolve({ wallMs, cpuMs }));
      child.kill('SIGKILL');
    });
  });
}
