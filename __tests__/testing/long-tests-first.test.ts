import { longFirst } from '../../testing/long-tests-first.mjs';

test('files that start engines come first, and the order is otherwise kept', () => {
  const paths = ['/p/__tests__/model/b.test.ts', '/p/__tests__/e2e/z.test.ts', '/p/__tests__/a.test.ts'];
  const others = ['/p/__tests__/workflows/c.test.ts', '/p/__tests__/e2e/y.test.ts'];
  const ordered = longFirst([...paths, ...others].map((path) => ({ path })));
  expect(ordered.map(({ path }) => path)).toEqual([paths[1], ...others, paths[0], paths[2]]);
});
