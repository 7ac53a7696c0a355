import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

/** `npm run test:random` runs the long tests too. */
const allRuns: boolean = process.env['FC_RUNS'] === 'all'

/** `npm run coverage` runs them as well, with a fortieth of the runs of each property. */
const longTests: boolean = allRuns || process.argv.includes('--coverage')

const config: ViteUserConfig = defineConfig({
  resolve: {
    // The most specific name first: an alias also matches what begins with it.
    alias: [
      { find: 'firehose-iceberg-router/artefacts', replacement: source('artefacts/index.ts') },
      { find: 'firehose-iceberg-router/from-schema', replacement: source('from-schema/index.ts') },
      { find: 'firehose-iceberg-router/reingest', replacement: source('reingest/index.ts') },
      { find: 'firehose-iceberg-router/ses/schemas', replacement: source('ses/schemas.ts') },
      { find: 'firehose-iceberg-router/ses', replacement: source('ses/index.ts') },
      { find: 'firehose-iceberg-router/testing/arbitraries', replacement: source('testing/arbitraries.ts') },
      { find: 'firehose-iceberg-router/testing', replacement: source('testing/index.ts') },
      { find: 'firehose-iceberg-router/local', replacement: source('local/index.ts') },
      { find: 'firehose-iceberg-router/d', replacement: source('decode/d.ts') },
      { find: 'firehose-iceberg-router/t', replacement: source('table/t.ts') },
      { find: 'firehose-iceberg-router/s', replacement: source('select/s.ts') },
      { find: 'firehose-iceberg-router', replacement: source('index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/package/**',
      'test/interop/**',
      'test/blueprint/**',
      'test/mutation/**',
      ...(longTests ? [] : ['test/**/*.long.test.ts']),
    ],
    globalSetup: 'test/support/seed.ts',
    setupFiles: 'test/support/properties.ts',
    // All runs of a property take minutes on a busy machine.
    testTimeout: allRuns ? 900_000 : 60_000,
    // The files of one process share the modules that they load, which is most of what a small test costs.
    isolate: false,
    pool: 'forks',
    // `npm run coverage`. The AssemblyScript is compiled, and tested as its modules.
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['src/**/*.ts'],
      exclude: [
        'src/**/assembly/**',
        'src/*/module.ts',
        // These run in the processes that tests start (test/cli, test/package), which are not counted.
        'src/cli/{index,input,terminal,typescript}.ts',
      ],
      reporter: [['text', { skipFull: true }], 'text-summary', 'json'],
      thresholds: { lines: 99, branches: 96 },
    },
  },
})

export default config
