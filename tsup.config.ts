import { defineConfig, type Options } from 'tsup'

/** One output file per public entry, and chunks for what they share. */
const entry = {
  index: 'src/index.ts',
  ses: 'src/ses/index.ts',
  'ses/schemas': 'src/ses/schemas.ts',
  testing: 'src/testing/index.ts',
  'testing/arbitraries': 'src/testing/arbitraries.ts',
  local: 'src/local/index.ts',
}

const shared: Options = { target: 'node20', sourcemap: true, splitting: true, clean: false }

const config: Options[] = [
  { ...shared, entry, format: ['esm', 'cjs'], dts: true },
  // The command is run, never imported: one format, no types.
  { ...shared, entry: { cli: 'src/cli/index.ts' }, format: ['esm'], dts: false },
]

export default defineConfig(config) as Options[]
