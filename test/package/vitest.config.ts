import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** The package as users get it: built, packed, installed. Apart, because it builds and asks the registry. */
const config: ViteUserConfig = defineConfig({
  test: { include: ['test/package/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false },
})

export default config
