import type { Delivered, Failed } from '../outcome.ts'
import type { FurtherRow, Match, Processed } from '../record/draft.ts'

/** All rows of a record, or none of them: a row that does not fit its table fails the record. */
export function encodeRows(
  { record }: Match,
  rows: readonly unknown[],
  encode: (row: unknown) => Delivered | Failed,
): Processed {
  const delivered: Delivered[] = []
  for (const row of rows) {
    const outcome = encode(row)
    if (outcome.status === 'failed') return outcome
    delivered.push(outcome)
  }
  const [outcome, ...others] = delivered as [Delivered, ...Delivered[]]
  const further = others.map(({ table, operation, row }, index): FurtherRow => {
    return { index: index + 1, table, operation, row }
  })
  return { status: 'draft', outcome, lineage: { kind: 'record', hops: 0, record }, further }
}
