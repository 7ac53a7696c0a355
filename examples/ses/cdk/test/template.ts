import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { bundleHandler } from '../../bundle.ts'
import type { Catalog } from '../lib/settings.ts'
import { SesEventsStack } from '../lib/stack.ts'

/** Synthesises the stack of the example, with a fresh bundle. */
export async function synthesise(catalog: Catalog): Promise<Template> {
  const handlerFolder = mkdtempSync(join(tmpdir(), 'bundle-'))
  await bundleHandler(handlerFolder)
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'cdk-')), analyticsReporting: false })
  return Template.fromStack(new SesEventsStack(app, 'SesEvents', { handlerFolder, catalog }))
}
