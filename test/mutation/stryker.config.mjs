// `tools/mutation.ts` sets the environment.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: (process.env['MUTATION_FILES'] ?? '').split(','),
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // What runs when a module is loaded is in no test of its own: each such change takes all tests.
  ignoreStatic: process.env['MUTATION_STATIC'] !== 'yes',
  concurrency: Number(process.env['MUTATION_CONCURRENCY'] ?? 1),
  timeoutMS: 15_000,
  tempDirName: 'test/mutation/.sandbox',
  ignorePatterns: [
    'dist',
    '.engines',
    'bench',
    'docs',
    'findings',
    'examples',
    'test/interop',
    'test/deploy',
    'test/package',
  ],
  reporters: ['json'],
  jsonReporter: { fileName: process.env['MUTATION_REPORT'] ?? 'test/mutation/.reports/all.json' },
  allowConsoleColors: false,
}
