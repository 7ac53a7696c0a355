import { readFile } from 'node:fs/promises'
import { icebergRead } from 'icebird'

/** A row as icebird gives it: timestamps and dates as Date, long as bigint. */
export type IcebirdRow = { readonly [column: string]: unknown }

let readers = 0
let realFetch = globalThis.fetch

/** Reads the rows of a table with icebird, which applies its deletes; none for a table without a snapshot. */
export async function readTable(folder: string): Promise<IcebirdRow[]> {
  return withFileFetch(async () => {
    try {
      return await icebergRead({ tableUrl: `file://${folder}` })
    } catch (error) {
      if (error instanceof Error && NO_ROWS.test(error.message)) return []
      throw error
    }
  })
}

/** What icebird says of a table before its first rows. */
const NO_ROWS = /No current snapshot id|No data manifest files/

/** Lets `fetch`, which icebird reads with, serve `file:` URLs for as long as a piece of work takes. */
export async function withFileFetch<Result>(work: () => Promise<Result>): Promise<Result> {
  if (readers++ === 0) {
    realFetch = globalThis.fetch
    globalThis.fetch = fetchFile
  }
  try {
    return await work()
  } finally {
    if (--readers === 0) globalThis.fetch = realFetch
  }
}

const fetchFile: typeof fetch = async (input, init) => {
  const url = String(input)
  if (!url.startsWith('file://')) return realFetch(input, init)
  const bytes = await readFile(url.slice('file://'.length)).catch(() => undefined)
  if (bytes === undefined) return new Response('', { status: 404 })
  const range = /^bytes=(\d+)-(\d*)$/.exec(new Headers(init?.headers).get('range') ?? '')
  if (range === null) return new Response(new Uint8Array(bytes))
  const end = range[2] === '' ? bytes.length : Number(range[2]) + 1
  return new Response(new Uint8Array(bytes.subarray(Number(range[1]), end)), { status: 206 })
}
