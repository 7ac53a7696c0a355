import { type PartitionColumn, partitionOf } from './partitions.ts'
import type { RowChange, StoredRow } from './types.ts'

/** What the changes of one commit come to. */
export interface MergedChanges {
  /** The rows to add, in the order of their changes. */
  readonly rows: readonly StoredRow[]
  /** The rows by whose keys earlier rows go, each key once in each partition. */
  readonly deletedKeys: readonly StoredRow[]
}

/** How a table finds rows: by their keys, within their partition. */
export interface Locating {
  readonly keys: readonly string[]
  readonly partitions?: readonly PartitionColumn[]
}

/**
 * Works out what a list of changes leaves: an insert adds a row, duplicates included; an update or a delete takes away
 * the rows of its key in its partition, those that this same commit added included. An equality delete does not reach the
 * data of its own commit, so that part has to happen here. A row that is updated in another partition stays in the first:
 * so it does with Firehose, which computes the partition from the record.
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

/** The same text for the same place: a column has one type, so that 1 and "1" cannot meet. */
function keyText(row: StoredRow, { keys, partitions = [] }: Locating): string {
  return JSON.stringify([partitionOf(partitions, row).key, ...keys.map((name) => String(row[name]))])
}

function append(places: Map<string, number[]>, key: string, place: number): void {
  const list = places.get(key)
  if (list === undefined) places.set(key, [place])
  else list.push(place)
}
