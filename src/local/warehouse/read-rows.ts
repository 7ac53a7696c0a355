import type { Disk } from './disk.ts'
import { unreadable } from './failure.ts'
import { loadParquetReader, type ParquetReader } from './parquet-reader.ts'
import { POSITION_FIELDS, type ReadRow, readDeletes } from './read-deletes.ts'
import { readSnapshotFiles, type SnapshotFile } from './read-files.ts'
import type { IcebergSchema } from './schema.ts'
import { currentSchema, currentSnapshot, type SnapshotId } from './table-metadata.ts'
import { loadLatest } from './versions.ts'

/** The newest snapshot of a table, open for reading. */
export interface TableReader {
  readonly snapshotId: SnapshotId | undefined
  readonly fields: IcebergSchema['fields']
  /** Whether it has deletes: not every program applies them. */
  readonly hasDeletes: boolean
  /** The rows that a reader sees, those of one file after the other. */
  readonly rows: () => AsyncGenerator<readonly ReadRow[]>
  /** How many rows a reader sees. */
  readonly count: () => Promise<number>
}

/** Opens a table without its declaration; undefined if there is no table in the folder. */
export async function openReader(disk: Disk, folder: string): Promise<TableReader | undefined> {
  const version = await loadLatest(disk, folder)
  if (version === undefined) return undefined
  // A version is not read without its schema.
  const schema = currentSchema(version.metadata) as IcebergSchema
  const files = await readSnapshotFiles(disk, folder, version)
  const data = files.filter(({ kind }) => kind === 'data')
  const deletes = files.filter(({ kind }) => kind !== 'data')
  const read = async (file: SnapshotFile, ids?: readonly number[]): Promise<ReadRow[]> =>
    readFile(disk, file, { reader: await loadParquetReader(), schema, ids })

  async function* rows(ids?: readonly number[]): AsyncGenerator<readonly ReadRow[]> {
    const deleted = await readDeletes(deletes, read, schema)
    for (const file of data) {
      const isDeleted = deleted(file)
      yield (await read(file, ids)).filter((row, position) => !isDeleted(row, position))
    }
  }

  async function count(): Promise<number> {
    if (deletes.length === 0) return data.reduce((sum, file) => sum + file.rows, 0)
    let total = 0
    for await (const some of rows([...new Set(deletes.flatMap(({ equalityIds }) => equalityIds))])) total += some.length
    return total
  }

  const snapshotId = currentSnapshot(version.metadata)?.['snapshot-id']
  return { snapshotId, fields: schema.fields, hasDeletes: deletes.length > 0, rows: () => rows(), count }
}

/** Reads a Parquet file by the ids of its columns: a file may be older than a column, or than its name. */
async function readFile(
  disk: Disk,
  { path }: SnapshotFile,
  { reader, schema, ids }: { reader: ParquetReader; schema: IcebergSchema; ids: readonly number[] | undefined },
): Promise<ReadRow[]> {
  const bytes = await disk.read(path)
  if (bytes === undefined) throw unreadable(path, 'the newest snapshot names it and it is not there')
  try {
    const file = toBuffer(bytes)
    const metadata = await reader.parquetMetadataAsync(file)
    for (const element of metadata.schema) stripDecimal(element)
    const wanted = [...schema.fields, ...POSITION_FIELDS].filter(({ id }) => ids === undefined || ids.includes(id))
    const names = wanted.flatMap(({ id, name }) => {
      const element = metadata.schema.find(({ field_id }) => field_id === id)
      return element === undefined ? [] : [[element.name, name] as const]
    })
    const total = Number(metadata.num_rows)
    if (names.length === 0) return Array.from({ length: total }, () => ({}))
    const columns = names.map(([column]) => column)
    const rows = await reader.parquetReadObjects({ file, metadata, columns, utf8: false, parsers: RAW })
    return rows.map((row) => Object.fromEntries(names.map(([column, name]) => [name, row[column]])))
  } catch (cause) {
    throw unreadable(path, 'it is no Parquet file that can be read here', cause)
  }
}

/** Values as they are stored: a `Date` has no microseconds. */
const RAW = {
  timestampFromMicroseconds: (micros: bigint) => micros,
  dateFromDays: (days: number) => days,
} as never

/** A decimal would be read as a double. */
function stripDecimal(element: { converted_type?: unknown; logical_type?: { type?: unknown } }): void {
  if (element.converted_type === 'DECIMAL') delete element.converted_type
  if (element.logical_type?.type === 'DECIMAL') delete element.logical_type
}

function toBuffer(bytes: Uint8Array): { byteLength: number; slice: (start: number, end?: number) => ArrayBuffer } {
  // A view may be a part of a larger buffer.
  const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  return { byteLength: copy.byteLength, slice: (start, end) => copy.slice(start, end) }
}
