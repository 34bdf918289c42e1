/** Empty plans and applies of creates, compared with as many `terraform_data`; and what they ask the system for. */
import { ratioOf, type Figure, type Section } from './figure';
import { baseline, Fixture, type BenchOptions, type Contender, type Operation } from './fixture';
import { bestOf, costOf, type Work } from './rounds';

/** An apply takes longer than a plan, and varies less. */
const maxApplies = 3;
/** Most of the time is that of the calls, which does not vary. */
const maxRunsWithLatency = 2;

/** Sections `plans`, `apply` and `latency`, as far as they are selected. */
export async function measurePlansAndApplies(options: BenchOptions, selected: readonly Section[]): Promise<void> {
  const isSelected = (section: Section) => selected.includes(section);
  if (!isSelected('plans') && !isSelected('apply') && !isSelected('latency')) return;
  for (const [index, engine] of options.engines.entries()) {
    await Fixture.with(engine, options.providers, options.phones, async (fixture) => {
      const matrix = new Matrix(fixture, options, index === 0);
      if (isSelected('plans') || isSelected('latency')) await fixture.createAll();
      if (isSelected('plans'))
        for (const plan of ['plan without refresh', 'plan'] as const) await matrix.measure('plans', plan, 0);
      if (isSelected('latency')) await matrix.measure('latency', 'plan', options.latencyMs);
      if (isSelected('latency')) await matrix.measure('latency', 'apply', options.latencyMs);
      if (isSelected('apply')) await matrix.measure('apply', 'apply', 0);
    });
  }
}

class Matrix {
  constructor(
    private readonly fixture: Fixture,
    private readonly options: BenchOptions,
    /** What is asked for does not depend on the engine. */
    private readonly counts: boolean,
  ) {}

  /** Measures an operation with each provider and reader, in the same rounds. */
  async measure(section: Section, operation: Operation, latencyMs: number): Promise<void> {
    if (this.counts) await this.count(section, operation, latencyMs);
    // A plan without refresh asks for nothing, whatever the reader: the counts show it.
    const measured = operation === 'plan without refresh' ? this.fixture.fastestContenders : this.fixture.contenders;
    const contenders = [baseline, ...measured];
    const works = contenders.map((each): [Contender, Work] => [
      each,
      () => this.fixture.cost(each, operation, latencyMs),
    ]);
    const costs = await bestOf(new Map(works), this.rounds(operation, latencyMs));
    for (const contender of measured) {
      const subject = this.fixture.subject(section, operation, contender, latencyMs);
      this.options.report(ratioOf(subject, costOf(costs, contender), costOf(costs, baseline)));
    }
  }

  private rounds(operation: Operation, latencyMs: number): number {
    const { runs } = this.options;
    if (latencyMs > 0) return Math.min(maxRunsWithLatency, runs);
    return operation === 'apply' ? Math.min(maxApplies, runs) : runs;
  }

  /** What one variant of each provider asks for: all variants are the same code. */
  private async count(section: Section, operation: Operation, latencyMs: number): Promise<void> {
    const isCounted = ({ provider }: Contender) =>
      provider?.name !== 'executable' || this.options.providers[0] === provider;
    for (const contender of this.fixture.contenders.filter(isCounted)) {
      const { calls, pages, queries, writes } = await this.fixture.asked(contender, operation, latencyMs);
      const subject = this.fixture.subject(section, `requests of ${operation}`, contender, latencyMs);
      const detail = `${calls} calls, ${pages} pages, ${queries} queries`;
      this.options.report({ subject, unit: 'requests', value: calls + pages + queries, detail });
      if (operation === 'apply') this.options.report(this.writesOf(section, contender, latencyMs, writes));
    }
  }

  private writesOf(section: Section, contender: Contender, latencyMs: number, writes: number): Figure {
    const subject = this.fixture.subject(section, 'writes for each phone', contender, latencyMs);
    return { subject, unit: 'ratio', value: writes / this.fixture.phones };
  }
}
