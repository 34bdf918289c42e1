/**
 * Random changes, faults and signals, checked after each round. Usage: npm run soak -- --rounds 200 --seed 1
 *
 * With --identity, the tests of identities instead, each several times: npm run soak -- --identity --times 10 --seed 1
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { soak } from '../testing/soak';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    identity: { type: 'boolean', default: false },
    times: { type: 'string', default: '10' },
  },
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];

if (values.identity) testIdentities();
else soakRounds();

function soakRounds(): void {
  console.log(`${rounds} rounds with seed ${seed}`);
  soak({ rounds, seed, log: console.log }).then(
    () => console.log(`${rounds} rounds with seed ${seed}: server, state and configuration agree after each.`),
    (error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}

/** Each time has the next seed. */
function testIdentities(): void {
  const { status } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), '__tests__/e2e/identity-'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      PHONESTATE_FULL_MATRIX: '1',
      PHONESTATE_IDENTITY_TIMES: values.times,
      PHONESTATE_IDENTITY_SEED: values.seed,
    },
  });
  process.exitCode = status ?? 1;
}
