import type { FirehoseRecord } from '../firehose/event.ts'
import type { OtfMetadata } from '../firehose/response.ts'
import type { Failure } from '../router/outcome.ts'
import type { RowEncoder } from '../table/encoder.ts'
import type { Table } from '../table/table.ts'
import { keepPayload } from './payload.ts'

/** Where a router keeps what failed. */
export interface QuarantineOptions {
  /** What `quarantineTable()` returns. */
  readonly table: Table
  /** Bytes of a payload that are kept, 65,536 unless said; the rest is cut off, and the row says so. */
  readonly maxPayloadBytes?: number
}

/** Kept of a payload unless said: more than nearly all events have, and a hundredth of a response. */
export const DEFAULT_PAYLOAD_BYTES = 65_536

/** A quarantine, ready to run. */
export interface Quarantine {
  readonly table: Table
  readonly maxPayloadBytes: number
  readonly encode: RowEncoder
  readonly otfMetadata: OtfMetadata
}

/** Writes the row of a record that failed; undefined where not even that can be written. */
export function quarantineRow(
  { encode, maxPayloadBytes }: Quarantine,
  { record, failure, streamArn }: { record: FirehoseRecord; failure: Failure; streamArn: string },
): string | undefined {
  const { code, message, route = null, table = null, path } = failure
  const text = encode(
    {
      record_id: record.recordId,
      arrived_at: arrivalOf(record),
      stream_arn: String(streamArn),
      code,
      message,
      route,
      target_table: table,
      path,
      ...keepPayload(record, maxPayloadBytes),
    },
    'insert',
  )
  return typeof text === 'string' ? text : undefined
}

/** In microseconds, which are exact in a number from 1684 to 2255; an envelope without signature may claim anything. */
function arrivalOf({ approximateArrivalTimestamp }: FirehoseRecord): Date | null {
  const inRange = Math.abs(Number(approximateArrivalTimestamp)) <= Number.MAX_SAFE_INTEGER / 1000
  return inRange ? new Date(approximateArrivalTimestamp) : null
}
