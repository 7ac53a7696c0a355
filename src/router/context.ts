import type { Failed } from '../outcome/outcome.ts'
import { isRetryBatchError, RetryBatchError } from '../outcome/retry-error.ts'
import { adopt, isThenable, waitFor } from '../promise.ts'
import { observePlainPromises, observePromises } from '../unawaited.ts'
import type { Deadline } from './deadline.ts'
import { failRoute } from './fail.ts'
import type { ContextDefinition, Match, RecordResult } from './model.ts'
import { describeThrown } from './thrown.ts'

/** The context of a batch, or why there is none. */
export type LoadedContext =
  | { readonly context: unknown; readonly failure?: undefined }
  | { readonly failure: ContextFailure }

/** Why the context of a batch could not be loaded. */
export type ContextFailure = Pick<Failed['failure'], 'code' | 'message' | 'thrownAt' | 'cause'>

const LATE = 'batchContext had not finished in time'

/**
 * Loads the context of a batch from its events, in the time that records have.
 *
 * @throws RetryBatchError if the user's code throws it, or for every failure with `onContextFailure: 'retry'`
 */
export async function loadContext(
  { load, onContextFailure }: ContextDefinition,
  events: readonly unknown[],
  deadline: Deadline,
): Promise<LoadedContext> {
  try {
    const loaded = await waitFor(callLoad(load, events), deadline.workMs())
    if (loaded !== undefined) return loaded
    if (onContextFailure === 'retry') throw new RetryBatchError(LATE)
    return { failure: { code: 'DeadlineExceeded', message: LATE } }
  } catch (cause) {
    observePromises(cause)
    if (isRetryBatchError(cause)) throw cause
    const { text, ...thrown } = describeThrown(cause)
    const message = `batchContext threw ${text}`
    if (onContextFailure === 'retry') throw new RetryBatchError(message, { cause })
    return { failure: { code: 'ContextFailed', message, ...thrown, cause: cause ?? 'nothing' } }
  }
}

async function callLoad(load: ContextDefinition['load'], events: readonly unknown[]): Promise<LoadedContext> {
  const loading = load(events)
  const context = isThenable(loading) ? await adopt(loading) : loading
  // A transform may await one that has rejected by then: until that happens it must not end the process.
  observePlainPromises(context)
  return { context }
}

/** Fails a matched record because its context could not be loaded. */
export function withoutContext(match: RecordResult | Match, failure: ContextFailure): RecordResult {
  if (match.status !== 'matched') return match
  const outcome = failRoute(match, failure)
  return match.wrap === undefined ? outcome : match.wrap(outcome)
}
