import { App } from 'aws-cdk-lib'
import * as esbuild from 'esbuild'
import { BUNDLE, bundleHandler } from '../bundle.ts'
import { SesEventsStack } from './lib/stack.ts'

// With the esbuild of this folder: the root of the repository need not be installed.
await bundleHandler(BUNDLE, 'handler.ts', esbuild)
const app = new App()
new SesEventsStack(app, 'SesEvents', {
  handlerFolder: BUNDLE,
  catalog: app.node.tryGetContext('catalog') === 's3tables' ? 's3tables' : 'glue',
})
app.synth()
