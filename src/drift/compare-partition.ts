import { partitionTexts } from '../artefacts/partition-text.ts'
import type { Table } from '../table/table.ts'
import type { ActualPartition, ActualTable } from './actual.ts'
import { breaking, type Difference, note } from './difference.ts'

/** Compares how the table is partitioned. Firehose follows the table's own spec, whatever is declared. */
export function comparePartition(declared: Table, { partition }: ActualTable): Difference[] {
  if (partition === undefined) return []
  const [ours, theirs] = [partitionTexts(declared), partition.map(({ text }) => text)]
  if (ours.join() === theirs.join()) return []
  const what = `declared partitioned by ${list(ours)}, the table is by ${list(theirs)}`
  const remedy = 'declare partitionBy as the table has it, or create the table again'
  const unknown = partition.filter(({ column }) => !Object.hasOwn(declared.columns, column))
  if (unknown.length > 0) {
    const names = unknown.map(({ column }) => column).join(', ')
    const consequence = `no record has ${names}, so that all rows go into the partition of null`
    return [breaking('', { what, consequence, remedy })]
  }
  return [
    harmsKeys(declared, partition)
      ? breaking('', { what, consequence: LEFT_BEHIND, remedy })
      : note('', { what, consequence: LAYOUT, remedy }),
  ]
}

const LEFT_BEHIND =
  'Firehose looks for the row of an update or delete only in the partition of the record itself: if those values changed, the old row stays'

const LAYOUT = 'rows arrive; files are laid out as the table says, and queries skip fewer or other files than expected'

/** An update finds its row only if the partition follows from the keys. */
function harmsKeys({ uniqueKeys, partitionBy }: Table, partition: readonly ActualPartition[]): boolean {
  if (uniqueKeys.length === 0) return false
  const declared: readonly string[] = [...uniqueKeys, ...partitionBy.map(({ column }) => column)]
  return partition.some(({ column }) => !declared.includes(column))
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ')
}
