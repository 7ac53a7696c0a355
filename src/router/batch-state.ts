import type { FirehoseRecord, FirehoseTransformationEvent } from '../firehose/event.ts'
import type { RecordOutcome } from '../outcome/pending-row.ts'
import { createResponseBudget } from './budget.ts'
import type { Deadline } from './deadline.ts'
import type { BatchState, CompiledRouter, ExtraRow, FannedOutOutcome, Lineage, RecordResult } from './model.ts'

/** The records of a batch and their results. */
export interface BatchResults {
  readonly records: readonly FirehoseRecord[]
  readonly results: RecordResult[]
  readonly deadline: Deadline
}

const NONE: readonly ExtraRow[] = []

/** Creates the state of a batch whose records have been run. The state takes over the list of results. */
export function createBatchState(
  router: CompiledRouter,
  invocation: FirehoseTransformationEvent,
  { records, results, deadline }: BatchResults,
): BatchState {
  const fannedOut = new Map<number, FannedOutOutcome>()
  // Only a reingestion target makes such outcomes.
  if (router.fanout !== undefined) takeFannedOut(results, fannedOut)
  const response = createResponseBudget(router.responseBudgetBytes, records.length)
  return { router, invocation, records, deadline, outcomes: results as RecordOutcome[], fannedOut, response }
}

function takeFannedOut(results: RecordResult[], fannedOut: Map<number, FannedOutOutcome>): void {
  for (const [index, result] of results.entries()) {
    if (result.status !== 'fanned-out') continue
    fannedOut.set(index, result)
    results[index] = result.outcome
  }
}

/** The record of an index. */
export function recordAt({ records }: BatchState, index: number): FirehoseRecord {
  return records[index] as FirehoseRecord
}

/** Where a record comes from. */
export function lineageOf(batch: BatchState, index: number): Lineage {
  return batch.fannedOut.get(index)?.lineage ?? { kind: 'record', hops: 0, record: recordAt(batch, index) }
}

/** The rows of a record that cannot be in its answer. */
export function extraRowsOf({ fannedOut }: BatchState, index: number): readonly ExtraRow[] {
  return fannedOut.get(index)?.extraRows ?? NONE
}

/** A record as it first arrived; for a row out of an envelope, the envelope's record. */
export function firstArrival(batch: BatchState, index: number): FirehoseRecord {
  const lineage = lineageOf(batch, index)
  return lineage.kind === 'record' ? lineage.record : recordAt(batch, index)
}
