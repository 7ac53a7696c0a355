import type { FirehoseRecord } from './event.ts'
import type { DroppedRecord, OkRecord, ProcessingFailedRecord } from './response.ts'
import { payloadKeyOf, payloadOf } from './stream-source.ts'

/** Answers a record with a row (base64 of one JSON object), under the same key as its payload. */
export function okRecord(
  record: FirehoseRecord,
  row: string,
  metadata: OkRecord['metadata'],
  recordId: string = record.recordId,
): OkRecord {
  return payloadKeyOf(record) === 'kafkaRecordValue'
    ? { recordId, result: 'Ok', kafkaRecordValue: row, metadata }
    : { recordId, result: 'Ok', data: row, metadata }
}

/**
 * Checks whether a {@link RowAnswer} can be made: not if a library has given all objects a read-only property with the name
 * of a field.
 */
export function canAssignAnswers(): boolean {
  const all: object = Object.prototype
  return !('recordId' in all || 'result' in all || 'data' in all || 'metadata' in all)
}

/**
 * The answer of a record that came under `data`, as most do. A class, not a literal: all answers of a batch are alive until it
 * ends, so V8 would pretenure literals and allocate the next ones in old space, where dead answers stay long and keep their
 * rows alive. It has the prototype of a literal, so users cannot see the difference.
 */
export const RowAnswer: new (recordId: string, data: string, metadata: OkRecord['metadata']) => OkRecord =
  /* @__PURE__ */ (() => {
    function Answer(
      this: { -readonly [Key in keyof OkRecord]: OkRecord[Key] },
      recordId: string,
      data: string,
      metadata: OkRecord['metadata'],
    ): void {
      this.recordId = recordId
      this.result = 'Ok'
      this.data = data
      this.metadata = metadata
    }
    Answer.prototype = Object.prototype
    return Answer as unknown as typeof RowAnswer
  })()

/** Answers a record that Firehose is to drop. */
export function droppedRecord({ recordId }: { readonly recordId: string }): DroppedRecord {
  return { recordId, result: 'Dropped' }
}

/** Answers a record that failed with its original payload, as AWS's samples do; Firehose keeps the original anyway. */
export function failedRecord(record: FirehoseRecord, recordId: string = record.recordId): ProcessingFailedRecord {
  const payload = payloadOf(record)
  if (typeof payload !== 'string') return { recordId, result: 'ProcessingFailed' }
  return payloadKeyOf(record) === 'kafkaRecordValue'
    ? { recordId, result: 'ProcessingFailed', kafkaRecordValue: payload }
    : { recordId, result: 'ProcessingFailed', data: payload }
}
