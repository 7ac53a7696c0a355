import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { icebergMetadata, icebergRead } from 'icebird'

const FIRST_ROWS = 2
const MAX_VALUE_LENGTH = 90

/** Reads every table of a database with icebird and prints the number of its rows, and the first ones. */
export async function readBack(warehouse: string, database: string): Promise<void> {
  const folder = join(warehouse, database)
  console.log('\nReading the tables back with icebird, a library that shares no code with this package …')
  for (const table of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const rows = await readRows(join(folder, table))
    console.log(
      `\n  ${database}.${table}: ${rows.length.toLocaleString('en-US')} rows; the first ${Math.min(FIRST_ROWS, rows.length)}:`,
    )
    console.log(rows.slice(0, FIRST_ROWS).map(formatRow).join('\n\n'))
  }
}

async function readRows(folder: string): Promise<{ readonly [column: string]: unknown }[]> {
  const restore = fetchFiles()
  try {
    const tableUrl = pathToFileURL(folder).href
    const metadata = await icebergMetadata({ tableUrl })
    // A table before its first commit has no snapshot, which is an error for icebird.
    return (metadata['current-snapshot-id'] ?? -1) < 0 ? [] : await icebergRead({ tableUrl, metadata })
  } finally {
    restore()
  }
}

function formatRow(row: { readonly [column: string]: unknown }): string {
  const lines = Object.entries(row).map(([column, value]) => {
    const text = value instanceof Date ? value.toISOString() : String(value ?? null)
    return `      ${column.padEnd(13)} ${text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text}`
  })
  return lines.join('\n')
}

/** icebird reads with `fetch`, which does not support `file:` URLs in Node. This adds them until the returned function is called. */
function fetchFiles(): () => void {
  const original = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const url = String(input)
    if (!url.startsWith('file:')) return original(input, init)
    const bytes = await readFile(fileURLToPath(url))
    const range = /^bytes=(\d+)-(\d*)$/.exec(new Headers(init?.headers).get('range') ?? '')
    if (range === null) return new Response(new Uint8Array(bytes))
    const end = range[2] === '' ? bytes.length : Number(range[2]) + 1
    return new Response(new Uint8Array(bytes.subarray(Number(range[1]), end)), { status: 206 })
  }
  return () => {
    globalThis.fetch = original
  }
}
