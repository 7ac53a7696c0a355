const brand: unique symbol = Symbol.for('firehose-iceberg-router.retry') as never

/**
 * Thrown on purpose by a transform, a matcher, a schema, an operation function or `batchContext`, it makes the handler
 * reject, so that Firehose sends the whole batch again (three times, unless the stream says otherwise). It is meant for a
 * service that is down: everything else costs one record and is an outcome. Nothing has been put back onto the stream by
 * then. In `onBatch` and `onFailure` it is too late: there it is ignored like any other error.
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

/** Tells whether a value is a {@link RetryBatchError}, also one of another copy of the package. Never throws. */
export function isRetryBatchError(value: unknown): value is RetryBatchError {
  try {
    return typeof value === 'object' && value !== null && brand in value
  } catch {
    // A proxy may throw at the mere question.
    return false
  }
}
