import { soak } from '../../testing/soak';

jest.setTimeout(600_000);

/** `npm run soak` runs as many rounds as it is asked for; this shows that it works. */
test('smoke test: four rounds of random changes, faults and signals leave server, state and configuration in agreement', async () => {
  const rounds: string[] = [];
  await soak({ rounds: 4, seed: 20261124, log: (line) => rounds.push(line) });
  expect(rounds).toHaveLength(4);
});
