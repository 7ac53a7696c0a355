import type { QuarantineTable } from './dead-letter-table.ts'

/** Where a router keeps what failed. */
export interface QuarantineOptions {
  /** What `quarantineTable()` returns. */
  readonly table: QuarantineTable
  /** Bytes of a payload that are kept, 65,536 unless said; the rest is cut off, and the row says so. */
  readonly maxPayloadBytes?: number
}
