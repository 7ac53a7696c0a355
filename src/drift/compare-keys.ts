import type { Table } from '../table/table.ts'
import type { ActualTable } from './actual.ts'
import { breaking, type Difference, note } from './difference.ts'

/** Compares the unique keys with the identifier fields of the table, which Firehose uses if the stream's configuration has none. */
export function compareKeys({ uniqueKeys }: Table, { keys }: ActualTable): Difference[] {
  if (keys === undefined || sameSet(uniqueKeys, keys)) return []
  const list = (names: readonly string[]): string => names.join(', ')
  if (uniqueKeys.length === 0) {
    return [
      note('', {
        what: `no unique keys declared, the table has ${list(keys)}`,
        consequence: 'nothing: a table without unique keys takes inserts only, and those do not look at keys',
        remedy: 'declare uniqueKeys to update and delete rows',
      }),
    ]
  }
  if (keys.length === 0) {
    return [
      note('', {
        what: `unique keys ${list(uniqueKeys)} declared, the table has no identifier fields`,
        consequence: "updates and deletes go to the error bucket unless the stream's configuration has UniqueKeys",
        remedy: 'put the output of `firehose-iceberg ddl --format firehose` into the stream',
      }),
    ]
  }
  return [
    breaking('', {
      what: `unique keys ${list(uniqueKeys)} declared, the table has ${list(keys)}`,
      consequence: "unless the stream's configuration has UniqueKeys, an update or delete changes the wrong rows",
      remedy:
        'declare the keys of the table, or put the output of `firehose-iceberg ddl --format firehose` into the stream',
    }),
  ]
}

function sameSet(ours: readonly string[], theirs: readonly string[]): boolean {
  return ours.length === theirs.length && ours.every((name) => theirs.includes(name))
}
