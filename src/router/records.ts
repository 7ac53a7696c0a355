import type { FirehoseRecord } from '../firehose/event.ts'
import { type Failed, failed } from '../outcome/outcome.ts'
import type { Delivery } from '../outcome/pending-row.ts'
import { isRetryBatchError, RetryBatchError } from '../outcome/retry-error.ts'
import { adopt, isPromise, isThenable, type MaybePromise } from '../promise.ts'
import type { CompiledRouter, ContextDeclaration } from './compile.ts'
import { type Deadline, waitFor } from './deadline.ts'
import { failRoute, kindOf } from './fail.ts'
import type { Match, Processed } from './fanned-out.ts'
import { matchRecord } from './find-route.ts'
import { runPool } from './pool.ts'
import { runMatch } from './transform.ts'

/**
 * Takes all records of a batch as far as they come by themselves. Returns a promise only where one of them had to wait.
 *
 * @throws RetryBatchError (or rejects with it), and nothing else
 */
export function runRecords(
  router: CompiledRouter,
  records: readonly FirehoseRecord[],
  deadline: Deadline,
): MaybePromise<Processed[]> {
  const pool = { count: records.length, concurrency: router.concurrency, leftMs: deadline.workMs }
  const late = (index: number): Failed => tooLate(records[index] as FirehoseRecord)
  if (router.context !== undefined) return runWithContext(router, router.context, { records, pool, late, deadline })
  // A batch takes the shortcut in a few milliseconds, which is nothing to look at the clock for.
  const deliveries = deadline.workMs() > 0 ? router.shortcut?.(records) : undefined
  if (deliveries !== undefined && isComplete(deliveries)) return deliveries
  const start = (index: number): MaybePromise<Processed> => {
    const delivery = deliveries?.[index]
    if (delivery !== undefined) return delivery
    const matched = matchRecord(router, records[index] as FirehoseRecord)
    return isPromise(matched) ? matched.then((later) => finish(later, undefined)) : finish(matched, undefined)
  }
  return runPool<Processed>({ ...pool, start, late })
}

function isComplete(deliveries: (Delivery | undefined)[]): deliveries is Delivery[] {
  return !deliveries.includes(undefined)
}

function finish(matched: Processed | Match, context: unknown): MaybePromise<Processed> {
  return matched.status === 'matched' ? runMatch(matched, context) : matched
}

interface Batch {
  readonly records: readonly FirehoseRecord[]
  readonly pool: { readonly count: number; readonly concurrency: number; readonly leftMs: () => number }
  readonly late: (index: number) => Failed
  readonly deadline: Deadline
}

/** Matches all records, loads the context for those that have a route, then runs them. */
async function runWithContext(
  router: CompiledRouter,
  declaration: ContextDeclaration,
  { records, pool, late, deadline }: Batch,
): Promise<Processed[]> {
  const matchOne = (index: number): MaybePromise<Processed | Match> =>
    matchRecord(router, records[index] as FirehoseRecord)
  const matched = await runPool<Processed | Match>({ ...pool, start: matchOne, late })
  const events = matched.flatMap((one) => (one.status === 'matched' ? [one.event] : []))
  if (events.length === 0) return matched as Processed[]
  const loaded = await loadContext(declaration, events, deadline)
  const start = (index: number): MaybePromise<Processed> => {
    const one = matched[index] as Processed | Match
    return 'failure' in loaded ? withoutContext(one, loaded.failure) : finish(one, loaded.context)
  }
  const give = (index: number): Processed => {
    const one = matched[index] as Processed | Match
    if (one.status !== 'matched') return one
    return 'failure' in loaded ? withoutContext(one, loaded.failure) : late(index)
  }
  return runPool<Processed>({ ...pool, start, late: give })
}

type Loaded =
  | { readonly context: unknown }
  | { readonly failure: Pick<Failed['failure'], 'code' | 'message' | 'cause'> }

async function loadContext(
  { load, onContextFailure }: ContextDeclaration,
  events: readonly unknown[],
  deadline: Deadline,
): Promise<Loaded> {
  const message = 'batchContext had not finished in time'
  try {
    const loaded = await waitFor(callLoad(load, events), deadline.workMs())
    if (loaded !== undefined) return loaded
    if (onContextFailure === 'retry') throw new RetryBatchError(message)
    return { failure: { code: 'DeadlineExceeded', message } }
  } catch (cause) {
    if (isRetryBatchError(cause)) throw cause
    const threw = `batchContext threw ${kindOf(cause)}`
    if (onContextFailure === 'retry') throw new RetryBatchError(threw, { cause })
    return { failure: { code: 'ContextFailed', message: threw, cause: cause ?? 'nothing' } }
  }
}

async function callLoad(load: ContextDeclaration['load'], events: readonly unknown[]): Promise<Loaded> {
  const context = load(events)
  return { context: isThenable(context) ? await adopt(context) : context }
}

function withoutContext(one: Processed | Match, failure: Extract<Loaded, { failure: unknown }>['failure']): Processed {
  if (one.status !== 'matched') return one
  const outcome = failRoute(one, failure)
  return one.wrap === undefined ? outcome : one.wrap(outcome)
}

function tooLate({ recordId }: FirehoseRecord): Failed {
  const message = 'the record had not finished when the invocation had to answer; see deadlineMarginMs and concurrency'
  return failed(recordId, { code: 'DeadlineExceeded', message })
}
