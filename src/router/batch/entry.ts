import type { FirehoseRecord } from '../../firehose/event.ts'
import type { State } from '../record/delivery.ts'
import type { FurtherRow, Lineage, Processed } from '../record/draft.ts'

/** A record of the batch and what it has come to so far. */
export interface Entry {
  readonly record: FirehoseRecord
  readonly lineage: Lineage
  readonly further: readonly FurtherRow[]
  outcome: State
}

const NONE: readonly FurtherRow[] = []

/** Starts the account of a record. */
export function toEntry(record: FirehoseRecord, processed: Processed): Entry {
  if (processed.status !== 'draft') {
    return { record, lineage: { kind: 'record', hops: 0, record }, further: NONE, outcome: processed }
  }
  const { lineage, further, outcome } = processed
  return { record, lineage, further, outcome }
}

/** The record as it first arrived; a row out of an envelope has only itself. */
export function firstArrival({ lineage, record }: Entry): FirehoseRecord {
  return lineage.kind === 'record' ? lineage.record : record
}
