/** A value, or a promise of it. */
export type MaybePromise<Value> = Value | Promise<Value>

/** Checks whether a value that user code returned has to be awaited. */
export function isThenable<Value>(value: MaybePromise<Value> | unknown): value is Promise<Value> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

/**
 * Checks whether a value that our own code made is a promise. Only for those: records, rows and outcomes have so many shapes
 * that looking for a `then` in each is slow.
 */
export function isPromise<Value>(value: MaybePromise<Value>): value is Promise<Value> {
  return value instanceof Promise
}

/**
 * Turns a thenable into a real promise. Only `await` may call a user's `then`: called directly, it could throw, return
 * something else than a promise, or settle twice, and each of these would fail the batch.
 */
export async function adopt<Value>(thenable: Promise<Value>): Promise<Value> {
  return await thenable
}

/** Continues with a value, at once if it is not a promise: an unnecessary promise would slow every record down. */
export function andThen<Value, Next>(value: MaybePromise<Value>, next: (value: Value) => Next): MaybePromise<Next> {
  return isThenable(value) ? adopt(value).then(next) : next(value)
}

/**
 * Waits for a promise, at most for a time. What it settles to later, even a rejection, is ignored.
 *
 * @returns the value of the promise, or undefined if it took too long
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
