import type { RowChange, StoredRow } from './types.ts'

/** What the changes of one commit come to. */
export interface MergedChanges {
  /** The rows to add, in the order of their changes. */
  readonly rows: readonly StoredRow[]
  /** The keys whose earlier rows go, each once, with the key columns only. */
  readonly deletedKeys: readonly StoredRow[]
}

/**
 * Works out what a list of changes leaves: an insert adds a row, duplicates included; an update or a delete takes away
 * the rows of its key, those that this same commit added included. An equality delete does not reach the data of its own
 * commit, so that part has to happen here. https://iceberg.apache.org/spec/#scan-planning
 */
export function mergeChanges(changes: readonly RowChange[], keys: readonly string[]): MergedChanges {
  const rows = new Map<number, StoredRow>()
  const placesByKey = new Map<string, number[]>()
  const deletedKeys = new Map<string, StoredRow>()
  for (const [place, { operation, row }] of changes.entries()) {
    const key = keys.length === 0 ? undefined : keyText(row, keys)
    if (key !== undefined && operation !== 'insert') {
      for (const earlier of placesByKey.get(key) ?? []) rows.delete(earlier)
      placesByKey.delete(key)
      deletedKeys.set(key, pick(row, keys))
    }
    if (operation === 'delete') continue
    rows.set(place, row)
    if (key !== undefined) append(placesByKey, key, place)
  }
  return { rows: [...rows.values()], deletedKeys: [...deletedKeys.values()] }
}

/** The same text for the same key: a column has one type, so that 1 and "1" cannot meet. */
function keyText(row: StoredRow, keys: readonly string[]): string {
  return JSON.stringify(keys.map((name) => String(row[name])))
}

function pick(row: StoredRow, keys: readonly string[]): StoredRow {
  return Object.fromEntries(keys.map((name) => [name, row[name] ?? null]))
}

function append(places: Map<string, number[]>, key: string, place: number): void {
  const list = places.get(key)
  if (list === undefined) places.set(key, [place])
  else list.push(place)
}
