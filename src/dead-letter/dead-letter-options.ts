import type { DeadLetterTable } from './dead-letter-table.ts'

/** Where a router keeps what failed. */
export interface DeadLetterOptions {
  /** What `deadLetterTable()` returns. */
  readonly table: DeadLetterTable
  /** Bytes of a payload that are kept, 65,536 unless said; the rest is cut off, and the row says so. */
  readonly maxPayloadBytes?: number
}
