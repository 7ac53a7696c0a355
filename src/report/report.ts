import type { Failure, Outcome } from '../router/outcome.ts'

/** Records that failed in the same way. */
export interface FailureGroup {
  readonly code: Failure['code']
  readonly route?: string
  readonly table?: string
  readonly path: string
  /** The message of the first of them. */
  readonly message: string
  readonly count: number
  /** The ids of the first three. */
  readonly recordIds: readonly string[]
}

/** What became of one invocation. No value of any payload is in it. */
export interface BatchReport {
  readonly invocationId: string
  readonly deliveryStreamArn: string
  readonly records: number
  readonly delivered: number
  /** Firehose shows dropped records in none of its metrics, so this is the only place where they are counted. */
  readonly dropped: number
  readonly failed: number
  /** The largest groups first, 50 at most. */
  readonly failures: readonly FailureGroup[]
  readonly responseBytes: number
}

/** Takes the report of an invocation. What it throws is ignored: a report must not cost a batch. */
export type OnBatch = (report: BatchReport) => void

const MAX_GROUPS = 50
const MAX_IDS = 3

/** Counts the outcomes of an invocation. */
export function createReport(
  event: { readonly invocationId: string; readonly deliveryStreamArn: string },
  outcomes: readonly Outcome[],
  responseBytes: number,
): BatchReport {
  const { invocationId, deliveryStreamArn } = event
  const counts = { delivered: 0, dropped: 0, failed: 0 }
  for (const { status } of outcomes) counts[status]++
  const failures = counts.failed === 0 ? [] : groupFailures(outcomes)
  return { invocationId, deliveryStreamArn, records: outcomes.length, ...counts, failures, responseBytes }
}

function groupFailures(outcomes: readonly Outcome[]): FailureGroup[] {
  const groups = new Map<string, FailureGroup & { count: number; recordIds: string[] }>()
  for (const outcome of outcomes) {
    if (outcome.status !== 'failed') continue
    const { code, route, path } = outcome.failure
    const key = JSON.stringify([code, route, path])
    const group = groups.get(key) ?? { ...outcome.failure, count: 0, recordIds: [] }
    group.count++
    if (group.recordIds.length < MAX_IDS) group.recordIds.push(outcome.recordId)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.count - a.count).slice(0, MAX_GROUPS)
}

/** The default report: one JSON line to standard error for a batch with failures, nothing for one without. */
export function printFailures(report: BatchReport): void {
  if (report.failed === 0) return
  const message = `${report.failed} of ${report.records} records failed and go to the error output`
  console.error(JSON.stringify({ level: 'ERROR', message, ...report }))
}
