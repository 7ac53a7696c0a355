import { asyncBufferFromUrl, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { icebergManifests, icebergMetadata, icebergRead } from 'icebird'
import type { Disk } from '../../src/local/warehouse/disk.ts'
import { nodeDisk } from '../../src/local/warehouse/node-disk.ts'

/** A row as icebird returns it: long as bigint, timestamps and dates as Date (cut to milliseconds). */
export type IcebirdRow = { readonly [column: string]: unknown }

/** The files of a snapshot, as icebird reads them from its manifests. */
type ManifestEntries = Awaited<ReturnType<typeof icebergManifests>>[number]['entries']

/** The error of icebird for a table before its first rows. */
const NO_ROWS = /No current snapshot id|No data manifest files/

let disk: Disk = nodeDisk
let readers = 0
let realFetch = globalThis.fetch

/** Reads the rows of a table with icebird, which applies its deletes; an empty list for a table without rows. */
export async function readTable(folder: string, from: Disk = nodeDisk): Promise<IcebirdRow[]> {
  return withFileFetch(from, () => icebergRead({ tableUrl: `file://${folder}` })).catch(noneBeforeTheFirst)
}

/**
 * Reads the rows as they are stored (microseconds and days as bigint and number), which icebird cuts to milliseconds, and
 * applies equality deletes by their ids, which icebird cannot do if a key is a time. Icebird still reads metadata,
 * manifests and sequence numbers.
 */
export async function readStored(folder: string, from: Disk = nodeDisk): Promise<IcebirdRow[]> {
  return withFileFetch(from, async () => {
    const files = (await readEntries(folder, from)).map(async ({ sequence_number = 0n, data_file: file }) => {
      const { content, equality_ids: ids, partition } = file
      return {
        content,
        ids,
        partition: printPartition(partition),
        sequence: sequence_number,
        rows: await readParquet(file.file_path, file.file_size_in_bytes),
      }
    })
    const all = await Promise.all(files)
    return all.flatMap(({ content, sequence, rows, partition }) => {
      const deletes = all.filter((file) => {
        return file.content === 2 && file.sequence > sequence && file.partition === partition
      })
      return content === 0
        ? rows.filter((row) => !deletes.some((file) => file.rows.some((key) => matches(row, key))))
        : []
    })
  }).catch(noneBeforeTheFirst)
}

/** The manifest entries of the current snapshot, read by icebird. */
export async function readEntries(folder: string, from: Disk = nodeDisk): Promise<ManifestEntries> {
  return withFileFetch(from, async () => {
    const manifests = await icebergManifests(await icebergMetadata({ tableUrl: `file://${folder}` }))
    return manifests.flatMap(({ entries }) => entries)
  })
}

async function readParquet(url: string, byteLength: bigint): Promise<IcebirdRow[]> {
  const file = await asyncBufferFromUrl({ url, byteLength: Number(byteLength) })
  const metadata = await parquetMetadataAsync(file)
  for (const element of metadata.schema) {
    // As a decimal, it would be read as a double.
    if (element.converted_type === 'DECIMAL') delete element.converted_type
    if (element.logical_type?.type === 'DECIMAL') delete element.logical_type
  }
  return parquetReadObjects({
    file,
    metadata,
    utf8: false,
    parsers: { timestampFromMicroseconds: (micros) => micros, dateFromDays: (days) => days },
  })
}

/** Checks whether a delete applies to a file: it reaches only data of its own partition. */
function printPartition(partition: object | undefined): string {
  return JSON.stringify(partition, (_, value) => (typeof value === 'bigint' ? `${value}n` : (value ?? null)))
}

function matches(row: IcebirdRow, key: IcebirdRow): boolean {
  return Object.entries(key).every(([name, value]) => row[name] === value)
}

function noneBeforeTheFirst(error: unknown): IcebirdRow[] {
  if (error instanceof Error && NO_ROWS.test(error.message)) return []
  throw error
}

/** Makes `fetch`, which icebird uses, serve `file:` URLs from a disk while a function runs. */
async function withFileFetch<Result>(from: Disk, work: () => Promise<Result>): Promise<Result> {
  if (readers++ === 0) {
    realFetch = globalThis.fetch
    globalThis.fetch = fetchFile
  }
  disk = from
  try {
    return await work()
  } finally {
    if (--readers === 0) globalThis.fetch = realFetch
  }
}

const fetchFile: typeof fetch = async (input, init) => {
  const url = String(input)
  if (!url.startsWith('file://')) return realFetch(input, init)
  const bytes = await disk.read(url.slice('file://'.length))
  if (bytes === undefined) return new Response('', { status: 404 })
  const range = /^bytes=(\d+)-(\d*)$/.exec(new Headers(init?.headers).get('range') ?? '')
  if (range === null) return new Response(new Uint8Array(bytes))
  const end = range[2] === '' ? bytes.length : Number(range[2]) + 1
  return new Response(new Uint8Array(bytes.subarray(Number(range[1]), end)), { status: 206 })
}
