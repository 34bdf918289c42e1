/**
 * What Phonestate costs, as ratios of two times measured in one run: absolute times depend on the machine more than on the
 * program. Usage: npm run bench [-- --phones 1000 --runs 5]
 */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { startEmulator } from '../src/emulator/emulator';
import { createCertificate } from '../src/terraform/plugin/certificate';
import { EmulatorProcess } from '../testing/emulator-process';
import { connectClient } from '../testing/client';
import { launchEnvironment } from '../testing/launch-environment';
import { providerFile } from '../testing/provider-file';
import { samplePhone } from '../testing/sample-phone';
import { StateServer } from '../testing/state-server';
import { Workspace } from '../testing/workspace';
import { BenchReaders, type Asked, type Source } from './bench-readers';

const { values: flags } = parseArgs({
  options: { phones: { type: 'string', default: '1000' }, runs: { type: 'string', default: '5' } },
});
/** `max_concurrency` values that are compared, on a server with this latency. */
const concurrencies = [1, 2, 4, 8, 16, 32];
const latencyMs = 30;
const concurrentWrites = 200;
/** A start is short, so more of them are measured than plans. */
const startsPerRun = 10;
/** The highest ratio that is accepted; docs/guides/reliability.md gives the measured ones. */
const budgets = { start: 1.7, plans: { api: 1.5, admin: 3.0, database: 1.5 }, apply: 1.3, writes: 1.0 };
const readerNames: Readonly<Record<Source, string>> = { api: 'API', admin: 'admin pages', database: 'database' };

const phones = Number(flags.phones);
const runs = Number(flags.runs);
const applies = Math.min(3, runs);

interface Row {
  readonly name: string;
  readonly ratio: number;
  readonly budget: number;
}

async function main(): Promise<void> {
  await measureConcurrency();
  const rows = [await measureStart(), ...(await measurePhones())];
  console.log(`\n${phones} phones, best of ${runs} runs, on ${process.version}`);
  for (const { name, ratio, budget } of rows) {
    console.log(
      `${name.padEnd(64)} ${ratio.toFixed(2)}  (budget ${budget.toFixed(1)})${ratio > budget ? '  OVER' : ''}`,
    );
  }
}

/** Compares values of max_concurrency on a server that needs some time for each call and locks the table for writes. */
async function measureConcurrency(): Promise<void> {
  const emulator = await startEmulator({ latencyMs });
  const fields = { server_ip: '10.0.0.11', extension: '55000' };
  emulator.store.putPhone({ ...fields, phone_login: '55000' });
  const times = new Map<number, number>();
  for (const maxConcurrency of concurrencies) {
    const client = connectClient(emulator.url, { max_concurrency: maxConcurrency });
    await client.send({ function: 'update_phone', parameters: {} });
    const update = (outbound_cid: string) =>
      client.send({ function: 'update_phone', parameters: { ...fields, outbound_cid }, action: 'update' });
    const writes = () =>
      Promise.all(Array.from({ length: concurrentWrites }, (_, index) => update(String(7_275_550_000 + index))));
    times.set(maxConcurrency, await timed(writes));
    await client.close();
  }
  await emulator.close();
  const fastest = best([...times.values()]);
  console.log(
    `\n${concurrentWrites} writes by max_concurrency, as a ratio to the fastest ` +
      `(${latencyMs} ms for each call, a tenth of it with the table locked)`,
  );
  console.log([...times].map(([calls, took]) => `${calls}: ${(took / fastest).toFixed(1)}`).join('   '));
}

/** The time from the start of the provider to its handshake line, compared with a script that prints a line. */
async function measureStart(): Promise<Row> {
  const bare = join(tmpdir(), `phonestate-bare-${process.pid}.js`);
  writeFileSync(bare, 'process.stdout.write("ready\\n")\n');
  const { certificate } = await createCertificate();
  const starts = startsPerRun * runs;
  const bareMs: number[] = [];
  const providerMs: number[] = [];
  for (let run = 0; run < starts; run += 1) {
    bareMs.push(await firstLineMs(process.execPath, [bare], {}));
    providerMs.push(await firstLineMs(providerFile, [], { ...launchEnvironment, PLUGIN_CLIENT_CERT: certificate }));
  }
  rmSync(bare);
  return {
    name: 'provider start to handshake / start of Node.js',
    ratio: best(providerMs) / best(bareMs),
    budget: budgets.start,
  };
}

