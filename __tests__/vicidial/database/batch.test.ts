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

test('what is asked at about the same time is asked together', async () => {
  const { asked, batch } = doubling();
  const first = batch.ask(1);
  await turn();
  expect(await Promise.all([first, batch.ask(2), batch.ask(3)])).toEqual([2, 4, 6]);
  expect(await batch.ask(4)).toBe(8);
  expect(asked).toEqual([[1, 2, 3], [4]]);
});

test('what is asked while a query is in progress is asked by another, which does not wait for it', async () => {
  const asked: number[][] = [];
  const batch = new Batch(async (numbers: readonly number[]) => {
    asked.push([...numbers]);
    // The first query is answered after the second one.
    while (asked.length === 1) await turn();
    return numbers;
  });
  const first = batch.ask(1);
  while (asked.length === 0) await turn();
  expect(await Promise.all([first, batch.ask(2), batch.ask(3)])).toEqual([1, 2, 3]);
  expect(asked).toEqual([[1], [2, 3]]);
});

test('a failed query fails the questions that it had, and no other', async () => {
  const { asked, batch } = doubling();
  const first = batch.ask(1);
  while (asked.length === 0) await turn();
  const answers = await Promise.allSettled([first, batch.ask(2), batch.ask(13)]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await batch.ask(5)).toBe(10);
});
