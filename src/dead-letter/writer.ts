import type { OkRecord } from '../firehose/response.ts'
import { isObject, optional, type Rules, ruleProblems, wholeNumber } from '../options.ts'
import type { Destination } from '../outcome/routing.ts'
import type { Table } from '../table/table.ts'
import { type FailedRecord, toDeadLetterRow } from './dead-letter-row.ts'

/** Writes the dead letters of a router. */
export interface DeadLetterWriter {
  readonly table: Table
  readonly metadata: OkRecord['metadata']
  /** The row of a record that failed, in base64; undefined if not even that can be written. */
  readonly write: (failed: FailedRecord) => string | undefined
}

/** A dead-letter table with settings. */
interface DeadLetterTableOptions {
  readonly table: Table
  readonly maxPayloadBytes?: number
}

/** The part of the router that a dead-letter table brings, so that a router without one does not contain it. */
export interface DeadLetterPart {
  /** Checks whether a value is a dead-letter table, alone or with settings. */
  readonly accepts: (deadLetter: unknown) => boolean
  readonly compile: (
    deadLetter: Table | DeadLetterTableOptions,
    destinationOf: (table: Table) => Destination,
  ) => DeadLetterWriter
}

const RULES: Rules = { table: [isObject, 'deadLetterTable()'], maxPayloadBytes: optional(wholeNumber(0, 1_000_000)) }

/** The default number of bytes kept: more than nearly all events have, and a hundredth of a response. */
const DEFAULT_PAYLOAD_BYTES = 65_536

/** The part, the same for all dead-letter tables. */
export const deadLetterPart: DeadLetterPart = {
  accepts: (deadLetter) => {
    return isObject(deadLetter) && ('kind' in deadLetter || ruleProblems(deadLetter, RULES).length === 0)
  },
  compile: (deadLetter, destinationOf) => {
    const { table, maxPayloadBytes = DEFAULT_PAYLOAD_BYTES } = 'kind' in deadLetter ? { table: deadLetter } : deadLetter
    const { insert } = destinationOf(table).routings
    const write = (failed: FailedRecord): string | undefined => {
      const row = insert.encode(toDeadLetterRow(failed, maxPayloadBytes), 'insert')
      return typeof row === 'string' ? row : undefined
    }
    return { table, metadata: insert.metadata, write }
  },
}
