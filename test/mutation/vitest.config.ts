import { mergeConfig, type ViteUserConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

/** The tests of the matching folders: `tools/mutation.ts` sets them. */
const tests: string[] = (process.env['MUTATION_TESTS'] ?? '').split(';')

const config: ViteUserConfig = mergeConfig(base, { test: {} })
config.test = { ...config.test, include: tests, silent: true }

export default config
