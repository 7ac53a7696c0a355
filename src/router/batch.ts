import { IcebergRouterError } from '../error.ts'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../firehose/event.ts'
import type { FirehoseResponseRecord, FirehoseTransformationResponse } from '../firehose/response.ts'
import type { Outcome } from '../outcome/outcome.ts'
import { type State, toOutcome } from '../outcome/pending-row.ts'
import { tellHooks } from '../report/hooks.ts'
import { type BatchReport, createReport } from '../report/report.ts'
import { openAccount } from './batch-state.ts'
import { sizeBytesOf } from './budget.ts'
import type { CompiledRouter } from './compile.ts'
import { createDeadline } from './deadline.ts'
import { settleOverflow } from './overflow.ts'
import { runRecords } from './records.ts'
import { planResponse } from './response.ts'

/** What became of one invocation. */
export interface BatchResult {
  /** What Firehose gets. */
  readonly response: FirehoseTransformationResponse
  /** One outcome for each record, in the order of the event. */
  readonly outcomes: readonly Outcome[]
  readonly report: BatchReport
}

/** The same before anybody looks at it: rows are in base64 only, and nothing has been counted. */
interface BatchRun extends Pick<BatchResult, 'response'> {
  readonly states: readonly State[]
  readonly report: () => BatchReport
}

/** Runs a batch as {@link runBatch}, and shows what became of every record. */
export async function processBatch(
  router: CompiledRouter,
  event: FirehoseTransformationEvent,
  context?: unknown,
): Promise<BatchResult> {
  const { response, states, report } = await runBatch(router, event, context)
  return { response, outcomes: states.map(toOutcome), report: report() }
}

/**
 * Runs a batch: every record by itself, then the response within its budget, then what goes back onto the stream. Rejects
 * only for an event that is none of Firehose's, and with a RetryBatchError; whatever the data is, every record gets one
 * answer.
 *
 * @param context Lambda's context, for the time that is left
 * @throws IcebergRouterError `InvalidEvent`
 */
export async function runBatch(
  router: CompiledRouter,
  event: FirehoseTransformationEvent,
  context?: unknown,
): Promise<BatchRun> {
  const records = recordsOf(event)
  const deadline = createDeadline(context, router.deadlineMarginMs)
  const account = openAccount(router, records, await runRecords(router, records, deadline))
  const plan = planResponse(router, account, event.deliveryStreamArn)
  await settleOverflow({ router, event, account, deadline }, plan)
  const { ledger } = plan
  const { answers } = ledger
  const { states } = account
  if (router.quarantine !== undefined) markQuarantined(states, answers)
  const durationMs = deadline.elapsedMs()
  const report = once((): BatchReport => {
    const { budgetBytes: responseBudgetBytes } = ledger
    const measures = { answers, responseBytes: sizeBytesOf(ledger), responseBudgetBytes, durationMs }
    return createReport(event, states, measures)
  })
  await tellHooks(router, { report, outcomes: states, records }, deadline.putMs())
  return { response: { records: answers }, states, report }
}

/** Makes something when it is first asked for. */
function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}

function markQuarantined(states: State[], answers: readonly FirehoseResponseRecord[]): void {
  for (const [index, state] of states.entries()) {
    if (state.status === 'failed' && answers[index]?.result === 'Ok') states[index] = { ...state, quarantined: true }
  }
}

function recordsOf(event: FirehoseTransformationEvent): readonly FirehoseRecord[] {
  const records: unknown = (event as { readonly records?: unknown } | null | undefined)?.records
  // Not a loop: V8 would compile that one twice in a new process, which takes longer than the check.
  if (Array.isArray(records) && records.findIndex(lacksId) === -1) return records as readonly FirehoseRecord[]
  throw new IcebergRouterError(
    'InvalidEvent',
    'expected a Firehose transformation event: an object with records, each with a recordId. Is the function invoked by something else?',
  )
}

function lacksId(record: unknown): boolean {
  return typeof (record as { readonly recordId?: unknown } | null | undefined)?.recordId !== 'string'
}
