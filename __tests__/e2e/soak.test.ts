import { soak } from '../../testing/soak';

jest.setTimeout(600_000);

test('after random changes, faults and kills the dialer, the state and the configuration agree', async () => {
  const rounds: string[] = [];
  await soak({ rounds: 4, seed: 20261124, log: (line) => rounds.push(line) });
  expect(rounds).toHaveLength(4);
});
