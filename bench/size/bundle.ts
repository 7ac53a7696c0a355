import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'

const ROOT = `${import.meta.dirname}/../..`

/** What a user takes from the package. */
export const CASES: { readonly [name: string]: string } = {
  router: `export { createIcebergRouter } from 'firehose-iceberg-router'`,
  'router and a table': `export { createIcebergRouter, defineTable, json, nullable, string, timestamp } from 'firehose-iceberg-router'`,
  'router, deadLetter, reingestion': `export { createIcebergRouter, deadLetterTable } from 'firehose-iceberg-router'
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

/** Settings of {@link bundleSize}. */
export interface BundleOptions {
  /** Leave the scanner of `select` routes out: a third of a router, and most of it is one text. */
  readonly scanner?: boolean
}

const withoutScanner: Plugin = {
  name: 'without-scanner',
  setup({ onLoad }) {
    onLoad({ filter: /src\/router\/shortcut\.ts$/ }, () => ({
      contents: 'export const compileShortcut = () => undefined',
    }))
  },
}

/** Bundles a module as for Lambda, minified, and weighs it. */
export async function bundleSize(contents: string, { scanner = true }: BundleOptions = {}): Promise<BundleSize> {
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
    plugins: scanner ? [] : [withoutScanner],
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
