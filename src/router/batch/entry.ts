import type { FirehoseRecord } from '../../firehose/event.ts'
import type { State } from '../record/delivery.ts'
import type { Draft, FurtherRow, Lineage, Processed } from '../record/draft.ts'

/** A record of the batch and what it has come to so far. */
export interface Entry {
  readonly record: FirehoseRecord
  /** What there is besides the outcome, of the few records that have anything. */
  readonly draft: Draft | undefined
  outcome: State
}

const NONE: readonly FurtherRow[] = []

/** Starts the account of a record. */
export function toEntry(record: FirehoseRecord, processed: Processed): Entry {
  if (processed.status !== 'draft') return { record, draft: undefined, outcome: processed }
  return { record, draft: processed, outcome: processed.outcome }
}

/** Where the record comes from. */
export function lineageOf({ draft, record }: Entry): Lineage {
  return draft?.lineage ?? { kind: 'record', hops: 0, record }
}

/** The rows that cannot be in its answer. */
export function furtherRows({ draft }: Entry): readonly FurtherRow[] {
  return draft?.further ?? NONE
}

/** The record as it first arrived; a row out of an envelope has only itself. */
export function firstArrival(entry: Entry): FirehoseRecord {
  const lineage = lineageOf(entry)
  return lineage.kind === 'record' ? lineage.record : entry.record
}
