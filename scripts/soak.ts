/** Random changes, faults and signals, checked after each round. Usage: npm run soak -- --rounds 200 --seed 1 */
import { parseArgs } from 'node:util';
import { soak } from '../testing/soak';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];

console.log(`${rounds} rounds with seed ${seed}`);
soak({ rounds, seed, log: console.log }).then(
  () => console.log(`${rounds} rounds with seed ${seed}: server, state and configuration agree after each.`),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
