/** The peak memory of a provider process with many phones. Needs Linux. */
import { Fixture, type BenchOptions, type Contender, type Operation } from './fixture';
import { showsMemory } from './measured-engine';

/** Section `memory`, on the first engine: an apply with the fastest reader, and a plan with each reader. */
export async function measureMemory({ engines, providers, phones, growth, report }: BenchOptions): Promise<void> {
  const [engine] = engines;
  if (!engine) return;
  if (!showsMemory) {
    console.log('Peak memory is left out: it is read from /proc, which only Linux has.');
    return;
  }
  await Fixture.with(engine, providers, phones * growth, async (fixture) => {
    const measure = async (contender: Contender, operation: Operation) => {
      const { peaks } = await fixture.memory(contender, operation);
      const detail =
        peaks.length > 1 ? { detail: `each process: ${peaks.map((each) => each.toFixed(0)).join(', ')} MB` } : {};
      report({
        subject: fixture.subject('memory', operation, contender),
        unit: 'MB',
        value: Math.max(...peaks),
        ...detail,
      });
    };
    for (const contender of fixture.fastestContenders) await measure(contender, 'apply');
    await fixture.settleApplies();
    for (const contender of fixture.contenders) await measure(contender, 'plan');
  });
}
