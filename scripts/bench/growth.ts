/** How the cost of many times more phones grows, compared with how that of `terraform_data` grows. */
import type { Cost } from './figure';
import { baseline, Fixture, type BenchOptions, type Contender, type Operation } from './fixture';
import { bestOf, costOf, type Work } from './rounds';

/** One run of the large size takes as long as many of the small one. */
const maxRuns = 2;
const measured: readonly Operation[] = ['apply', 'plan without refresh', 'plan'];

/** Section `growth`, on the first engine, with the reader that asks for the fewest. */
export async function measureGrowth(options: BenchOptions): Promise<void> {
  const { engines, providers, phones, growth } = options;
  const [engine] = engines;
  if (!engine) return;
  await Fixture.with(engine, providers, phones, (small) =>
    Fixture.with(engine, providers, phones * growth, async (large) => {
      for (const operation of measured) await measureOperation(operation, small, large, options);
    }),
  );
}

async function measureOperation(
  operation: Operation,
  small: Fixture,
  large: Fixture,
  { runs, report }: BenchOptions,
): Promise<void> {
  const before = await costsOf(small, operation, runs);
  const after = await costsOf(large, operation, Math.min(maxRuns, runs));
  const grownBy = (name: string, part: keyof Cost) =>
    (costOf(after, name)[part] ?? NaN) / (costOf(before, name)[part] ?? NaN);
  for (const contender of large.fastestContenders) {
    const name = nameOf(contender);
    const cpu = grownBy(name, 'cpuMs') / grownBy(nameOf(baseline), 'cpuMs');
    report({
      subject: large.subject('growth', `growth of ${operation} from ${small.phones}`, contender),
      unit: 'ratio',
      value: grownBy(name, 'wallMs') / grownBy(nameOf(baseline), 'wallMs'),
      ...(Number.isNaN(cpu) ? {} : { cpu }),
      seconds: costOf(after, name).wallMs / 1000,
      detail: `${small.phones} phones: ${(costOf(before, name).wallMs / 1000).toFixed(2)} s`,
    });
  }
}

/** The cost of an operation with each provider, by its name. After an apply all plans are empty. */
async function costsOf(fixture: Fixture, operation: Operation, rounds: number): Promise<ReadonlyMap<string, Cost>> {
  const contenders = [baseline, ...fixture.fastestContenders];
  const works = contenders.map((each): [string, Work] => [nameOf(each), () => fixture.cost(each, operation)]);
  const costs = await bestOf(new Map(works), rounds);
  if (operation === 'apply') await fixture.settleApplies();
  return costs;
}

function nameOf({ provider, reader }: Contender): string {
  return `${provider?.name ?? 'terraform_data'} ${reader ?? ''}`;
}
