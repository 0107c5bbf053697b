// How a file's tests are tested: each small change of the code must make one of them fail. `npm run mutation -- <file>`
// (test/mutation.ts) says which file and which tests; docs/mutation.md holds what was measured.
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  // Not `related`: with it a change of a module's constants would be asked of no test at all.
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // Not `incremental`: it keeps what an interrupted run, or tests since rewritten, made of a module's constants.
  reporters: ['progress-append-only', 'clear-text'],
  clearTextReporter: { reportTests: false, reportScoreTable: true, allowColor: false },
  thresholds: { high: 95, low: 90, break: 90 },
  ignorePatterns: ['/bench', '/dist', '/docs', '/vendor'],
  warnings: { slow: false },
};
