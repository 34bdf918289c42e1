import { soak } from '../../testing/soak';

jest.setTimeout(600_000);

/** `npm run soak` runs as many rounds as it is asked for; this shows that it works. */
test('smoke test: after random changes, faults, signals and refused plans, server, state and configuration agree', async () => {
  const rounds: string[] = [];
  await soak({ rounds: 2, seed: 3, log: (line) => rounds.push(line) });
  expect(rounds).toHaveLength(2);
  // With this seed there are rounds of both kinds.
  const hard = rounds.filter((line) => line.includes('calls race, PHP is silent'));
  expect([0, rounds.length]).not.toContain(hard.length);
});
