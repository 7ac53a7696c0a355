import type { Clock } from '../../../src/reingest/clock.ts'

/** A clock that stops until everything waits for it, then jumps to the next moment that something waits for. */
export interface VirtualClock extends Clock {
  /** Lets time pass until a promise settles. */
  readonly run: <Value>(promise: Promise<Value>) => Promise<Value>
}

interface Timer {
  readonly atMs: number
  readonly ring: () => void
}

/** Loading an SDK takes real time, and on a busy machine seconds; if nothing waits for the clock by then, nothing ever will. */
const MAX_IDLE_MS = 20_000

export function createVirtualClock(random: () => number = () => 0.5): VirtualClock {
  let nowMs = 0
  const timers = new Set<Timer>()
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const timer: Timer = { atMs: nowMs + Math.max(0, ms), ring: resolve }
      if (signal?.aborted) return resolve()
      timers.add(timer)
      signal?.addEventListener('abort', () => {
        timers.delete(timer)
        resolve()
      })
    })
  const tick = (): boolean => {
    const next = [...timers].reduce<Timer | undefined>(
      (a, b) => (a === undefined || b.atMs < a.atMs ? b : a),
      undefined,
    )
    if (next === undefined) return false
    timers.delete(next)
    nowMs = next.atMs
    next.ring()
    return true
  }
  return { nowMs: () => nowMs, random, sleep, run: (promise) => runUntil(promise, tick) }
}

async function runUntil<Value>(promise: Promise<Value>, tick: () => boolean): Promise<Value> {
  let settled = false
  promise.then(
    () => {
      settled = true
    },
    () => {
      settled = true
    },
  )
  let movedAt = performance.now()
  while (!settled && performance.now() - movedAt < MAX_IDLE_MS) {
    await new Promise(setImmediate)
    if (!settled && tick()) movedAt = performance.now()
  }
  if (!settled) throw new Error('nothing waits for the clock, and the promise has not settled')
  return promise
}
