import type { FirehoseRecord } from '../firehose/event.ts'
import type { Failed } from '../outcome/outcome.ts'
import type { RecordOutcome } from '../outcome/pending-row.ts'
import { adopt, isThenable, waitFor } from '../promise.ts'
import { copyRecord } from '../router/record.ts'
import { observePromises } from '../unawaited.ts'
import type { BatchReport } from './report.ts'
import { sampleFailures } from './sample.ts'

/** Takes the report of an invocation. What it throws is ignored: a report must not cost a batch. */
export type OnBatch = (report: BatchReport) => unknown

/** Takes a failed record. The record is there for who wants its payload; the failure holds no value of it. */
export type OnFailure = (failed: Failed, record: FirehoseRecord) => unknown

/** What there is to tell about an invocation. */
export interface InvocationSummary {
  /** Counts what there is to report, for whoever wants to know. */
  readonly report: () => BatchReport
  readonly outcomes: readonly RecordOutcome[]
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
export function runHooks(
  { onFailure, onBatch, onFailedBatch }: Hooks,
  { report, outcomes, records }: InvocationSummary,
  leftMs: number,
): Promise<unknown> | undefined {
  const hasFailures = outcomes.some(isFailed)
  const waiting: Promise<unknown>[] = []
  const tell = (call: () => unknown): void => {
    try {
      const answer = call()
      if (isThenable(answer)) waiting.push(adopt(answer).then(observePromises))
      else observePromises(answer)
    } catch (cause) {
      observePromises(cause)
      // The rows are more important than their report.
    }
  }
  if (onFailure !== undefined && hasFailures) {
    for (const [failed, index] of sampleFailures(outcomes)) {
      Object.freeze(failed.failure)
      tell(() => onFailure(Object.freeze(failed), copyRecord(records[index] as FirehoseRecord)))
    }
  }
  for (const hook of hasFailures ? [...onBatch, ...onFailedBatch] : onBatch) tell(() => hook(copyReport(report())))
  return waiting.length === 0 ? undefined : waitFor(Promise.allSettled(waiting), Math.min(HOOK_WAIT_MS, leftMs))
}

/** Each hook has its own, so that none changes what the next one gets. */
function copyReport(report: BatchReport): BatchReport {
  const { failures, codes, tables } = report
  return {
    ...report,
    failures: failures.map((group) => ({ ...group, recordIds: [...group.recordIds] })),
    codes: codes.map((count) => ({ ...count })),
    tables: tables.map((count) => ({ ...count })),
  }
}

function isFailed({ status }: RecordOutcome): boolean {
  return status === 'failed'
}
