import { observePromises } from '../unawaited.ts'

/** The time that is left in an invocation, for each kind of work. */
export interface Deadline {
  /** Milliseconds until records that are not done fail. */
  readonly workMs: () => number
  /** Milliseconds until nothing is put back any more. */
  readonly putMs: () => number
  /** Milliseconds since the invocation began. */
  readonly elapsedMs: () => number
}

/** Firehose waits five minutes at most, however long the function may run. */
const MAX_INVOCATION_MS = 300_000

/**
 * Divides the time of an invocation. Records may run until the margin begins. Putting rows back may use the first three
 * quarters of the margin. The rest is for the response.
 *
 * @param context Lambda's context; without one there are five minutes
 * @param marginMs at most half of the time is used
 */
export function createDeadline(context: unknown, marginMs: number): Deadline {
  // The clock of `performance` is the same, and takes a new process a millisecond to load.
  const startedAt = process.hrtime()
  const totalMs = Math.min(remainingMs(context), MAX_INVOCATION_MS)
  const margin = Math.min(marginMs, totalMs / 2)
  const elapsedMs = (): number => {
    const [seconds, nanoseconds] = process.hrtime(startedAt)
    return seconds * 1e3 + nanoseconds / 1e6
  }
  return {
    elapsedMs,
    workMs: () => totalMs - margin - elapsedMs(),
    putMs: () => totalMs - margin / 4 - elapsedMs(),
  }
}

function remainingMs(context: unknown): number {
  // No context, as in a test. Catching an error would take longer than a record.
  if (context === undefined) return Infinity
  try {
    const left: unknown = (context as { getRemainingTimeInMillis(): unknown }).getRemainingTimeInMillis()
    if (typeof left === 'number' && left >= 0) return left
    observePromises(left)
  } catch {
    // Not Lambda's context.
  }
  return Infinity
}
