import { spawnSync } from 'node:child_process'
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Esbuild from 'esbuild'

/** The folder that becomes the function's zip: `handler.mjs` and its source map. */
export const BUNDLE: string = join(import.meta.dirname, 'dist/lambda')

/** The size of a bundle, and how long a new process takes to import it. */
export interface BundleFigures {
  readonly codeBytes: number
  readonly mapBytes: number
  /** The median of several processes, without the start of Node. */
  readonly importMs: number
}

/**
 * Writes the handler of the example (or another one) as one minified ES module for Lambda's Node 22, with a source map.
 *
 * @param esbuild the bundler, for a project that has its own; by default the one of this repository
 * @returns the modules that the bundle still imports
 */
export async function bundleHandler(
  folder: string = BUNDLE,
  entry = 'handler.ts',
  esbuild?: Pick<typeof Esbuild, 'build'>,
): Promise<readonly string[]> {
  const { build } = esbuild ?? (await import('esbuild'))
  rmSync(folder, { recursive: true, force: true })
  const { metafile } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: [entry],
    outfile: join(folder, 'handler.mjs'),
    bundle: true,
    metafile: true,
    minify: true,
    // The map has the names and lines of the source; the source itself would only make the zip larger.
    sourcemap: 'linked',
    sourcesContent: false,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    logLevel: 'warning',
  })
  return Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
}

/** Measures a bundle with the current version of Node. */
export function measureBundle(folder: string = BUNDLE, processes = 9): BundleFigures {
  const file = join(folder, 'handler.mjs')
  const times = Array.from({ length: processes }, () => importTime(file)).sort((a, b) => a - b)
  return {
    codeBytes: statSync(file).size,
    mapBytes: statSync(`${file}.map`).size,
    importMs: times[Math.floor(processes / 2)] ?? Number.NaN,
  }
}

function importTime(file: string): number {
  const code = `const start = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - start)`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '--enable-source-maps' },
  })
  if (status !== 0) throw new Error(`the bundle cannot be imported: ${stderr}`)
  return Number(stdout)
}
