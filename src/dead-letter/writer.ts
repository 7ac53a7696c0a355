import type { OkRecord } from '../firehose/response.ts'
import { isObject, optional, type Rules, ruleProblems, wholeNumber } from '../options.ts'
import type { Destination } from '../outcome/destination.ts'
import type { Table } from '../table/table.ts'
import type { QuarantineOptions } from './dead-letter-options.ts'
import { type FailedArrival, toQuarantineRow } from './dead-letter-row.ts'
import type { QuarantineTable } from './dead-letter-table.ts'

/** A quarantine, ready to run. */
export interface Quarantine {
  readonly table: Table
  readonly metadata: OkRecord['metadata']
  /** The row of a record that failed, in base64; undefined where not even that can be written. */
  readonly write: (failed: FailedArrival) => string | undefined
}

/** The router's own part of a quarantine, which comes with its table so that a router without one does not carry it. */
export interface QuarantinePart {
  /** Tells a quarantine, as a table or with settings, from anything else. */
  readonly accepts: (quarantine: unknown) => boolean
  readonly compile: (
    quarantine: QuarantineTable | QuarantineOptions,
    destinationOf: (table: Table) => Destination,
  ) => Quarantine
}

const RULES: Rules = { table: [isObject, 'quarantineTable()'], maxPayloadBytes: optional(wholeNumber(0, 1_000_000)) }

/** Kept of a payload unless said: more than nearly all events have, and a hundredth of a response. */
const DEFAULT_PAYLOAD_BYTES = 65_536

/** That part, the same for all tables. */
export const quarantinePart: QuarantinePart = {
  accepts: (quarantine) => {
    return isObject(quarantine) && ('kind' in quarantine || ruleProblems(quarantine, RULES).length === 0)
  },
  compile: (quarantine, destinationOf) => {
    const { table, maxPayloadBytes = DEFAULT_PAYLOAD_BYTES } = 'kind' in quarantine ? { table: quarantine } : quarantine
    const { insert } = destinationOf(table).routings
    const write = (failed: FailedArrival): string | undefined => {
      const row = insert.encode(toQuarantineRow(failed, maxPayloadBytes), 'insert')
      return typeof row === 'string' ? row : undefined
    }
    return { table, metadata: insert.metadata, write }
  },
}
