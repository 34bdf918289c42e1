import { bunWarning } from '../../src/cli/bun-variables';

test('variables on which Bun acts are named, and those that turn nothing on are not', () => {
  expect(bunWarning({ BUN_BE_BUN: '1', BUN_OPTIONS: '--preload x.js', PATH: '/bin' })).toMatch(
    /^BUN_BE_BUN, BUN_OPTIONS are set .* before the program/u,
  );
  expect(bunWarning({ BUN_INSPECT: 'ws://127.0.0.1:1/' })).toMatch(/^BUN_INSPECT is set/u);
  expect(bunWarning({ BUN_BE_BUN: '0', BUN_OPTIONS: '', NODE_OPTIONS: '--inspect' })).toBeUndefined();
});
