import { payloadOf } from './decode.ts'
import type { FirehoseRecord } from './event.ts'
import type { DroppedRecord, OkRecord, ProcessingFailedRecord } from './response.ts'

/** Answers a record with a row (base64 of one JSON object), under the key its payload came under. */
export function okRecord(
  record: FirehoseRecord,
  row: string,
  metadata: OkRecord['metadata'],
  recordId: string = record.recordId,
): OkRecord {
  return isMsk(record)
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
 * Makes the answer of most records, those that came under `data`. Not a literal, because V8 counts how many objects of a
 * literal it finds alive, which of a batch's answers are all of them until its end, and makes the next ones among its old
 * objects. There the dead ones stay long, and keep alive the rows that hang on them. The prototype is that of a literal:
 * nobody can tell the two apart.
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

/** Answers a record that is to disappear. */
export function droppedRecord({ recordId }: { readonly recordId: string }): DroppedRecord {
  return { recordId, result: 'Dropped' }
}

/** Answers a record that failed with its original payload, as AWS's samples do; Firehose keeps the original anyway. */
export function failedRecord(record: FirehoseRecord, recordId: string = record.recordId): ProcessingFailedRecord {
  const payload = payloadOf(record)
  if (typeof payload !== 'string') return { recordId, result: 'ProcessingFailed' }
  return isMsk(record)
    ? { recordId, result: 'ProcessingFailed', kafkaRecordValue: payload }
    : { recordId, result: 'ProcessingFailed', data: payload }
}

function isMsk(record: FirehoseRecord): boolean {
  return typeof record.data !== 'string' && record.kafkaRecordValue !== undefined
}
