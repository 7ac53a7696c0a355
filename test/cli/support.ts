import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundled } from '../support/bundled.ts'
import { runMain } from './terminal.ts'

/** A module of the fixtures. */
export const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name)

/** An event of the handler in `fixtures/handler.ts`. */
export const nameEvent = (text: string): string => JSON.stringify({ type: 'name', name: text })

/** A new folder to run commands in. */
export interface Workplace {
  readonly folder: string
  readonly warehouse: string
  /** Writes a file and returns its path. */
  readonly write: (name: string, content: string | Uint8Array) => string
  /** The arguments that deliver a file into this folder's warehouse. */
  readonly args: (file: string, handler?: string) => string[]
  readonly run: (file: string, ...more: readonly string[]) => ReturnType<typeof runMain>
  readonly show: (table: string, ...more: readonly string[]) => ReturnType<typeof runMain>
  /** The rows of a table, as `show --json` prints them. */
  readonly rows: (table: string) => Promise<readonly { readonly [column: string]: unknown }[]>
}

export function createWorkplace(handler: string = fixture('handler.ts')): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'))
  const [warehouse, errors] = [join(folder, 'warehouse'), join(folder, 'errors')]
  const args = (file: string, module = handler): string[] => [
    ...['run', file, '--handler', module],
    ...['--warehouse', warehouse, '--errors', errors],
  ]
  const show: Workplace['show'] = (table, ...more) => runMain(['show', table, '--warehouse', warehouse, ...more])
  return {
    folder,
    warehouse,
    write(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    args,
    run: (file, ...more) => runMain([...args(file), ...more]),
    show,
    rows: async (table) => JSON.parse((await show(table, '--json', '--limit', '1000')).out).rows,
  }
}

const CLI = join(import.meta.dirname, '../../src/cli/index.ts')

/** Runs the command as a process, because only a process has a standard input and pipes. */
export async function spawnCli(
  args: readonly string[],
  { input, shell }: { readonly input?: string | Uint8Array; readonly shell?: (command: string) => string } = {},
): Promise<{ readonly status: number | null; readonly out: string; readonly err: string }> {
  const command = [process.execPath, await bundled(CLI), ...args]
  const quoted = command.map((word) => `'${word}'`).join(' ')
  const child = shell === undefined ? spawn(command[0] ?? '', command.slice(1)) : spawn('bash', ['-c', shell(quoted)])
  const written = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    written.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    written.err += chunk
  })
  child.stdin.end(input)
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...written })))
}
