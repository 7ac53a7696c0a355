import type { Failed } from '../../outcome/outcome.ts'
import { type PendingRow, rowText } from '../../outcome/pending-row.ts'
import { failRoute } from '../../router/fail.ts'
import type { ExtraRow, Match, RecordResult } from '../../router/model.ts'

/**
 * Encodes all rows of a record, or none of them: a row that does not fit its table fails the record, and so does an update
 * or a delete unless the router is `unordered`, because all rows but the first come later.
 */
export function encodeRows(
  match: Match,
  rows: readonly unknown[],
  encode: (row: unknown) => PendingRow | Failed,
): RecordResult {
  const { record, route } = match
  const delivered: PendingRow[] = []
  for (const row of rows) {
    const outcome = encode(row)
    if (outcome.status === 'failed') return outcome
    if (outcome.routing.operation !== 'insert' && !route.unordered) return refuseOrder(match, outcome)
    delivered.push(outcome)
  }
  const [outcome, ...others] = delivered as [PendingRow, ...PendingRow[]]
  const extraRows = others.map((other, index): ExtraRow => {
    const { table, operation } = other.routing
    return { index: index + 1, table, operation, row: rowText(other) }
  })
  return { status: 'fanned-out', outcome, lineage: { kind: 'record', hops: 0, record }, extraRows }
}

function refuseOrder(match: Match, { routing }: PendingRow): Failed {
  const { operation, table } = routing
  const message = `expected insert for each of several rows, got ${operation}: it may reach the table after a newer row of its key; return one row, or allow it with unordered: true`
  return failRoute(match, { code: 'InvalidOperation', message, table })
}
