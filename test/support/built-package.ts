import { cpSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

const ROOT = join(import.meta.dirname, '../..')
/** Entries for a developer's machine, by the name of their file in `dist`. */
const ENTRIES = {
  index: 'src/index.ts',
  t: 'src/table/t.ts',
  s: 'src/select/s.ts',
  local: 'src/local/index.ts',
  reingest: 'src/reingest/index.ts',
  ses: 'src/ses/index.ts',
  cli: 'src/cli/index.ts',
}
const FORMATS = [
  ['esm', '.js'],
  ['cjs', '.cjs'],
] as const

/** Builds this package from its sources into a folder, as `npm install` would install it. */
export async function buildPackage(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  for (const [format, ending] of FORMATS) {
    await build({
      entryPoints: Object.fromEntries(
        Object.entries(ENTRIES)
          .filter(([name]) => format === 'esm' || name !== 'cli')
          .map(([name, path]) => [name, join(ROOT, path)]),
      ),
      outdir: join(folder, 'dist'),
      outExtension: { '.js': ending },
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: 'node20',
      format,
      logLevel: 'error',
    })
  }
}

/** Links installed packages and their commands into the `node_modules` of another folder. */
export function linkPackages(nodeModules: string, names: readonly string[]): void {
  for (const name of names) {
    const target = join(nodeModules, name)
    mkdirSync(dirname(target), { recursive: true })
    symlinkSync(realpathSync(join(ROOT, 'node_modules', name)), target)
  }
}
