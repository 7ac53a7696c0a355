import type { FirehoseRecord } from '../firehose/event.ts'
import { type Failed, failed } from '../outcome/outcome.ts'
import type { PendingRow } from '../outcome/pending-row.ts'
import { isPromise, type MaybePromise } from '../promise.ts'
import { loadContext, withoutContext } from './context.ts'
import type { Deadline } from './deadline.ts'
import type { CompiledRouter, ContextDefinition, Match, RecordResult } from './model.ts'
import { runPool } from './pool.ts'

/** The two halves of a record's walk. Between them, `batchContext` is loaded. */
export interface RecordWalk {
  /** From the bytes of a record to the route that takes its event. */
  readonly match: (router: CompiledRouter, record: FirehoseRecord) => MaybePromise<RecordResult | Match>
  /** From a matched event to its row. */
  readonly makeRow: (match: Match, context: unknown) => MaybePromise<RecordResult>
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
  walk: RecordWalk,
): MaybePromise<RecordResult[]> {
  const pool = { count: records.length, concurrency: router.concurrency, leftMs: deadline.workMs }
  const late = (index: number): Failed => tooLate(records[index] as FirehoseRecord)
  if (router.context !== undefined)
    return runWithContext(router, router.context, { records, walk, pool, late, deadline })
  // The fast path takes a whole batch in a few milliseconds, so the clock is not checked between its records.
  const rows = deadline.workMs() > 0 ? router.fastPath?.(records) : undefined
  if (rows !== undefined && isComplete(rows)) return rows
  const start = (index: number): MaybePromise<RecordResult> => {
    const matched = walk.match(router, records[index] as FirehoseRecord)
    return isPromise(matched)
      ? matched.then((later) => finish(walk, later, undefined))
      : finish(walk, matched, undefined)
  }
  // The rows of the fast path are there already.
  const known = rows && ((index: number): RecordResult | undefined => rows[index])
  return runPool<RecordResult>({ ...pool, start, late, ...(known && { known }) })
}

function isComplete(rows: (PendingRow | undefined)[]): rows is PendingRow[] {
  return !rows.includes(undefined)
}

function finish(walk: RecordWalk, matched: RecordResult | Match, context: unknown): MaybePromise<RecordResult> {
  return matched.status === 'matched' ? walk.makeRow(matched, context) : matched
}

interface Run extends Records {
  readonly walk: RecordWalk
  readonly pool: { readonly count: number; readonly concurrency: number; readonly leftMs: () => number }
  readonly late: (index: number) => Failed
}

/** Matches all records, loads the context for those that have a route, then runs them. */
async function runWithContext(
  router: CompiledRouter,
  definition: ContextDefinition,
  { records, walk, pool, late, deadline }: Run,
): Promise<RecordResult[]> {
  const matchOne = (index: number): MaybePromise<RecordResult | Match> =>
    walk.match(router, records[index] as FirehoseRecord)
  const matched = await runPool<RecordResult | Match>({ ...pool, start: matchOne, late })
  const events = matched.flatMap((one) => (one.status === 'matched' ? [one.event] : []))
  if (events.length === 0) return matched as RecordResult[]
  const loaded = await loadContext(definition, events, deadline)
  const { failure } = loaded
  if (failure !== undefined) return matched.map((one) => withoutContext(one, failure))
  const start = (index: number): MaybePromise<RecordResult> => walk.makeRow(matched[index] as Match, loaded.context)
  const known = (index: number): RecordResult | undefined => {
    const one = matched[index] as RecordResult | Match
    return one.status === 'matched' ? undefined : one
  }
  return runPool<RecordResult>({ ...pool, start, known, late })
}

function tooLate({ recordId }: FirehoseRecord): Failed {
  const message = 'the record had not finished when the invocation had to answer; see deadlineMarginMs and concurrency'
  return failed(recordId, { code: 'DeadlineExceeded', message })
}
