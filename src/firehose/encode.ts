import { payloadOf } from './decode.ts'
import type { FirehoseRecord } from './event.ts'
import type { DroppedRecord, OkRecord, ProcessingFailedRecord } from './response.ts'

/** Answers a record with a row (base64 of one JSON object), under the key its payload came under. */
export function okRecord(record: FirehoseRecord, row: string, metadata: OkRecord['metadata']): OkRecord {
  const { recordId } = record
  if (record.data === undefined && isMsk(record)) return { recordId, result: 'Ok', kafkaRecordValue: row, metadata }
  return { recordId, result: 'Ok', data: row, metadata }
}

/** Answers a record that is to disappear. */
export function droppedRecord(record: FirehoseRecord): DroppedRecord {
  return { recordId: record.recordId, result: 'Dropped' }
}

/** Answers a record that failed with its original payload, as AWS's samples do; Firehose keeps the original anyway. */
export function failedRecord(record: FirehoseRecord): ProcessingFailedRecord {
  const { recordId } = record
  const payload = payloadOf(record)
  if (typeof payload !== 'string') return { recordId, result: 'ProcessingFailed' }
  return isMsk(record)
    ? { recordId, result: 'ProcessingFailed', kafkaRecordValue: payload }
    : { recordId, result: 'ProcessingFailed', data: payload }
}

function isMsk(record: FirehoseRecord): boolean {
  return record.data === undefined && record.kafkaRecordValue !== undefined
}
