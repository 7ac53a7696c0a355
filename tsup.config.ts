import { resolve } from 'node:path'
import { defineConfig, type Options } from 'tsup'

/** One output file per public entry, and chunks for what they share. */
const entry = {
  index: 'src/index.ts',
  reingest: 'src/reingest/index.ts',
  ses: 'src/ses/index.ts',
  'ses/schemas': 'src/ses/schemas.ts',
  testing: 'src/testing/index.ts',
  'testing/arbitraries': 'src/testing/arbitraries.ts',
  local: 'src/local/index.ts',
}

/**
 * Every entry loads all of the core, so that what they share is one file: a loader pays for files more than for bytes. The
 * core has no side effects, which is why a bundler would leave out what an entry does not name.
 */
const whole: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'whole',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path),
      sideEffects: true,
    }))
  },
}

const shared: Options = {
  target: 'node20',
  sourcemap: true,
  splitting: true,
  dts: { entry },
  inject: ['./src/index.ts'],
  esbuildPlugins: [whole],
}

const config: Options[] = [
  // The command is run, never imported: ESM alone, and no types.
  { ...shared, format: ['esm'], entry: { ...entry, cli: 'src/cli/index.ts' } },
  { ...shared, format: ['cjs'], entry },
  {
    // The example as it is deployed: one file that holds what it needs of the package.
    entry: { handler: 'examples/ses/handler.ts', demo: 'examples/ses/demo.ts' },
    outDir: 'examples/ses/dist',
    format: ['esm'],
    target: 'node20',
    sourcemap: true,
    splitting: false,
    noExternal: [/^firehose-iceberg-router/],
  },
]

export default defineConfig(config) as Options[]
