import { type PartitionColumn, partitionOf } from './partitions.ts'
import type { RowChange, StoredRow } from './types.ts'

/** The result of all changes of one commit. */
export interface MergedChanges {
  /** The rows to add, in the order of their changes. */
  readonly rows: readonly StoredRow[]
  /** Rows whose keys delete earlier rows, each key once in each partition. */
  readonly deletedKeys: readonly StoredRow[]
}

/** How a table finds rows: by their keys, within their partition. */
export interface Locating {
  readonly keys: readonly string[]
  readonly partitions?: readonly PartitionColumn[]
}

/**
 * Computes the result of a list of changes. An insert adds a row, also a duplicate. An update or a delete removes the rows of its
 * key in its partition, also those that this commit added: an equality delete does not apply to the data of its own commit, so
 * this happens here. A row that is updated in another partition stays in the first, as with Firehose, which computes the
 * partition from the record.
 * https://iceberg.apache.org/spec/#scan-planning
 */
export function mergeChanges(changes: readonly RowChange[], locating: Locating): MergedChanges {
  const rows = new Map<number, StoredRow>()
  const placesByKey = new Map<string, number[]>()
  const deletedKeys = new Map<string, StoredRow>()
  for (const [place, { operation, row }] of changes.entries()) {
    const key = locating.keys.length === 0 ? undefined : keyText(row, locating)
    if (key !== undefined && operation !== 'insert') {
      for (const earlier of placesByKey.get(key) ?? []) rows.delete(earlier)
      placesByKey.delete(key)
      deletedKeys.set(key, row)
    }
    if (operation === 'delete') continue
    rows.set(place, row)
    if (key !== undefined) append(placesByKey, key, place)
  }
  return { rows: [...rows.values()], deletedKeys: [...deletedKeys.values()] }
}

/** The same string for the same key and partition. A column has one type, so 1 and "1" are not confused. */
function keyText(row: StoredRow, { keys, partitions = [] }: Locating): string {
  return JSON.stringify([partitionOf(partitions, row).key, ...keys.map((name) => String(row[name]))])
}

function append(places: Map<string, number[]>, key: string, place: number): void {
  const list = places.get(key)
  if (list === undefined) places.set(key, [place])
  else list.push(place)
}
