import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgetOf, isOver } from '../../scripts/bench/budgets';
import { startDelayProxy } from '../../scripts/bench/delay-proxy';
import { ratioOf, type Figure, type Subject } from '../../scripts/bench/figure';
import { readFlags } from '../../scripts/bench/flags';
import { MeasuredEngine } from '../../scripts/bench/measured-engine';
import { MeasuredScript } from '../../scripts/bench/measured-script';
import { bestOf } from '../../scripts/bench/rounds';
import { comparison } from '../../scripts/bench/table';
import { Workspace } from '../../testing/workspace';
import { useTemporaryFolder } from '../temporary-folder';

jest.setTimeout(60_000);

const plan = { section: 'plans', operation: 'plan', latencyMs: 0, reader: 'database', phones: 1000 } as const;

function figure(subject: Subject, value: number): Figure {
  return { subject, value, unit: 'ratio' };
}

describe('an engine that is measured', () => {
  const folder = useTemporaryFolder();
  const engineBefore = process.env.PHONESTATE_ENGINE;
  afterEach(() => {
    if (engineBefore === undefined) delete process.env.PHONESTATE_ENGINE;
    else process.env.PHONESTATE_ENGINE = engineBefore;
  });

  it('has the processor time of what its children start', async () => {
    const program = join(folder.path, 'engine');
    const busy = 'while (process.cpuUsage().user < 300000);';
    writeFileSync(
      program,
      `#!/bin/sh\n[ "$1" = version ] && { echo Engine v1.2.3; exit; }\nsh -c '"${process.execPath}" -e "${busy}"; true'\n`,
    );
    chmodSync(program, 0o755);
    const [engine] = MeasuredEngine.find([program], folder.path);
    engine?.select();
    const workspace = await Workspace.create();
    const cost = await engine?.cost(workspace, ['plan'], {});
    workspace.remove();
    expect(engine).toMatchObject({ name: 'Engine', version: 'Engine 1.2.3' });
    expect(cost?.cpuMs).toBeGreaterThan(250);
  });
});

describe('a script that is measured', () => {
  const folder = useTemporaryFolder();

  it('has its processor time, its peak memory and what it printed', async () => {
    const script = join(folder.path, 'script.js');
    const busy = 'while (process.cpuUsage().user < 150000);';
    writeFileSync(
      script,
      `const block = Buffer.alloc(100e6, 1); ${busy} console.log(block.length); process.exitCode = 2;`,
    );
    const scripts = new MeasuredScript(folder.path);
    const result = await scripts.run({ args: [script], folder: folder.path, code: 2 });
    expect(result.cpuMs).toBeGreaterThan(140);
    expect(result.peakMB).toBeGreaterThan(100);
    expect(result.stdout).toBe('100000000\n');
  });

  it('must have the exit code that is expected', async () => {
    const run = new MeasuredScript(folder.path).run({ args: ['-e', 'process.exit(2)'], folder: folder.path });
    await expect(run).rejects.toThrow('ended with exit code 2');
  });
});

describe('the proxy with latency', () => {
  it('hands on what both sides send, whole and in order', async () => {
    const server = createServer((socket: Socket) => socket.on('data', (data) => socket.write(data)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an address object.
    const proxy = await startDelayProxy((server.address() as AddressInfo).port, 5);
    const sent = Buffer.from(Array.from({ length: 500_000 }, (_, index) => index % 251));
    const client = connect(proxy.port, '127.0.0.1');
    const received: Buffer[] = [];
    try {
      client.write(sent);
      for await (const part of client as AsyncIterable<Buffer>) {
        received.push(part);
        if (Buffer.concat(received).length >= sent.length) break;
      }
      expect(Buffer.compare(Buffer.concat(received), sent)).toBe(0);
    } finally {
      client.destroy();
      await proxy.close();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

it('measures in alternating order, and takes the lowest cost of each', async () => {
  const order: string[] = [];
  const work = (name: string, costs: number[]) => async () => {
    order.push(name);
    return { wallMs: costs.shift() ?? 0, cpuMs: 1 };
  };
  const works = new Map([
    ['one', work('one', [3, 2, 4])],
    ['other', work('other', [5, 6, 7])],
  ]);
  const best = await bestOf(works, 3);
  expect(order).toEqual(['one', 'other', 'other', 'one', 'one', 'other']);
  expect([...best].map(([name, { wallMs }]) => [name, wallMs])).toEqual([
    ['one', 2],
    ['other', 5],
  ]);
});

it('has budgets for a thousand phones of this provider, and none for peers', () => {
  expect(budgetOf(figure({ ...plan, provider: 'executable' }, 1))).toBe(1.3);
  expect(budgetOf(figure({ ...plan, provider: 'executable', reader: 'api' }, 1))).toBeUndefined();
  expect(budgetOf(figure({ ...plan, section: 'latency', latencyMs: 60, provider: 'Node.js' }, 1))).toBe(1.35);
  const command = { section: 'commands', operation: 'export', phones: 10_000 } as const;
  expect(budgetOf(figure(command, 1))).toBe(0.7);
  expect(budgetOf({ ...figure(command, 1), unit: 'MB' })).toBe(500);
  expect(isOver(figure({ ...plan, provider: 'Node.js' }, 1.6))).toBe(true);
  expect(isOver(figure({ ...plan, phones: 50, provider: 'Node.js' }, 9))).toBe(false);
  expect(isOver(figure({ ...plan, provider: 'restapi' }, 9))).toBe(false);
});

it('compares the figures of two runs that are about the same', () => {
  const node = { ...plan, provider: 'Node.js' };
  const before = [{ ...figure(node, 2), cpu: 1.5 }, figure({ ...node, phones: 10 }, 1)];
  const after = [{ ...figure(node, 1), cpu: 1.2 }];
  expect(comparison(before, after).map((line) => line.replace(/ +/gu, ' '))).toEqual([
    'plans: plan, 1000 phones, 0 ms, Node.js, database 2.00 → 1.00 (-50 %) CPU 1.50 → 1.20 (-20 %)',
    '1 figures are in one of the two runs only.',
  ]);
});

it('has no ratio of processor times where the system does not show them', () => {
  expect(ratioOf(plan, { wallMs: 3 }, { wallMs: 2, cpuMs: 1 })).toEqual({
    subject: plan,
    unit: 'ratio',
    value: 1.5,
    seconds: 0.003,
  });
});

it.each([
  [['--only', 'plans,start'], { only: ['start', 'plans'] }],
  [
    ['--peer', 'go=/bin/go', '--peer-configuration', 'go=go.json'],
    { peers: [{ name: 'go', file: '/bin/go', configuration: 'go.json' }] },
  ],
])('reads the flags %j', (args, expected) => {
  expect(readFlags(args)).toMatchObject(expected);
});

it.each([
  [['--only', 'plan'], '--only has "plan". Choose from start,plans,'],
  [['--runs', '0'], '--runs is "0", which is not a whole number above 0.'],
  [['--peer', 'go'], '--peer is "go", which is not NAME=FILE.'],
  [['--peer-configuration', 'go=go.json'], '--peer-configuration names go, which no --peer names.'],
])('refuses the flags %j', (args, message) => {
  expect(() => readFlags(args)).toThrow(message);
});
