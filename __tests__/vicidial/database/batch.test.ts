import { setImmediate as turn } from 'node:timers/promises';
import { Batch } from '../../../src/vicidial/database/batch';

/** Doubles numbers, and notes which were asked for together. */
function doubling() {
  const asked: number[][] = [];
  const batch = new Batch(async (numbers: readonly number[]) => {
    asked.push([...numbers]);
    await turn();
    if (numbers.includes(13)) throw new Error('13');
    return numbers.map((each) => 2 * each);
  });
  return { asked, batch };
}

test('what is asked while a query is in progress is asked together, after it', async () => {
  const { asked, batch } = doubling();
  expect(await Promise.all([1, 2, 3].map((each) => batch.ask(each)))).toEqual([2, 4, 6]);
  expect(asked).toEqual([[1], [2, 3]]);
  expect(await batch.ask(4)).toBe(8);
});

test('a failed query fails the questions that it had, and no other', async () => {
  const { batch } = doubling();
  const answers = await Promise.allSettled([1, 2, 13].map((each) => batch.ask(each)));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await batch.ask(5)).toBe(10);
});