function firstLineMs(command: string, args: readonly string[], environment: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.once('error', reject);
    child.stdout.once('data', () => {
      const took = performance.now() - started;
      child.once('exit', () => resolve(took));
      child.kill('SIGKILL');
    });
  });
}

/** Plan and apply of phones, compared with as many `terraform_data`, both with their state on an http backend. */
async function measurePhones(): Promise<Row[]> {
  const emulator = await EmulatorProcess.start('--inspect');
  const state = await StateServer.start();
  const applyMs = { phones: [] as number[], data: [] as number[] };
  const planRows: Row[] = [];
  try {
    for (let run = 0; run < applies; run += 1) {
      // Other extensions each time: the emulator has what the run before created.
      const fleet = Array.from({ length: phones }, (_, index) => phone(10_000 + run * phones + index));
      const ours = await open(emulator.environment, state.url(`phones${run}`), { vicidial_phone: byName(fleet) });
      const bare = await open(emulator.environment, state.url(`data${run}`), {
        terraform_data: byName(fleet.map((input) => ({ input }))),
      });
      applyMs.data.push(await timed(() => bare.expectApply()));
      applyMs.phones.push(await timed(() => ours.expectApply()));
      if (run === 0) planRows.push(...(await measurePlans(emulator, ours, bare)));
      ours.remove();
      bare.remove();
    }
    return [
      ...planRows,
      {
        name: `apply of ${phones} creates / ${phones} terraform_data`,
        ratio: best(applyMs.phones) / best(applyMs.data),
        budget: budgets.apply,
      },
      {
        name: 'calls that write / fewest possible',
        ratio: (await emulator.writes()) / (applies * phones),
        budget: budgets.writes,
      },
    ];
  } finally {
    await state.close();
    await emulator.stop();
  }
}

/** Plans without changes, with each reader in turn. */
async function measurePlans(emulator: EmulatorProcess, ours: Workspace, bare: Workspace): Promise<Row[]> {
  const readers = await BenchReaders.open(emulator);
  const bareMs: number[] = [];
  const planMs = new Map(readers.sources.map((source) => [source, [] as number[]]));
  const asked = new Map<Source, Asked>();
  try {
    for (let run = 0; run < runs; run += 1) {
      bareMs.push(await timed(() => expectEmpty(bare)));
      for (const [source, times] of planMs) {
        const plan = () => expectEmpty(ours, readers.environment(source));
        times.push(await timed(plan));
        if (run === 0) asked.set(source, await readers.asked(plan));
      }
    }
  } finally {
    await readers.close();
  }
  console.log(`\nAn empty plan of ${phones} phones asks for`);
  for (const [source, { calls, pages, queries }] of asked) {
    console.log(`${readerNames[source].padEnd(12)} ${calls} calls, ${pages} pages, ${queries} queries`);
  }
  return [...planMs].map(([source, times]) => ({
    name: `empty plan of ${phones} phones, ${readerNames[source]} / ${phones} terraform_data`,
    ratio: best(times) / best(bareMs),
    budget: budgets.plans[source],
  }));
}

async function open(
  environment: Record<string, string>,
  address: string,
  resource: Record<string, unknown>,
): Promise<Workspace> {
  // A backend needs init, and init needs the provider installed.
  const workspace = await Workspace.create({ environment, provider: 'mirror' });
  workspace.configure({ terraform: { backend: { http: { address } } }, resource });
  await workspace.init();
  return workspace;
}

function byName<T>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item, index) => [`r${index}`, item]));
}

function best(times: readonly number[]): number {
  return Math.min(...times);
}

async function expectEmpty(workspace: Workspace, environment: Record<string, string> = {}): Promise<void> {
  const { code, output } = await workspace.plan([], environment);
  if (code !== 0) throw new Error(`the plan is not empty:\n${output}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function phone(index: number): Record<string, unknown> {
  return samplePhone(String(index), { email: `desk${index}@example.com`, phone_context: 'default', template_id: '' });
}

void main();
