import { App } from 'aws-cdk-lib'
import { BUNDLE, bundleHandler } from '../bundle.ts'
import { SesEventsStack } from './lib/stack.ts'

await bundleHandler()
const app = new App()
new SesEventsStack(app, 'SesEvents', {
  handlerFolder: BUNDLE,
  catalog: app.node.tryGetContext('catalog') === 's3tables' ? 's3tables' : 'glue',
})
app.synth()
