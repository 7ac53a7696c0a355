import { isPromise, type MaybePromise } from '../promise.ts'
import { createWatch } from './clock-watch.ts'

/** Records to run, some of which may have to wait. */
export interface PoolOptions<Result extends object> {
  readonly count: number
  /** How many may wait at the same time. */
  readonly concurrency: number
  /** Runs one. What it throws or rejects with ends the whole pool. */
  readonly start: (index: number) => MaybePromise<Result>
  /** The result of one that needs no run, and so neither a slot nor time. */
  readonly finished?: (index: number) => Result | undefined
  /** Milliseconds until those that are not done are given up. */
  readonly leftMs: () => number
  /** The result of one that was given up, or was never started. */
  readonly failLate: (index: number) => Result
}

/**
 * Runs records in order, synchronous ones in one loop without a promise. As soon as one has to wait, others are started
 * beside it, up to the bound. At the deadline everything unfinished is given up, and its later result is ignored.
 */
export function runPool<Result extends object>(options: PoolOptions<Result>): MaybePromise<Result[]> {
  const { count, start, finished, leftMs, failLate } = options
  const results: Result[] = []
  const isTimeLeft = createWatch(leftMs)
  for (let index = 0; index < count; index++) {
    const result = finished?.(index) ?? (isTimeLeft() ? start(index) : failLate(index))
    if (isPromise(result)) return runWaiting(options, results, result)
    results.push(result as Result)
  }
  return results
}

/** The time that was left when a record began to wait. */
interface Slot {
  readonly sinceLeftMs: number
}

/** The shortest time after which a record loses its slot: below it, `concurrency` is never exceeded. */
const MIN_SHARE_MS = 100

/**
 * Goes on from the first record that has to wait. Each has its share of the time: what is left, divided by the rounds that
 * the bound still needs. One that waits longer loses its slot to the next, so that records that hang do not fail all others.
 * Its result still counts if it comes in time.
 */
async function runWaiting<Result extends object>(
  options: PoolOptions<Result>,
  done: readonly Result[],
  first: Promise<Result>,
): Promise<Result[]> {
  const { count, concurrency, start, finished, leftMs, failLate } = options
  const results: (Result | undefined)[] = [...done]
  results.length = count
  // In the order of their beginning.
  const slots = new Set<Slot>()
  let next = done.length + 1
  let unfinished = 0
  let over = false
  let endTimer: ReturnType<typeof setTimeout> | undefined
  let shareTimer: ReturnType<typeof setTimeout> | undefined

  const all = new Promise<void>((resolve, reject) => {
    const fail = (cause: unknown): void => {
      over = true
      reject(cause)
    }
    const wait = (index: number, result: Promise<Result>): void => {
      const slot: Slot = { sinceLeftMs: leftMs() }
      slots.add(slot)
      unfinished++
      result.then((value) => {
        if (over) return
        slots.delete(slot)
        unfinished--
        results[index] = value
        fill()
      }, fail)
    }
    const fill = (): void => {
      try {
        while (next < count && slots.size < concurrency && leftMs() > 0) {
          const index = next++
          const result = finished?.(index) ?? start(index)
          if (isPromise(result)) wait(index, result)
          else results[index] = result as Result
        }
        // At the deadline the timer ends the pool. It fires after all results that arrived before it.
        if (unfinished === 0) resolve()
        else if (next < count) shareTimer ??= setTimeout(giveUpSlots, shareMs())
      } catch (cause) {
        fail(cause)
      }
    }
    const shareMs = (): number => {
      const rounds = Math.ceil((count - next) / concurrency)
      return Math.max(MIN_SHARE_MS, leftMs() / (rounds + 1))
    }
    const giveUpSlots = (): void => {
      shareTimer = undefined
      if (over) return
      const share = shareMs()
      for (const slot of slots) if (slot.sinceLeftMs - leftMs() >= share) slots.delete(slot)
      fill()
    }
    endTimer = setTimeout(resolve, Math.max(0, leftMs()))
    wait(done.length, first)
    fill()
  })
  try {
    await all
  } finally {
    over = true
    clearTimeout(endTimer)
    clearTimeout(shareTimer)
  }
  return Array.from(results, (result, index) => result ?? finished?.(index) ?? failLate(index))
}
