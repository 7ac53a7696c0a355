import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

const ROOT = join(import.meta.dirname, '../..')
/** Within the repository, so that packages are found and the version of the package is read. */
const FOLDER = join(ROOT, 'node_modules/.cache/bundled')
const made = new Map<string, Promise<string>>()

/**
 * Bundles a program of the repository, and returns the path of the file. A test that starts a process starts this: it takes a
 * tenth of the time in which a process compiles each module for itself.
 */
export function bundled(entry: string): Promise<string> {
  const known = made.get(entry) ?? bundle(entry)
  made.set(entry, known)
  return known
}

async function bundle(entry: string): Promise<string> {
  const tsconfig = join(ROOT, 'tsconfig.json')
  const { outputFiles } = await build({
    entryPoints: [entry],
    tsconfig,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
  })
  const path = join(FOLDER, basename(entry).replace(/\.ts$/, '.mjs'))
  const own = `${path}.${process.pid}`
  mkdirSync(FOLDER, { recursive: true })
  // Another worker may start the file at this moment.
  writeFileSync(own, outputFiles[0]?.contents ?? '')
  renameSync(own, path)
  return path
}
