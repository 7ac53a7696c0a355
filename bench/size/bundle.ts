import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const ROOT = `${import.meta.dirname}/../..`

/** The first example of the README, which is a whole handler. */
const README_EXAMPLE = /^```ts\n(.*?)^```$/ms.exec(readFileSync(`${ROOT}/README.md`, 'utf8'))?.[1] ?? ''

const ROUTER = `import { createIcebergRouter, defineTable, select } from 'firehose-iceberg-router'
import * as t from 'firehose-iceberg-router/t'
`

/** What is measured. */
export type CaseName =
  | 'README example'
  | 'router with select'
  | 'router with dead letters and reingestion'
  | 'SES handler'

/** What a user bundles. */
export const CASES: { readonly [Name in CaseName]: string } = {
  'README example': README_EXAMPLE,
  // The same tables and routes as in the README, so that the difference is what `select` costs.
  'router with select': `${ROUTER}const orders = defineTable({
  name: 'orders',
  columns: { id: t.string(), at: t.timestamp(), email: t.nullable(t.string()), lines: t.json() },
})
const refunds = defineTable({ name: 'refunds', columns: { id: t.string(), at: t.timestamp(), reason: t.string() } })
export const handler = createIcebergRouter({ database: 'shop' })
  .on({ type: 'order' }, { table: orders, transform: select({ id: 'id', at: 'at', email: 'customer.email', lines: 'lines' }) })
  .on({ type: 'refund' }, { table: refunds, transform: select({ id: 'id', at: 'at', reason: 'reason' }) })
  .handler()`,
  'router with dead letters and reingestion': `export { createIcebergRouter, deadLetterTable } from 'firehose-iceberg-router'
export { reingestTarget } from 'firehose-iceberg-router/reingest'`,
  'SES handler': `import { createSesRouter } from 'firehose-iceberg-router/ses'
export const handler = createSesRouter({ database: 'email_event' }).handler()`,
}

/** A bundle's weight, and that of each of its files before compression, and the modules of Node's that it loads. */
export interface BundleSize {
  readonly bytes: number
  readonly gzipBytes: number
  readonly files: readonly { readonly path: string; readonly bytes: number }[]
  readonly imports: readonly string[]
}

/** Bundles a module as for Lambda, minified, and weighs it. */
export async function bundleSize(contents: string): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    absWorkingDir: ROOT,
    tsconfig: `${ROOT}/tsconfig.json`,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    write: false,
    metafile: true,
    outfile: 'bundle.mjs',
    logLevel: 'warning',
    // What is not there weighs nothing.
    logOverride: { 'import-is-undefined': 'error' },
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path))
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
  const files = inputs.map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
  return { bytes: code.length, gzipBytes: gzipSync(code, { level: 9 }).length, files, imports }
}
