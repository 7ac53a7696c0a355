import type { FirehoseRecord } from '../firehose/event.ts'
import { type Failed, failed } from '../outcome/outcome.ts'
import type { PendingRow } from '../outcome/pending-row.ts'
import { isPromise, type MaybePromise } from '../promise.ts'
import { loadContext, withoutContext } from './context.ts'
import type { Deadline } from './deadline.ts'
import type { CompiledRouter, ContextDefinition, Match, RecordResult } from './model.ts'
import { runPool } from './pool.ts'

/** What happens to a record, in two halves. Between them, `batchContext` is loaded. */
export interface Stages {
  /** From the bytes of a record to the route that takes its event. */
  readonly decodeAndMatch: (router: CompiledRouter, record: FirehoseRecord) => MaybePromise<RecordResult | Match>
  /** From a matched event to its row. */
  readonly transformAndEncode: (match: Match, context: unknown) => MaybePromise<RecordResult>
}

/** The records of a batch, and the time they have. */
export interface Records {
  readonly records: readonly FirehoseRecord[]
  readonly deadline: Deadline
}

/**
 * Runs every record of a batch. Returns a promise only if one of them has to wait.
 *
 * @throws RetryBatchError (or rejects with it), and nothing else
 */
export function runRecords(
  router: CompiledRouter,
  { records, deadline }: Records,
  stages: Stages,
): MaybePromise<RecordResult[]> {
  const pool = { count: records.length, concurrency: router.concurrency, leftMs: deadline.workMs }
  const failLate = (index: number): Failed => deadlineExceeded(records[index] as FirehoseRecord)
  if (router.context !== undefined)
    return runWithContext(router, router.context, { records, stages, pool, failLate, deadline })
  // The fast path takes a whole batch in a few milliseconds, so the clock is not checked between its records.
  const rows = deadline.workMs() > 0 ? router.fastPath?.(records) : undefined
  if (rows !== undefined && isComplete(rows)) return rows
  const start = (index: number): MaybePromise<RecordResult> => {
    const matched = stages.decodeAndMatch(router, records[index] as FirehoseRecord)
    return isPromise(matched)
      ? matched.then((later) => finish(stages, later, undefined))
      : finish(stages, matched, undefined)
  }
  // The fast path has made these rows: the pool skips them.
  const finished = rows && ((index: number): RecordResult | undefined => rows[index])
  return runPool<RecordResult>({ ...pool, start, failLate, ...(finished && { finished }) })
}

function isComplete(rows: (PendingRow | undefined)[]): rows is PendingRow[] {
  return !rows.includes(undefined)
}

function finish(stages: Stages, matched: RecordResult | Match, context: unknown): MaybePromise<RecordResult> {
  return matched.status === 'matched' ? stages.transformAndEncode(matched, context) : matched
}

interface Run extends Records {
  readonly stages: Stages
  readonly pool: { readonly count: number; readonly concurrency: number; readonly leftMs: () => number }
  readonly failLate: (index: number) => Failed
}

/** Matches all records, loads the context for those that have a route, then runs them. */
async function runWithContext(
  router: CompiledRouter,
  definition: ContextDefinition,
  { records, stages, pool, failLate, deadline }: Run,
): Promise<RecordResult[]> {
  const matchRecord = (index: number): MaybePromise<RecordResult | Match> =>
    stages.decodeAndMatch(router, records[index] as FirehoseRecord)
  const matched = await runPool<RecordResult | Match>({ ...pool, start: matchRecord, failLate })
  const events = matched.flatMap((match) => (match.status === 'matched' ? [match.event] : []))
  if (events.length === 0) return matched as RecordResult[]
  const loaded = await loadContext(definition, events, deadline)
  const { failure } = loaded
  if (failure !== undefined) return matched.map((match) => withoutContext(match, failure))
  const start = (index: number): MaybePromise<RecordResult> =>
    stages.transformAndEncode(matched[index] as Match, loaded.context)
  const finished = (index: number): RecordResult | undefined => {
    const match = matched[index] as RecordResult | Match
    return match.status === 'matched' ? undefined : match
  }
  return runPool<RecordResult>({ ...pool, start, finished, failLate })
}

function deadlineExceeded({ recordId }: FirehoseRecord): Failed {
  const message = 'the record had not finished when the invocation had to answer; see deadlineMarginMs and concurrency'
  return failed(recordId, { code: 'DeadlineExceeded', message })
}
