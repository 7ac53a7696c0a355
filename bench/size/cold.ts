import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What it takes to import a module, in milliseconds of processor time, with an empty one of the same package for comparison. */
export interface ImportCost {
  readonly moduleMs: number
  readonly emptyMs: number
  /** The median of the differences of the rounds. */
  readonly costMs: number
}

/**
 * Imports a module and an empty one in new processes, one after the other, round after round. Both are in a folder with the
 * package's `package.json`, which Node reads for either.
 */
export function importCost(file: string, rounds: number): ImportCost {
  const folder = mkdtempSync(join(tmpdir(), 'import-'))
  copyFileSync(new URL('../../package.json', import.meta.url), join(folder, 'package.json'))
  const [module, empty] = [join(folder, 'module.js'), join(folder, 'empty.js')]
  copyFileSync(file, module)
  writeFileSync(empty, 'export {}\n')
  const all = Array.from({ length: rounds }, () => ({ module: importMs(module), empty: importMs(empty) }))
  rmSync(folder, { recursive: true })
  return {
    moduleMs: median(all.map((round) => round.module)),
    emptyMs: median(all.map((round) => round.empty)),
    costMs: median(all.map((round) => round.module - round.empty)),
  }
}

function importMs(file: string): number {
  const url = JSON.stringify(pathToFileURL(file).href)
  const code = `const start = process.cpuUsage(); await import(${url}); const { user, system } = process.cpuUsage(start); console.log((user + system) / 1000)`
  const args = ['--input-type=module', '--eval', code]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the module cannot be imported: ${stderr}`)
  return Number(stdout)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
