const brand: unique symbol = Symbol.for('firehose-iceberg-router.retry') as never

/**
 * Throw it to have Firehose send the whole batch again (three more times by default), for example if a service is down. A
 * transform, matcher, schema, operation function or `batchContext` may throw it. Nothing has been put back onto the stream
 * at that time. Any other error fails one record. `onBatch` and `onFailure` run too late: there it is ignored.
 */
export class RetryBatchError extends Error {
  /** The name that a console prints: a minified bundle would print a letter. */
  static override readonly name: string = 'RetryBatchError'
  override readonly name = 'RetryBatchError'

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    Object.defineProperty(this, brand, { value: true })
  }
}

/** Checks whether a value is a {@link RetryBatchError}, also one of another copy of the package. Never throws. */
export function isRetryBatchError(value: unknown): value is RetryBatchError {
  try {
    return typeof value === 'object' && value !== null && brand in value
  } catch {
    // The `in` operator of a proxy may throw.
    return false
  }
}
