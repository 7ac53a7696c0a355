import { OPERATIONS, type Operation } from '../../firehose/response.ts'
import type { RowChange } from '../warehouse/types.ts'
import type { OpenTable } from './catalog.ts'

/** How many rows one table got by one operation. */
export interface DeliveredCount {
  readonly database: string
  readonly table: string
  readonly operation: Operation
  readonly records: number
}

/** How many records failed for one reason. */
export interface FailedCount {
  readonly errorCode: string
  readonly records: number
}

/**
 * What has become of the records of a stream so far. Each record that was put is in exactly one of `delivered`,
 * `dropped`, `failed` and `waiting`.
 */
export interface Summary {
  readonly recordsIn: number
  readonly delivered: readonly DeliveredCount[]
  readonly dropped: number
  /** Records in error objects. */
  readonly failed: readonly FailedCount[]
  /** Records that are buffered: not yet invoked, not yet committed, or not yet written as errors. */
  readonly waiting: number
  readonly commits: number
  readonly errorObjects: number
}

/** Counts what happens to records. */
export interface Tally {
  taken(): void
  dropped(): void
  /** One commit of a table. */
  delivered(table: OpenTable, changes: readonly RowChange[]): void
  /** One error object. */
  failed(lines: readonly { readonly errorCode: string }[]): void
  summary(): Summary
}

export function createTally(): Tally {
  const counts = { recordsIn: 0, dropped: 0, delivered: 0, failed: 0, commits: 0, errorObjects: 0 }
  const deliveries = new Map<OpenTable, Map<Operation, number>>()
  const failures = new Map<string, number>()

  return {
    taken: () => void counts.recordsIn++,
    dropped: () => void counts.dropped++,
    delivered(table, changes) {
      const byOperation = deliveries.get(table) ?? new Map<Operation, number>()
      deliveries.set(table, byOperation)
      for (const { operation } of changes) increment(byOperation, operation)
      counts.delivered += changes.length
      counts.commits++
    },
    failed(lines) {
      for (const { errorCode } of lines) increment(failures, errorCode)
      counts.failed += lines.length
      counts.errorObjects++
    },
    summary() {
      const { recordsIn, dropped, commits, errorObjects } = counts
      const waiting = recordsIn - dropped - counts.delivered - counts.failed
      const failed = [...failures].map(([errorCode, records]) => ({ errorCode, records }))
      return {
        recordsIn,
        delivered: [...deliveries].flatMap(toCounts),
        dropped,
        failed,
        waiting,
        commits,
        errorObjects,
      }
    },
  }
}

function toCounts([{ database, name }, byOperation]: [OpenTable, Map<Operation, number>]): DeliveredCount[] {
  return OPERATIONS.flatMap((operation) => {
    const records = byOperation.get(operation)
    return records === undefined ? [] : [{ database, table: name, operation, records }]
  })
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
