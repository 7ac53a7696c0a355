import type { DeadLetterTable } from './dead-letter-table.ts'

/** The table for failed records, with settings. */
export interface DeadLetterOptions {
  /** Made by `deadLetterTable()`. */
  readonly table: DeadLetterTable
  /** Bytes of a payload that are kept; by default 65,536. The rest is cut off, and the row says so. */
  readonly maxPayloadBytes?: number
}
