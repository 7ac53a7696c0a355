import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config'
import root from '../../vitest.config.ts'

/** Tests that need more packages: Lambda's runtime client, the CDK, checkov, cfn-lint. `run.sh` installs them. */
const config: ViteUserConfig = mergeConfig(
  { ...root, test: {} },
  defineConfig({
    test: {
      include: ['test/deploy/**/*.deploy.ts', 'examples/ses/cdk/test/**/*.test.ts'],
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  }),
)

export default config
