/** Many systems in one configuration: each provider block is a process of its own. Compared with one block of as many phones. */
import { ratioOf, type Figure } from './figure';
import { operations, type BenchOptions } from './fixture';
import { showsMemory, type MeasuredEngine } from './measured-engine';
import { fleet, openWorkspace, type Configuration, type MeasuredProvider } from './providers';
import { bestOf, costOf } from './rounds';
import { BenchSystem } from './system';

const oneBlock = 'one block';
const manyBlocks = 'many blocks';

/** Section `blocks`, on the first engine. Peers are left out. */
export async function measureBlocks(options: BenchOptions): Promise<void> {
  const [engine] = options.engines;
  if (!engine) return;
  engine.select();
  for (const provider of options.providers.filter(({ isPeer }) => !isPeer)) {
    const system = await BenchSystem.open();
    try {
      await measureProvider(options, { engine, provider, system });
    } finally {
      await system.close();
    }
  }
}

interface Parts {
  readonly engine: MeasuredEngine;
  readonly provider: MeasuredProvider;
  readonly system: BenchSystem;
}

async function measureProvider({ blocks, runs, report }: BenchOptions, { engine, provider, system }: Parts) {
  const environment = await system.environment('api');
  const open = (name: string, configuration: Configuration) =>
    openWorkspace(provider, { stateAddress: system.stateAddress(name), configuration });
  const workspaces = {
    [oneBlock]: await open('one', phonesOf(1, blocks)),
    [manyBlocks]: await open('many', phonesOf(blocks, blocks)),
  };
  const about = (operation: string): Figure['subject'] => ({
    section: 'blocks',
    engine: engine.name,
    provider: provider.name,
    operation,
    reader: 'api',
    phones: blocks,
  });
  try {
    for (const [name, workspace] of Object.entries(workspaces)) {
      await system.forget(name === oneBlock ? 'one' : 'many');
      await system.reset();
      await engine.cost(workspace, operations.apply, environment);
    }
    const works = Object.entries(workspaces).map(
      ([name, workspace]) => [name, () => engine.cost(workspace, operations.plan, environment)] as const,
    );
    const costs = await bestOf(new Map(works), runs);
    report(ratioOf(about(`plan of ${blocks} blocks ÷ one block`), costOf(costs, manyBlocks), costOf(costs, oneBlock)));
    for (const [name, workspace] of Object.entries(workspaces)) {
      if (!showsMemory) continue;
      const { peaks, highestSum } = await engine.memory(workspace, operations.plan, environment);
      const operation = `memory of a plan, ${name === oneBlock ? oneBlock : `${blocks} blocks`}`;
      if (peaks.length > 0)
        report({ subject: about(operation), unit: 'MB', value: highestSum, detail: `${peaks.length} processes` });
    }
  } finally {
    for (const workspace of Object.values(workspaces)) workspace.remove();
  }
}

/** Phones that are distributed over a number of provider blocks. */
function phonesOf(blocks: number, phones: number): Configuration {
  const aliases = Array.from({ length: blocks }, (_, index) => `b${index}`);
  const resources = fleet(phones).map((phone, index): [string, unknown] => [
    `r${index}`,
    { ...phone, provider: `vicidial.${aliases[index % blocks] ?? ''}` },
  ]);
  return {
    provider: { vicidial: aliases.map((alias) => ({ alias })) },
    resource: { vicidial_phone: Object.fromEntries(resources) },
  };
}
