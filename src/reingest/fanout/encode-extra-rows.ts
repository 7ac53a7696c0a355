import type { Failed } from '../../outcome/outcome.ts'
import { type PendingRow, rowText } from '../../outcome/pending-row.ts'
import type { ExtraRow, Match, RecordResult } from '../../router/model.ts'

/** Encodes all rows of a record; if one of them does not fit its table, the record fails. */
export function encodeRows(
  { record }: Match,
  rows: readonly unknown[],
  encode: (row: unknown) => PendingRow | Failed,
): RecordResult {
  const delivered: PendingRow[] = []
  for (const row of rows) {
    const outcome = encode(row)
    if (outcome.status === 'failed') return outcome
    delivered.push(outcome)
  }
  const [outcome, ...others] = delivered as [PendingRow, ...PendingRow[]]
  const extraRows = others.map((other, index): ExtraRow => {
    const { table, operation } = other.routing
    return { index: index + 1, table, operation, row: rowText(other) }
  })
  return { status: 'fanned-out', outcome, lineage: { kind: 'record', hops: 0, record }, extraRows }
}
