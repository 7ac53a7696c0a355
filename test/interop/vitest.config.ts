import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** Apart from the unit tests, because these need Python: see `run.sh`. */
const config: ViteUserConfig = defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { include: ['test/interop/**/*.interop.ts'], testTimeout: 120_000 },
})

export default config
