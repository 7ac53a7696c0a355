import { copyRecord } from '../firehose/copy-record.ts'
import type { FirehoseRecord } from '../firehose/event.ts'
import type { Failed } from '../outcome/outcome.ts'
import type { RecordOutcome } from '../outcome/pending-row.ts'
import { adopt, isThenable, waitFor } from '../promise.ts'
import { observePromises } from '../unawaited.ts'
import type { BatchReport } from './report.ts'
import { sampleFailures } from './sample-failures.ts'

/** Called with the report of an invocation. Errors are ignored: a failing hook must not fail the batch. */
export type OnBatch = (report: BatchReport) => unknown

/** Called with a failed record. The record has the payload; the failure contains no value of it. */
export type OnFailure = (failed: Failed, record: FirehoseRecord) => unknown

/** What the hooks get to know about an invocation. */
export interface InvocationSummary {
  /** Makes the report, which costs time, only if a hook needs it. */
  readonly report: () => BatchReport
  readonly outcomes: readonly RecordOutcome[]
  readonly records: readonly FirehoseRecord[]
}

interface Hooks {
  readonly onFailure: OnFailure | undefined
  readonly onBatch: readonly OnBatch[]
  /** Called only for a batch with failures. */
  readonly onFailedBatch: readonly OnBatch[]
}

/** The longest time that an invocation waits for its hooks. */
const HOOK_WAIT_MS = 1000

/**
 * Runs the hooks of an invocation. A hook that throws, rejects or never settles does not fail the batch. Asynchronous hooks
 * are awaited for at most a second, because Lambda freezes the process once the answer is returned. Returns a promise only
 * if a hook did.
 */
export function runHooks(
  { onFailure, onBatch, onFailedBatch }: Hooks,
  { report, outcomes, records }: InvocationSummary,
  leftMs: number,
): Promise<unknown> | undefined {
  const hasFailures = outcomes.some(isFailed)
  const waiting: Promise<unknown>[] = []
  const run = (hook: () => unknown): void => {
    try {
      const answer = hook()
      if (isThenable(answer)) waiting.push(adopt(answer).then(observePromises))
      else observePromises(answer)
    } catch (cause) {
      observePromises(cause)
      // A failing hook must not fail the batch.
    }
  }
  if (onFailure !== undefined && hasFailures) {
    for (const [failed, index] of sampleFailures(outcomes)) {
      Object.freeze(failed.failure)
      run(() => onFailure(Object.freeze(failed), copyRecord(records[index] as FirehoseRecord)))
    }
  }
  for (const hook of hasFailures ? [...onBatch, ...onFailedBatch] : onBatch) run(() => hook(copyReport(report())))
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
