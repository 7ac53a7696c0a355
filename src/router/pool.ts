import { isPromise, type MaybePromise } from '../promise.ts'

/** Records to run, some of which may have to wait. */
export interface PoolOptions<Result extends object> {
  readonly count: number
  /** How many may wait at the same time. */
  readonly concurrency: number
  /** Runs one. What it throws or rejects with ends the whole pool. */
  readonly start: (index: number) => MaybePromise<Result>
  /** Milliseconds until those that are not done are given up. */
  readonly leftMs: () => number
  /** What one comes to that was given up, or was never started. */
  readonly late: (index: number) => Result
}

/**
 * Runs records in order, synchronous ones in one loop without a promise. As soon as one has to wait, others are started
 * beside it, up to the bound. At the deadline everything unfinished is given up; what it comes to later is ignored.
 */
export function runPool<Result extends object>(options: PoolOptions<Result>): MaybePromise<Result[]> {
  const { count, start, leftMs, late } = options
  const results: Result[] = []
  const isTimeLeft = createWatch(leftMs)
  for (let index = 0; index < count; index++) {
    const result = isTimeLeft() ? start(index) : late(index)
    if (isPromise(result)) return runWaiting(options, results, result)
    results.push(result as Result)
  }
  return results
}

/** So many records run between two looks at the clock: one costs as much as choosing a route. */
const MAX_STRIDE = 16
const SHORT_MS = 1

/** Tells whether time is left: by the clock every time while records take long, else once in so many times. */
function createWatch(leftMs: () => number): () => boolean {
  let [left, stride, skipped] = [Infinity, 1, 0]
  return () => {
    if (++skipped < stride) return left > 0
    const now = leftMs()
    stride = left - now < SHORT_MS ? Math.min(stride * 2, MAX_STRIDE) : 1
    left = now
    skipped = 0
    return left > 0
  }
}

/** Goes on from the first record that has to wait. */
async function runWaiting<Result extends object>(
  options: PoolOptions<Result>,
  done: readonly Result[],
  first: Promise<Result>,
): Promise<Result[]> {
  const { count, concurrency, start, leftMs, late } = options
  const results: (Result | undefined)[] = [...done]
  results.length = count
  let next = done.length + 1
  let waiting = 0
  let over = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const all = new Promise<void>((resolve, reject) => {
    const fail = (cause: unknown): void => {
      over = true
      reject(cause)
    }
    const wait = (index: number, result: Promise<Result>): void => {
      waiting++
      result.then((value) => {
        if (over) return
        waiting--
        results[index] = value
        fill()
      }, fail)
    }
    const fill = (): void => {
      try {
        while (next < count && waiting < concurrency && leftMs() > 0) {
          const index = next++
          const result = start(index)
          if (isPromise(result)) wait(index, result)
          else results[index] = result as Result
        }
        if (waiting === 0 || leftMs() <= 0) resolve()
      } catch (cause) {
        fail(cause)
      }
    }
    timer = setTimeout(resolve, Math.max(0, leftMs()))
    wait(done.length, first)
    fill()
  })
  try {
    await all
  } finally {
    over = true
    clearTimeout(timer)
  }
  return Array.from(results, (result, index) => result ?? late(index))
}
