import type { DecodedRecord } from '../firehose/decode.ts'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../firehose/event.ts'
import type { FirehoseTransformationResponse } from '../firehose/response.ts'
import { failed, type Outcome } from '../outcome/outcome.ts'
import { type RecordOutcome, toOutcome } from '../outcome/pending-row.ts'
import { isPromise, type MaybePromise } from '../promise.ts'
import { runHooks } from '../report/hooks.ts'
import { type BatchReport, createReport } from '../report/report.ts'
import { createBatchState } from './batch-state.ts'
import { sizeBytesOf } from './budget.ts'
import { createDeadline } from './deadline.ts'
import { encodeRows } from './encode-rows.ts'
import { explainFailures } from './explain.ts'
import { findRoute } from './find-route.ts'
import { isEnvelope, REINGESTED_ROUTE } from './is-envelope.ts'
import { localRun } from './local-run.ts'
import type { BatchState, CompiledRouter, Match, RecordResult } from './model.ts'
import { readRecords } from './read-records.ts'
import { runRecords } from './records.ts'
import { answerAgain, failOverflow, markDeadLettered, respond } from './respond.ts'
import { transformEvent } from './transform.ts'

/** The result of one invocation, for tests and tools. */
export interface BatchResult {
  /** What Firehose gets. */
  readonly response: FirehoseTransformationResponse
  /** One outcome for each record, in the order of the invocation. */
  readonly outcomes: readonly Outcome[]
  readonly report: BatchReport
}

/** The result as the handler needs it: rows stay in base64, and the report is made only if something asks for it. */
interface BatchRun extends Pick<BatchResult, 'response'> {
  readonly outcomes: readonly RecordOutcome[]
  readonly report: () => BatchReport
}

/** Runs an invocation as {@link runInvocation} does, and shows the outcome of every record. */
export async function runBatch(
  router: CompiledRouter,
  invocation: FirehoseTransformationEvent,
  context?: unknown,
): Promise<BatchResult> {
  const { response, outcomes, report } = await runInvocation(router, invocation, context)
  return { response, outcomes: outcomes.map(toOutcome), report: report() }
}

/**
 * Runs one invocation: each record separately, then the response within its budget, then what goes back onto the stream.
 * Every record gets one answer, whatever the data is. It rejects only if Firehose did not send the invocation, or if the
 * user's code throws a RetryBatchError.
 *
 * @param context Lambda's context, for the time that is left
 * @throws IcebergRouterError `InvalidEvent`
 */
export async function runInvocation(
  router: CompiledRouter,
  invocation: FirehoseTransformationEvent,
  context?: unknown,
): Promise<BatchRun> {
  const records = readRecords(invocation)
  const deadline = createDeadline(context, router.deadlineMarginMs)
  const results = await runRecords(router, { records, deadline }, { decodeAndMatch, transformAndEncode })
  const batch = createBatchState(router, invocation, { records, results, deadline })
  if (router.explain) explainFailures(batch.outcomes)
  const overflow = respond(batch)
  await handleOverflow(batch, overflow)
  markDeadLettered(batch)
  const { outcomes, response } = batch
  // Undefined in Lambda. The local Firehose reads the outcomes here, so that it need not invoke the handler twice.
  localRun()?.observe(outcomes)
  const report = lazy(() => reportOf(batch, deadline.elapsedMs()))
  await runHooks(router, { report, outcomes, records }, deadline.putMs())
  return { response: { records: response.answers }, outcomes, report }
}

/** Decode, then match: from the bytes of a record to the route that takes its event. */
function decodeAndMatch(router: CompiledRouter, record: FirehoseRecord): MaybePromise<RecordResult | Match> {
  const decoded = router.decode(record)
  const { event } = decoded
  if (event === undefined || !isEnvelope(event)) return matchDecoded(router, record, decoded)
  const { fanout } = router
  if (fanout === undefined) return failed(record.recordId, UNEXPECTED_ENVELOPE)
  return fanout.openEnvelope(router, {
    record,
    content: event,
    matchDecoded: (inner, origin) => matchDecoded(router, origin, inner),
  })
}

function matchDecoded(
  router: CompiledRouter,
  record: FirehoseRecord,
  decoded: DecodedRecord,
): MaybePromise<RecordResult | Match> {
  const { event, failure } = decoded
  if (event !== undefined) return findRoute(router, event, record)
  const { recordId } = record
  if (failure === undefined) {
    return { status: 'dropped', recordId, route: decoded.dropped }
  }
  const isDropped = failure.code === 'Tombstone' && router.tombstones === 'drop'
  return isDropped ? { status: 'dropped', recordId, route: 'tombstone' } : failed(recordId, failure)
}

/** Transform, then encode: from a matched event to its row. */
function transformAndEncode(match: Match, context: unknown): MaybePromise<RecordResult> {
  const transformed = transformEvent(match, context)
  if (isPromise(transformed)) {
    return transformed.then((later) =>
      underEnvelopeId(match, later.status === 'transformed' ? encodeRows(later) : later),
    )
  }
  return underEnvelopeId(match, transformed.status === 'transformed' ? encodeRows(transformed) : transformed)
}

const UNEXPECTED_ENVELOPE = {
  code: 'EnvelopeUnexpected',
  message: 'a router put this record back onto the stream, and this router has no target to reingest to',
  route: REINGESTED_ROUTE,
} as const

/** A record that came in an envelope has its own id, but Firehose expects the envelope's. */
function underEnvelopeId({ wrap }: Match, result: RecordResult): RecordResult {
  return wrap === undefined ? result : wrap(result)
}

/** Rows that did not fit into the response fail, unless the router has a reingestion target, which then decides. */
function handleOverflow(batch: BatchState, indices: readonly number[]): Promise<void> | undefined {
  const { fanout } = batch.router
  const fail = (index: number): void => failOverflow(batch, index)
  if (fanout === undefined) indices.forEach(fail)
  return fanout?.reingestOverflow(batch, {
    indices,
    fail,
    replaceOutcome: (index, outcome) => answerAgain(batch, index, outcome),
  })
}

function reportOf({ invocation, outcomes, response }: BatchState, durationMs: number): BatchReport {
  const { answers, budgetBytes: responseBudgetBytes } = response
  const measures = { answers, responseBytes: sizeBytesOf(response), responseBudgetBytes, durationMs }
  return createReport(invocation, outcomes, measures)
}

/** Creates a value when it is first needed. */
function lazy<Value extends object>(create: () => Value): () => Value {
  let value: Value | undefined
  return () => {
    value ??= create()
    return value
  }
}
