import type { OkRecord } from '../firehose/response.ts'
import type { FailedArrival } from '../quarantine/row.ts'
import type { Table } from '../table/table.ts'
import type { Destination } from './destination.ts'
import type { RouterOptions } from './options.ts'

/** A quarantine, ready to run. */
export interface Quarantine {
  readonly table: Table
  readonly metadata: OkRecord['metadata']
  /** The row of a record that failed; undefined where not even that can be written. */
  readonly write: (failed: FailedArrival) => string | undefined
}

/** Kept of a payload unless said: more than nearly all events have, and a hundredth of a response. */
const DEFAULT_PAYLOAD_BYTES = 65_536

/** Lays out the quarantine, where the options have one. What makes its rows comes with its table. */
export function compileQuarantine(
  { quarantine }: RouterOptions,
  destinationOf: (table: Table) => Destination,
): Quarantine | undefined {
  if (quarantine === undefined) return undefined
  const { table, maxPayloadBytes = DEFAULT_PAYLOAD_BYTES } = 'kind' in quarantine ? { table: quarantine } : quarantine
  const { encode, routings } = destinationOf(table)
  const write: Quarantine['write'] = (failed) => {
    const text = encode(table.toRow(failed, maxPayloadBytes), 'insert')
    return typeof text === 'string' ? text : undefined
  }
  return { table, metadata: routings.insert.metadata, write }
}
