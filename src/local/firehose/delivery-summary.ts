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
 * The outcomes of a stream's records so far. Each record that it took is in exactly one of `delivered`, `dropped`,
 * `reingested`, `deadLettered`, `failed` and `waiting`.
 */
export interface DeliverySummary {
  /** Records that were put, and records that a router put back. */
  readonly recordsIn: number
  /** How many of those a router had put back onto the stream: whole records, and extra rows of a record. */
  readonly reingestedArrivals: number
  readonly delivered: readonly DeliveredCount[]
  readonly dropped: number
  /** Records that their router put back onto the stream instead of answering with a row. */
  readonly reingested: number
  /** Records that failed and have a row in their router's dead-letter table. */
  readonly deadLettered: number
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
  reingestedArrivals(): void
  dropped(): void
  reingested(): void
  /** Counts one commit of a table. Dead letters are inserts. */
  committed(table: OpenTable, changes: readonly RowChange[], deadLetters: number): void
  /** Counts one error object. */
  failed(lines: readonly { readonly errorCode: string }[]): void
  summary(): DeliverySummary
}

/** Makes a tally that begins at zero. */
export function createTally(): Tally {
  const counts = {
    recordsIn: 0,
    reingestedArrivals: 0,
    dropped: 0,
    reingested: 0,
    deadLettered: 0,
    committed: 0,
    failed: 0,
    commits: 0,
    errorObjects: 0,
  }
  const deliveries = new Map<OpenTable, Map<Operation, number>>()
  const failures = new Map<string, number>()

  return {
    taken: () => void counts.recordsIn++,
    reingestedArrivals() {
      counts.recordsIn++
      counts.reingestedArrivals++
    },
    dropped: () => void counts.dropped++,
    reingested: () => void counts.reingested++,
    committed(table, changes, deadLetters) {
      const byOperation = deliveries.get(table) ?? new Map<Operation, number>()
      deliveries.set(table, byOperation)
      for (const { operation } of changes) increment(byOperation, operation)
      if (deadLetters > 0) byOperation.set('insert', (byOperation.get('insert') ?? 0) - deadLetters)
      counts.deadLettered += deadLetters
      counts.committed += changes.length
      counts.commits++
    },
    failed(lines) {
      for (const { errorCode } of lines) increment(failures, errorCode)
      counts.failed += lines.length
      counts.errorObjects++
    },
    summary() {
      const { committed, failed, ...rest } = counts
      return {
        ...rest,
        delivered: [...deliveries].flatMap(toCounts),
        failed: [...failures].map(([errorCode, records]) => ({ errorCode, records })),
        waiting: counts.recordsIn - counts.dropped - counts.reingested - committed - failed,
      }
    },
  }
}

function toCounts([{ database, name }, byOperation]: [OpenTable, Map<Operation, number>]): DeliveredCount[] {
  return OPERATIONS.flatMap((operation) => {
    const records = byOperation.get(operation)
    return records === undefined || records === 0 ? [] : [{ database, table: name, operation, records }]
  })
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
