const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // By default one core stays free. Half as many again as there are cores, because many tests wait for a time limit.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  globalSetup: '<rootDir>/testing/jest-setup.mjs',
  reporters: ['default', '<rootDir>/testing/slowest-tests.mjs'],
  testSequencer: '<rootDir>/testing/long-tests-first.mjs',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: {
    '^.+\\.(ts|m?js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // These are published as ES modules only, which Jest cannot require as they are.
  transformIgnorePatterns: [
    '/node_modules/(?!(p-limit|yocto-queue|p-retry|is-network-error|p-throttle|htmlparser2|entities|dom[^/]*)/)',
  ],
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/', '<rootDir>/cdktf.out/'],
};
