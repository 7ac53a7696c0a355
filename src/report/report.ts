import { decodedSizeBytes } from '../firehose/base64.ts'
import type { FirehoseResponseRecord, Operation } from '../firehose/response.ts'
import type { FailureCode } from '../outcome/outcome.ts'
import type { RecordOutcome } from '../outcome/pending-row.ts'
import type { Routing } from '../outcome/routing.ts'
import { type FailureGroup, groupFailures } from './groups.ts'

/** Rows delivered to one table by one operation. */
export interface TableCount {
  readonly table: string
  readonly operation: Operation
  readonly rows: number
}

/** Records that failed with one code. */
export interface CodeCount {
  readonly code: FailureCode
  readonly count: number
}

/** The outcome of one invocation. It contains no value of any payload. */
export interface BatchReport {
  readonly invocationId: string
  readonly deliveryStreamArn: string
  /** All records: those delivered, dropped, reingested and failed. */
  readonly records: number
  readonly delivered: number
  /** Firehose shows dropped records in none of its metrics, so they are counted only here. */
  readonly dropped: number
  /** Records that did not fit into the response and went back onto the stream. */
  readonly reingested: number
  readonly failed: number
  /** Failed records that were delivered to the dead-letter table. */
  readonly deadLettered: number
  /** Rows of delivered records that went onto the stream. */
  readonly extraRows: number
  /** Rows of failed records that the stream had accepted: replaying the records delivers them a second time. */
  readonly duplicates: number
  /** The largest groups first, 50 at most. */
  readonly failures: readonly FailureGroup[]
  /** All codes, the most frequent first. */
  readonly codes: readonly CodeCount[]
  readonly tables: readonly TableCount[]
  readonly responseBytes: number
  readonly responseBudgetBytes: number
  /** The largest row that was answered, in bytes before base64. */
  readonly largestRowBytes: number
  readonly durationMs: number
}

/** Measurements besides the outcomes. */
export interface Measures {
  readonly answers: readonly FirehoseResponseRecord[]
  readonly responseBytes: number
  readonly responseBudgetBytes: number
  readonly durationMs: number
}

/** Counts the outcomes of an invocation. */
export function createReport(
  invocation: { readonly invocationId: string; readonly deliveryStreamArn: string },
  outcomes: readonly RecordOutcome[],
  { answers, ...measures }: Measures,
): BatchReport {
  const { invocationId, deliveryStreamArn } = invocation
  const counts = { delivered: 0, dropped: 0, reingested: 0, failed: 0, deadLettered: 0, extraRows: 0, duplicates: 0 }
  const tables: (TableCount & { rows: number })[] = []
  const codes = new Map<FailureCode, number>()
  for (const outcome of outcomes) {
    counts[outcome.status]++
    if (outcome.status === 'delivered') {
      counts.extraRows += outcome.extraRows ?? 0
      countTable(tables, outcome.routing)
    } else if (outcome.status === 'failed') {
      if (outcome.deadLettered) counts.deadLettered++
      counts.duplicates += outcome.acceptedRows ?? 0
      codes.set(outcome.failure.code, (codes.get(outcome.failure.code) ?? 0) + 1)
    }
  }
  return {
    invocationId,
    deliveryStreamArn,
    records: outcomes.length,
    ...counts,
    failures: counts.failed === 0 ? [] : groupFailures(outcomes),
    codes: [...codes].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
    // Skips tables without a row.
    tables: Object.values(tables),
    ...measures,
    largestRowBytes: largestRow(answers),
  }
}

function countTable(tables: (TableCount & { rows: number })[], { counterIndex, table, operation }: Routing): void {
  const count = tables[counterIndex]
  if (count === undefined) tables[counterIndex] = { table, operation, rows: 1 }
  else count.rows++
}

function largestRow(answers: readonly FirehoseResponseRecord[]): number {
  let [length, largest] = [0, 0]
  for (const answer of answers) {
    if (answer.result !== 'Ok') continue
    const row = answer.data ?? answer.kafkaRecordValue ?? ''
    // Only the longest rows have their padding read: the ends of a thousand strings are not in the processor's cache.
    if (row.length < length) continue
    length = row.length
    largest = Math.max(largest, decodedSizeBytes(row) ?? 0)
  }
  return largest
}
