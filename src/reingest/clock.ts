import { setTimeout as wait } from 'node:timers/promises'

/** Time and chance, so that a test can have its own. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  readonly nowMs: () => number
  /** Resolves after that many milliseconds, or as soon as the signal is aborted. Never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** From 0 up to, not including, 1. */
  readonly random: () => number
}

/** The clock of the machine. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined),
  random: Math.random,
}
