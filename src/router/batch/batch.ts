import { IcebergRouterError } from '../../error.ts'
import { droppedRecord, failedRecord, okRecord } from '../../firehose/encode.ts'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../../firehose/event.ts'
import type { FirehoseResponseRecord, FirehoseTransformationResponse } from '../../firehose/response.ts'
import { isThenable } from '../../match/thenable.ts'
import { type BatchReport, createReport } from '../../report/report.ts'
import type { CompiledRouter } from '../compile.ts'
import { failed, type Outcome } from '../outcome.ts'
import { processRecord } from '../record/record.ts'
import { fitBudget } from './budget.ts'

/** What became of one invocation. */
export interface BatchResult {
  /** What Firehose gets. */
  readonly response: FirehoseTransformationResponse
  /** One outcome for each record, in the order of the event. */
  readonly outcomes: readonly Outcome[]
  readonly report: BatchReport
}

/**
 * Runs a batch. Rejects only for an event that is none of Firehose's; whatever the data is, every record gets one answer.
 *
 * @throws IcebergRouterError `InvalidEvent`
 */
export async function processBatch(router: CompiledRouter, event: FirehoseTransformationEvent): Promise<BatchResult> {
  const records = recordsOf(event)
  const outcomes = await settle(runAll(router, records))
  const answers = outcomes.map((outcome, index) => answer(records[index] as FirehoseRecord, outcome))
  const responseBytes = fitBudget(answers, router.responseBudgetBytes, (index) => {
    outcomes[index] = overflowed(outcomes[index] as Outcome)
  })
  const report = createReport(event, outcomes, responseBytes)
  tell(router, report)
  return { response: { records: answers }, outcomes, report }
}

function recordsOf(event: FirehoseTransformationEvent): readonly FirehoseRecord[] {
  const records: unknown = (event as { readonly records?: unknown } | null | undefined)?.records
  if (Array.isArray(records) && records.every(hasRecordId)) return records as readonly FirehoseRecord[]
  throw new IcebergRouterError(
    'InvalidEvent',
    'expected a Firehose transformation event: an object with records, each with a recordId. Is the function invoked by something else?',
  )
}

function hasRecordId(record: unknown): boolean {
  return (
    typeof record === 'object' && record !== null && typeof (record as { recordId?: unknown }).recordId === 'string'
  )
}

/** Outcomes in the order of the records; promises only where a record has to wait. */
function runAll(router: CompiledRouter, records: readonly FirehoseRecord[]): (Outcome | Promise<Outcome>)[] {
  return records.map((record) => processRecord(router, record))
}

async function settle(running: (Outcome | Promise<Outcome>)[]): Promise<Outcome[]> {
  return running.some(isThenable) ? Promise.all(running) : (running as Outcome[])
}

function answer(record: FirehoseRecord, outcome: Outcome): FirehoseResponseRecord {
  if (outcome.status === 'failed') return failedRecord(record)
  return outcome.status === 'dropped' ? droppedRecord(record) : okRecord(record, outcome.row, outcome.otfMetadata)
}

function overflowed(outcome: Outcome): Outcome {
  if (outcome.status !== 'delivered') return outcome
  const { recordId, route, table } = outcome
  const message = 'the response would pass its budget; use a smaller BufferSizeInMBs on the stream, or smaller rows'
  return failed(recordId, { code: 'ResponseTooLarge', message, route, table })
}

/** Hands the report over. Nothing that it throws or rejects with may cost the batch. */
function tell({ onBatch }: CompiledRouter, report: BatchReport): void {
  try {
    const answer: unknown = onBatch(report)
    if (isThenable(answer)) answer.then(undefined, () => undefined)
  } catch {
    // The rows are more important than their report.
  }
}
