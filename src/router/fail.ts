import type { FirehoseRecord } from '../firehose/event.ts'
import { type Failed, type Failure, failed } from '../outcome/outcome.ts'
import { isRetryBatchError } from '../outcome/retry-error.ts'
import { observePromises } from '../unawaited.ts'
import type { CompiledRoute } from './model.ts'
import { describeThrown } from './thrown.ts'

/** Where something went wrong. */
export interface Place {
  readonly route: CompiledRoute
  readonly record: FirehoseRecord
}

/** Fails a record, with the name and the table of its route. */
export function failRoute(
  { route, record }: Place,
  failure: Omit<Failure, 'path' | 'route'> & { readonly path?: string },
): Failed {
  const table = route.action === 'deliver' ? { table: route.destination.table.name } : {}
  return failed(record.recordId, { ...table, ...failure, cause: failure.cause, route: route.name })
}

/**
 * Fails a record because user code threw. The error may quote the payload: the message names only its kind and place, `cause` has the rest.
 *
 * @throws the error itself, if it is a RetryBatchError
 */
export function threw(code: Failure['code'], what: string, place: Place, cause: unknown): Failed {
  // `throw fetchUser()` throws a promise.
  observePromises(cause)
  if (isRetryBatchError(cause)) throw cause
  const { text, ...thrown } = describeThrown(cause)
  return failRoute(place, { code, message: `${what} threw ${text}`, ...thrown, cause: cause ?? 'nothing' })
}
