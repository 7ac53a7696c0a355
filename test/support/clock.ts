import type { FinishedRouter, Outcome } from 'firehose-iceberg-router'
import { afterEach, beforeEach, vi } from 'vitest'
import { eventOf } from './events.ts'

/** What a long computation has taken, while no timer could fire. */
let spentMs = 0

/** Gives the tests of a block a clock of their own, so that none depends on the speed of the machine. */
export function useTestClock(): void {
  beforeEach(() => {
    spentMs = 0
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    const fakeNow = Date.now
    vi.spyOn(Date, 'now').mockImplementation(() => Math.floor(fakeNow() + spentMs))
    // Counted from here: nanoseconds since 1970 are not exact in a number.
    const startMs = fakeNow()
    vi.spyOn(process, 'hrtime').mockImplementation(((since: [number, number] = [0, 0]) => {
      const ns = Math.round((fakeNow() - startMs + spentMs) * 1e6) - (since[0] * 1e9 + since[1])
      return [Math.floor(ns / 1e9), ns % 1e9]
    }) as typeof process.hrtime)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })
}

/** Passes time and gives nothing else a turn, as a long computation does. */
export function spend(ms: number): void {
  spentMs += ms
}

/** Milliseconds of the test's clock. */
export function clockMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}

/** Runs a batch by the test's clock. */
export async function timed(
  router: FinishedRouter,
  payloads: readonly object[],
  leftMs: number,
): Promise<{ readonly tookMs: number; readonly outcomes: readonly Outcome[] }> {
  const run = () => router.runBatch(eventOf(payloads), { getRemainingTimeInMillis: () => leftMs })
  const { tookMs, value } = await passTime(run)
  return { tookMs, outcomes: value.outcomes }
}

/** Lets the test's clock run until a promise is fulfilled. */
export async function passTime<Value>(
  run: () => Promise<Value>,
): Promise<{ readonly tookMs: number; readonly value: Value }> {
  const startedAt = clockMs()
  let endedAt: number | undefined
  const running = run().finally(() => {
    endedAt = clockMs()
  })
  for (;;) {
    // What is done without the clock is done before the clock moves.
    await new Promise(setImmediate)
    if (endedAt !== undefined) break
    const overdueMs = spentMs
    spentMs = 0
    await vi.advanceTimersByTimeAsync(overdueMs || 1)
  }
  const value = await running
  return { tookMs: Math.round((endedAt - startedAt) * 1000) / 1000, value }
}
