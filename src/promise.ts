/** A value now or later. */
export type MaybePromise<Value> = Value | Promise<Value>

/** Checks whether a value that user code returned has to be awaited. */
export function isThenable<Value>(value: MaybePromise<Value> | unknown): value is Promise<Value> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

/**
 * Tells whether a value of our own has to be awaited: a real promise, then. Records, rows and outcomes have so many shapes
 * that looking for a `then` in each is slow.
 */
export function isPromise<Value>(value: MaybePromise<Value>): value is Promise<Value> {
  return value instanceof Promise
}

/**
 * A real promise of what a thenable comes to. Only `await` may touch a user's `then`: called directly it could throw, return
 * no promise, or answer twice, and each of that would cost the batch.
 */
export async function adopt<Value>(thenable: Promise<Value>): Promise<Value> {
  return await thenable
}

/** Goes on with a value at once where it can: a promise that nobody needs would cost every record of a batch. */
export function andThen<Value, Next>(value: MaybePromise<Value>, next: (value: Value) => Next): MaybePromise<Next> {
  return isThenable(value) ? adopt(value).then(next) : next(value)
}

/**
 * Waits for a promise no longer than a time. What it settles to later, a rejection included, is ignored.
 *
 * @returns the value of the promise, or undefined if it was late
 */
export async function waitFor<Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, timeoutMs), undefined)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
