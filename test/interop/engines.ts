import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The engines that read what the warehouse wrote. */
export type Engine = 'duckdb' | 'pyiceberg'

export const ENGINES: readonly Engine[] = ['duckdb', 'pyiceberg']

/** A table to read: all rows, or rows with a value in a column. */
export interface ReadRequest {
  readonly engine: Engine
  readonly table: string
  readonly column?: string
  readonly value?: unknown
  /** Prints values inside lists, maps and structs exactly as well, decimals without their point and bytes in hex. */
  readonly nested?: boolean
}

/** Rows with whole numbers as strings, times as microseconds and dates as days since 1970; or what the engine said. */
export interface ReadAnswer {
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
  readonly types?: Readonly<Record<string, string>>
  readonly error?: string
}

/** Reads tables with other engines, in one Python process. */
export async function readWithEngines(requests: readonly ReadRequest[]): Promise<ReadAnswer[]> {
  const python = fileURLToPath(new URL('../../.venv/bin/python', import.meta.url))
  const child = spawn(python, [fileURLToPath(new URL('read.py', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(requests))
  let output = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) output += chunk
  return JSON.parse(output)
}

/** Reads one table whole. */
export async function readWith(engine: Engine, table: string): Promise<ReadAnswer> {
  const [answer] = await readWithEngines([{ engine, table }])
  return answer ?? {}
}
