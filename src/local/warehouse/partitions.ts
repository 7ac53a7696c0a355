import { Buffer } from 'node:buffer'
import type { LeafType } from '../../table/column.ts'
import type { Table } from '../../table/table.ts'
import { resultType, transformOf } from './partition-transform.ts'
import type { LeafValue, StoredRow } from './types.ts'

/** A field of a table's partitions, laid out for computing its values. */
export interface PartitionColumn {
  readonly id: number
  readonly name: string
  /** The type of the partition's values. */
  readonly type: LeafType
  readonly compute: (row: StoredRow) => LeafValue | null
}

/** The partition that a row belongs to. */
export interface Partition {
  /** In the order of the partition fields; none for a table that is not partitioned. */
  readonly values: readonly (LeafValue | null)[]
  /** A string that is the same only for the same values. */
  readonly key: string
  /** The folder of its files, below `data`. It is for people: readers use the manifest. */
  readonly folder: string
}

/** Ids of partition fields begin here. https://iceberg.apache.org/spec/#partition-specs */
export const FIRST_PARTITION_ID = 1000
/** A folder has a name of 255 bytes at most. */
const MAX_FOLDER_CHARACTERS = 100

/** Lays out the partitions of a table. */
export function toPartitionColumns({ columns, partitionBy }: Table): readonly PartitionColumn[] {
  return partitionBy.map((field, index) => {
    const { column: source, name } = field
    // defineTable has checked that the column is there and that its type has no others inside.
    const type = columns[source]?.type as LeafType
    const transform = transformOf(field, type)
    const compute = (row: StoredRow): LeafValue | null => {
      const value = (row[source] ?? null) as LeafValue | null
      return value === null ? null : transform(value)
    }
    return { id: FIRST_PARTITION_ID + index, name, type: resultType(field, type), compute }
  })
}

/** Finds the partition of a row. */
export function partitionOf(columns: readonly PartitionColumn[], row: StoredRow): Partition {
  const values = columns.map(({ compute }) => compute(row))
  const key = JSON.stringify(values.map((value) => (value === null ? null : textOf(value))))
  const folders = columns.map(({ name }, index) => folderOf(name, values[index] ?? null))
  return { values, key, folder: folders.join('/') }
}

function textOf(value: LeafValue): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)
}

/**
 * Values are in events: characters that could leave the folder, or that readers read differently, are replaced. It is not
 * `name=value`: DuckDB would read the column's value from there, also for the keys of delete files.
 */
function folderOf(name: string, value: LeafValue | null): string {
  const text = value === null ? 'null' : textOf(value)
  return `${name}-${text.slice(0, MAX_FOLDER_CHARACTERS).replace(/[^\w.@+-]/g, '_')}`
}
