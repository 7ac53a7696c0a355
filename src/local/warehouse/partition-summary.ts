import type { Buffer } from 'node:buffer'
import { boundsOf } from './bounds.ts'
import { compareBounds } from './compare-bounds.ts'
import type { Partition, PartitionColumn } from './partitions.ts'
import { storageOf } from './storage.ts'

/** What a manifest list says of one partition field of a manifest. https://iceberg.apache.org/spec/#manifest-lists */
export interface FieldSummary {
  readonly contains_null: boolean
  readonly contains_nan: boolean | null
  readonly lower_bound: Buffer | null
  readonly upper_bound: Buffer | null
}

/**
 * Summarises the partitions of a manifest's files, so that readers can skip the manifest. Null if a partition is a UUID, because
 * readers disagree about its order; a summary without bounds would mean "only nulls".
 */
export function summarisePartitions(
  columns: readonly PartitionColumn[],
  partitions: readonly Partition[],
): readonly FieldSummary[] | null {
  if (columns.some(({ type }) => type.name === 'uuid')) return null
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

/** The summaries of several manifests as those of one; null if one of them has none. */
export function mergeSummaries(
  columns: readonly PartitionColumn[],
  summaries: readonly (readonly FieldSummary[] | null)[],
): readonly FieldSummary[] | null {
  if (summaries.includes(null)) return null
  return columns.map(({ type }, index) => {
    const fields = summaries.flatMap((summary) => summary?.[index] ?? [])
    const sorted = (bound: 'lower_bound' | 'upper_bound') =>
      fields.flatMap((field) => field[bound] ?? []).sort((a, b) => compareBounds(type, a, b))
    return {
      contains_null: fields.some(({ contains_null }) => contains_null),
      contains_nan: null,
      lower_bound: sorted('lower_bound')[0] ?? null,
      upper_bound: sorted('upper_bound').at(-1) ?? null,
    }
  })
}
