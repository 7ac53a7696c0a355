import type { FirehoseRecord } from '../firehose/event.ts'
import type { Failure } from '../outcome/outcome.ts'
import { keepPayload } from './payload.ts'

/** A record that failed, as it first arrived. */
export interface FailedRecord {
  readonly record: FirehoseRecord
  readonly failure: Failure
  readonly streamArn: string
}

/** Makes the row of a record that failed. */
export function toDeadLetterRow({ record, failure, streamArn }: FailedRecord, maxPayloadBytes: number): object {
  const { code, message, route = null, table = null, path } = failure
  return {
    record_id: record.recordId,
    arrived_at: arrivalOf(record),
    // An invalid ARN in the invocation must not keep a failed record from its answer.
    stream_arn: typeof streamArn === 'string' ? streamArn : typeof streamArn,
    code,
    message,
    route,
    target_table: table,
    path,
    ...keepPayload(record, maxPayloadBytes),
  }
}

/** Reads the arrival time; null if it is out of range, because an unsigned envelope may claim anything. Microseconds are exact in a number from 1684 to 2255. */
function arrivalOf({ approximateArrivalTimestamp }: FirehoseRecord): Date | null {
  const millis: unknown = approximateArrivalTimestamp
  return typeof millis === 'number' && Math.abs(millis) <= Number.MAX_SAFE_INTEGER / 1000 ? new Date(millis) : null
}
