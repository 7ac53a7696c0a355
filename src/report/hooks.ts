import type { FirehoseRecord } from '../firehose/event.ts'
import { isThenable } from '../match/thenable.ts'
import { waitFor } from '../router/batch/deadline.ts'
import type { Failed } from '../router/outcome.ts'
import type { State } from '../router/record/delivery.ts'
import type { BatchReport } from './report.ts'
import { sampleFailures } from './sample.ts'

/** Takes the report of an invocation. What it throws is ignored: a report must not cost a batch. */
export type OnBatch = (report: BatchReport) => unknown

/** Takes a failed record. The record is there for who wants its payload; the failure holds no value of it. */
export type OnFailure = (failed: Failed, record: FirehoseRecord) => unknown

/** What there is to tell about an invocation. */
export interface Told {
  /** Counts what there is to report, for whoever wants to know. */
  readonly report: () => BatchReport
  readonly outcomes: readonly State[]
  readonly records: readonly FirehoseRecord[]
}

interface Hooks {
  readonly onFailure: OnFailure | undefined
  readonly onBatch: readonly OnBatch[]
  /** For a batch with failures only. */
  readonly onFailedBatch: readonly OnBatch[]
}

/** Longest time that an invocation waits for its hooks. */
const HOOK_WAIT_MS = 1000

/**
 * Tells the hooks what became of an invocation. Nothing that they throw, reject with or never come to costs the batch.
 * Asynchronous ones are waited for a second at most, because Lambda stops the clock once the answer is given. Returns a
 * promise only where one of them did.
 */
export function tellHooks(
  { onFailure, onBatch, onFailedBatch }: Hooks,
  { report, outcomes, records }: Told,
  leftMs: number,
): Promise<unknown> | undefined {
  const hasFailures = haveFailed(outcomes)
  const sample = onFailure !== undefined && hasFailures ? sampleFailures(outcomes) : []
  const hooks = hasFailures ? [...onBatch, ...onFailedBatch] : onBatch
  const calls = [
    ...sample.map(
      ([failed, index]) =>
        () =>
          onFailure?.(failed, records[index] as FirehoseRecord),
    ),
    ...hooks.map((hook) => () => hook(report())),
  ]
  const waiting = calls.flatMap(callSafely)
  if (waiting.length === 0) return undefined
  return waitFor(Promise.allSettled(waiting), Math.min(HOOK_WAIT_MS, leftMs))
}

function haveFailed(outcomes: readonly State[]): boolean {
  for (const { status } of outcomes) if (status === 'failed') return true
  return false
}

function callSafely(call: () => unknown): Promise<unknown>[] {
  try {
    const answer = call()
    return isThenable(answer) ? [settled(answer)] : []
  } catch {
    // The rows are more important than their report.
    return []
  }
}

/** Only `await` may touch a user's `then`, which could do anything. */
async function settled(answer: Promise<unknown>): Promise<void> {
  try {
    await answer
  } catch {
    // As above.
  }
}
