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
    const nowMs = (): number => fakeNow() + spentMs
    vi.spyOn(Date, 'now').mockImplementation(() => Math.floor(nowMs()))
    vi.spyOn(process, 'hrtime').mockImplementation(((since: [number, number] = [0, 0]) => {
      const ns = Math.round(nowMs() * 1e6) - (since[0] * 1e9 + since[1])
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
  const startedAt = clockMs()
  let endedAt: number | undefined
  const running = router.runBatch(eventOf(payloads), { getRemainingTimeInMillis: () => leftMs }).then((result) => {
    endedAt = clockMs()
    return result
  })
  for (let turn = 0; turn < 20; turn++) await undefined
  while (endedAt === undefined) {
    const overdueMs = spentMs
    spentMs = 0
    await vi.advanceTimersByTimeAsync(overdueMs || 1)
  }
  const { outcomes } = await running
  return { tookMs: Math.round((endedAt - startedAt) * 1000) / 1000, outcomes }
}
