import type { Failed } from '../../outcome/outcome.ts'
import { type Delivery, rowText } from '../../outcome/pending-row.ts'
import type { FurtherRow, Match, Processed } from '../../router/fanned-out.ts'

/** All rows of a record, or none of them: a row that does not fit its table fails the record. */
export function encodeRows(
  { record }: Match,
  rows: readonly unknown[],
  encode: (row: unknown) => Delivery | Failed,
): Processed {
  const delivered: Delivery[] = []
  for (const row of rows) {
    const outcome = encode(row)
    if (outcome.status === 'failed') return outcome
    delivered.push(outcome)
  }
  const [outcome, ...others] = delivered as [Delivery, ...Delivery[]]
  const further = others.map((other, index): FurtherRow => {
    const { table, operation } = other.routing
    return { index: index + 1, table, operation, row: rowText(other) }
  })
  return { status: 'draft', outcome, lineage: { kind: 'record', hops: 0, record }, further }
}
