/** How the cost of many times more phones grows, compared with how that of `terraform_data` grows. */
import type { Cost } from './figure';
import { baseline, Fixture, type BenchOptions, type Contender, type Operation } from './fixture';
import type { MeasuredEngine } from './measured-engine';
import { bestOf, costOf, type Work } from './rounds';

/** One run of the large size takes as long as many of the small one. */
const maxRuns = 2;
const measured: readonly Operation[] = ['apply', 'plan without refresh', 'plan'];

type Costs = ReadonlyMap<string, Cost>;

/** Section `growth`, on the first engine, with the reader that asks for the fewest. */
export async function measureGrowth(options: BenchOptions): Promise<void> {
  const { engines, phones, growth, report } = options;
  const [engine] = engines;
  if (!engine) return;
  const small = await measureSize(options, engine, phones);
  const large = await measureSize(options, engine, phones * growth);
  for (const { contender, operation, fixture } of large.combinations) {
    const grownBy = (of: Contender, part: keyof Cost) => {
      const [before, after] = [small, large].map(({ costs }) => costOf(costs, nameOf(of, operation))[part]);
      return before === undefined || after === undefined ? NaN : after / before;
    };
    const cpu = grownBy(contender, 'cpuMs') / grownBy(baseline, 'cpuMs');
    report({
      subject: fixture.subject('growth', `growth of ${operation} from ${phones}`, contender),
      unit: 'ratio',
      value: grownBy(contender, 'wallMs') / grownBy(baseline, 'wallMs'),
      ...(Number.isNaN(cpu) ? {} : { cpu }),
      seconds: costOf(large.costs, nameOf(contender, operation)).wallMs / 1000,
      detail: `${phones} phones: ${(costOf(small.costs, nameOf(contender, operation)).wallMs / 1000).toFixed(2)} s`,
    });
  }
}

async function measureSize({ providers, runs }: BenchOptions, engine: MeasuredEngine, phones: number) {
  const fixture = await Fixture.open(engine, providers, phones);
  try {
    const contenders = [baseline, ...fixture.fastestContenders];
    const costs = new Map<string, Cost>();
    for (const operation of measured) {
      const works = contenders.map((each): [string, Work] => [
        nameOf(each, operation),
        () => fixture.cost(each, operation),
      ]);
      for (const [name, cost] of await bestOf(new Map(works), Math.min(maxRuns, runs))) costs.set(name, cost);
      // The applies delete each other's phones.
      if (operation === 'apply') await fixture.createAll();
    }
    const combinations = contenders
      .slice(1)
      .flatMap((contender) => measured.map((operation) => ({ contender, operation, fixture })));
    return { costs: costs as Costs, combinations };
  } finally {
    await fixture.close();
  }
}

function nameOf({ provider, reader }: Contender, operation: Operation): string {
  return `${operation} ${provider?.name ?? 'terraform_data'} ${reader ?? ''}`;
}
