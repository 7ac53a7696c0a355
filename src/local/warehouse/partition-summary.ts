import type { Buffer } from 'node:buffer'
import { boundsOf } from './bounds.ts'
import type { Partition, PartitionColumn } from './partitions.ts'
import { storageOf } from './storage.ts'

/** What a manifest list says of one partition field of a manifest. https://iceberg.apache.org/spec/#manifest-lists */
export interface FieldSummary {
  readonly contains_null: boolean
  readonly contains_nan: boolean | null
  readonly lower_bound: Buffer | null
  readonly upper_bound: Buffer | null
}

/** Sums up the partitions of a manifest's files, so that readers can pass over the manifest; null without partitions. */
export function summarisePartitions(
  columns: readonly PartitionColumn[],
  partitions: readonly Partition[],
): readonly FieldSummary[] | null {
  if (columns.length === 0) return null
  return columns.map(({ type }, index) => {
    const values = partitions.map((partition) => partition.values[index] ?? null)
    const bounds = boundsOf(values, storageOf(type).toBytes, true)
    return {
      contains_null: values.includes(null),
      contains_nan: null,
      lower_bound: bounds?.lower ?? null,
      upper_bound: bounds?.upper ?? null,
    }
  })
}
