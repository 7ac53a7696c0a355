import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** The router beside what AWS's blueprint does: `npm run compare:blueprint`. Apart, because it takes its time. */
const config: ViteUserConfig = defineConfig({ test: { include: ['test/blueprint/**/*.test.ts'], testTimeout: 60_000 } })

export default config
