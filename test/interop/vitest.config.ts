import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import unit from '../../vitest.config.ts'

/** Apart from the unit tests, because these need Python: see `run.sh`. The package's name means its source, as there. */
const config: ViteUserConfig = defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: unit.resolve ?? {},
  test: { include: ['test/interop/**/*.interop.ts'], testTimeout: 120_000 },
})

export default config
