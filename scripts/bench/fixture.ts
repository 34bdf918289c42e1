/** One engine with all that is compared, each in its workspace, on one system. */
import type { Workspace } from '../../testing/workspace';
import type { Cost, Figure, Section, Subject } from './figure';
import type { Flags } from './flags';
import type { MeasuredEngine } from './measured-engine';
import type { ProviderMemory } from './processes';
import { dataResources, fleet, openWorkspace, phoneResources, type MeasuredProvider } from './providers';
import type { Source } from './readers';
import { BenchSystem, type Asked } from './system';

/** What the sections are given. */
export interface BenchOptions extends Pick<Flags, 'phones' | 'runs' | 'growth' | 'latencyMs' | 'blocks'> {
  readonly engines: readonly MeasuredEngine[];
  readonly providers: readonly MeasuredProvider[];
  /** Where a figure goes as soon as it is known. */
  readonly report: (figure: Figure) => void;
}

/** A workspace, and how it reads. */
export interface Contender {
  /** `terraform_data` has none. */
  readonly provider?: MeasuredProvider;
  readonly reader?: Source | undefined;
}

/** What `terraform_data` costs is what the others are compared with. */
export const baseline: Contender = {};

const common = ['-input=false', '-no-color'];
const plan = ['plan', ...common, '-detailed-exitcode'];
export const operations = {
  'plan without refresh': [...plan, '-refresh=false'],
  plan,
  apply: ['apply', ...common, '-auto-approve'],
} as const;
export type Operation = keyof typeof operations;

export class Fixture {
  private constructor(
    private readonly engine: MeasuredEngine,
    readonly system: BenchSystem,
    readonly phones: number,
    private readonly workspaces: ReadonlyMap<MeasuredProvider | undefined, Workspace>,
  ) {}

  /** Opens one for some work, and closes it however that ends. */
  static async with(
    engine: MeasuredEngine,
    providers: readonly MeasuredProvider[],
    phones: number,
    work: (fixture: Fixture) => Promise<void>,
  ): Promise<void> {
    const fixture = await Fixture.open(engine, providers, phones);
    try {
      await work(fixture);
    } finally {
      await fixture.close();
    }
  }

  private static async open(
    engine: MeasuredEngine,
    providers: readonly MeasuredProvider[],
    phones: number,
  ): Promise<Fixture> {
    engine.select();
    const system = await BenchSystem.open();
    const workspaces = new Map<MeasuredProvider | undefined, Workspace>();
    const fixture = new Fixture(engine, system, phones, workspaces);
    try {
      const all = fleet(phones);
      for (const provider of [undefined, ...providers]) {
        const configuration = provider ? phoneResources(provider, all) : dataResources(all);
        const stateAddress = system.stateAddress(stateName(provider));
        workspaces.set(provider, await openWorkspace(provider, { stateAddress, configuration }));
      }
      return fixture;
    } catch (error) {
      await fixture.close();
      throw error;
    }
  }

  /** The providers with each way in which they read; not the baseline. */
  get contenders(): Contender[] {
    return [...this.workspaces.keys()].flatMap((provider) => {
      if (!provider) return [];
      return provider.hasReaders ? this.system.sources.map((reader) => ({ provider, reader })) : [{ provider }];
    });
  }

  /** The providers with the reader that asks for the fewest. */
  get fastestContenders(): Contender[] {
    return this.contenders.filter(({ reader }) => reader === undefined || reader === this.system.fastest);
  }

  /** The cost of an operation. An apply begins without state and without phones. */
  async cost(contender: Contender, operation: Operation, latencyMs = 0): Promise<Cost> {
    return this.run(contender, operation, latencyMs, (...run) => this.engine.cost(...run));
  }

  /** What the provider processes have during an operation. */
  async memory(contender: Contender, operation: Operation): Promise<ProviderMemory> {
    return this.run(contender, operation, 0, (...run) => this.engine.memory(...run));
  }

  /** What an operation asks the system for. */
  async asked(contender: Contender, operation: Operation, latencyMs: number): Promise<Asked> {
    return this.run(contender, operation, latencyMs, (...run) => this.system.asked(() => this.engine.cost(...run)));
  }

  /** Creates everything, with the fastest reader, so that plans are empty. */
  async createAll(): Promise<void> {
    // All create the same phones, and this provider must find its own as it stored them: it comes last.
    const own = this.fastestContenders.filter(({ provider }) => !provider?.isPeer);
    const peers = this.fastestContenders.filter(({ provider }) => provider?.isPeer);
    for (const contender of [baseline, ...peers, ...own]) await this.cost(contender, 'apply');
  }

  /** Makes plans empty after an apply with each: a peer has created the phones that others have in state, as it stores them. */
  async settleApplies(): Promise<void> {
    if (this.contenders.some(({ provider }) => provider?.isPeer)) await this.createAll();
  }

  /** What a figure about a contender is about. */
  subject(section: Section, operation: string, { provider, reader }: Contender, latencyMs?: number): Subject {
    return {
      section,
      engine: this.engine.name,
      operation,
      phones: this.phones,
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(provider ? { provider: provider.name } : {}),
      ...(reader === undefined ? {} : { reader }),
    };
  }

  private async close(): Promise<void> {
    for (const workspace of this.workspaces.values()) workspace.remove();
    await this.system.close();
  }

  private async run<T>(
    { provider, reader }: Contender,
    operation: Operation,
    latencyMs: number,
    run: (workspace: Workspace, args: readonly string[], environment: Record<string, string>) => Promise<T>,
  ): Promise<T> {
    const workspace = this.workspaces.get(provider);
    const name = [provider?.name ?? 'terraform_data', reader, operation]
      .filter((part) => part !== undefined)
      .join(', ');
    if (!workspace) throw new Error(`${name} has no workspace.`);
    if (operation === 'apply') {
      await this.system.forget(stateName(provider));
      if (provider) await this.system.reset();
    }
    try {
      return await run(workspace, operations[operation], await this.system.environment(reader, latencyMs));
    } catch (error) {
      const reason = error instanceof Error ? error.message.slice(0, maxMessage) : '';
      throw new Error(`${this.engine.name}, ${name}: ${reason}`, { cause: error });
    }
  }
}

/** Of what an engine printed. */
const maxMessage = 2000;

/** The variants of this provider have one state: what one creates, the others plan. */
function stateName(provider: MeasuredProvider | undefined): string {
  if (!provider) return 'data';
  return provider.isPeer ? `peer-${provider.name}` : 'phones';
}
