import { slowestTests } from '../../testing/slowest-tests.mjs';

const file = (testFilePath: string, tests: Readonly<Record<string, number | null>>) => ({
  testFilePath,
  testResults: Object.entries(tests).map(([fullName, duration]) => ({ fullName, duration })),
});

test('the slowest ten tests of all files are named, with their seconds and files; a skipped one has taken no time', () => {
  const quick = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`quick ${index}`, index]));
  const files = [
    file('/project/__tests__/a.test.ts', { 'a is read': 2_340, 'a is skipped': null }),
    file('/project/__tests__/e2e/b.test.ts', { 'b is created': 61_000, ...quick }),
  ];
  const named = slowestTests(files, '/project');
  expect(named).toHaveLength(10);
  expect(named.slice(0, 3)).toEqual([
    '  61.0 s  __tests__/e2e/b.test.ts: b is created',
    '   2.3 s  __tests__/a.test.ts: a is read',
    '   0.0 s  __tests__/e2e/b.test.ts: quick 11',
  ]);
});
