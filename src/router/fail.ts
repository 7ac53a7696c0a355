import type { FirehoseRecord } from '../firehose/event.ts'
import { type Failed, type Failure, failed } from '../outcome/outcome.ts'
import { isRetryBatchError } from '../outcome/retry-error.ts'
import { typeName } from '../table/wrong-type.ts'
import { observePromises } from '../unawaited.ts'
import type { CompiledRoute } from './model.ts'

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
 * Fails a record because user code threw. The error may quote the payload: the message names only its kind, `cause` has the rest.
 *
 * @throws the error itself, if it is a RetryBatchError
 */
export function threw(code: Failure['code'], what: string, place: Place, cause: unknown): Failed {
  // `throw fetchUser()` throws a promise.
  observePromises(cause)
  if (isRetryBatchError(cause)) throw cause
  return failRoute(place, { code, message: `${what} threw ${kindOf(cause)}`, cause: cause ?? 'nothing' })
}

const BUILT_IN_ERRORS = [
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'URIError',
  'EvalError',
  'AggregateError',
]

/** The class of an error where JavaScript made it; a name that the user's code can choose might hold anything. */
export function kindOf(cause: unknown): string {
  try {
    if (!(cause instanceof Error)) return typeName(cause)
    const thrower: unknown = Object.getPrototypeOf(cause)?.constructor
    const name = typeof thrower === 'function' ? thrower.name : ''
    return BUILT_IN_ERRORS.includes(name) ? `a ${name}` : 'an Error'
  } catch {
    // A proxy or a getter may throw at the mere question.
    return 'an object'
  }
}
