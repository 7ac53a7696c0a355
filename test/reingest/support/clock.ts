import type { Clock } from '../../../src/reingest/clock.ts'

/** A clock that stands still until everything waits for it, then goes to the next moment that anybody waits for. */
export interface VirtualClock extends Clock {
  /** Lets time pass until a promise settles. */
  readonly run: <Value>(promise: Promise<Value>) => Promise<Value>
}

interface Timer {
  readonly atMs: number
  readonly ring: () => void
}

/** Loading a module takes real time; if nothing waits for the clock after this many turns, nothing ever will. */
const MAX_IDLE_TURNS = 10_000

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
  for (let idle = 0; !settled && idle < MAX_IDLE_TURNS; idle++) {
    await new Promise(setImmediate)
    if (!settled && tick()) idle = 0
  }
  if (!settled) throw new Error('nothing waits for the clock, and the promise has not settled')
  return promise
}
