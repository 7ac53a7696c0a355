import { PUT_RECORD_BATCH } from '../../../reingest/call-limits.ts'
import { type Answer, failure, invalid, isAnswer, success } from '../http-response.ts'
import type { Context, Operation } from '../service-operation.ts'
import { findDeliveryStream, readRecord } from './delivery-stream.ts'

const UNAVAILABLE = { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' }

/** `PutRecordBatch`: accepts what it can and reports the result of each record. */
export const putRecordBatch: Operation = {
  throttled: failure('ServiceUnavailableException', 'Slow down.', 503),
  run: ({ DeliveryStreamName, Records }, context) => {
    const stream = findDeliveryStream(DeliveryStreamName, context.streams)
    if (isAnswer(stream)) return stream
    const records = readRecords(Records)
    if (isAnswer(records)) return records
    const RequestResponses = records.map((data, index) => takeUnless(context, index, (id) => stream.take({ id, data })))
    const FailedPutCount = RequestResponses.filter((response) => 'ErrorCode' in response).length
    return success({ Encrypted: false, FailedPutCount, RequestResponses })
  },
}

function takeUnless({ fails, nextId }: Context, index: number, take: (id: string) => void): object {
  if (fails(index)) return UNAVAILABLE
  const RecordId = nextId()
  take(RecordId)
  return { RecordId }
}

/** Reads all records of a call: a record that is too large fails the whole call. */
function readRecords(value: unknown): Uint8Array[] | Answer {
  const { callRecords, callBytes } = PUT_RECORD_BATCH
  if (!Array.isArray(value) || value.length === 0) {
    return invalid('records', 'Member must have length greater than or equal to 1')
  }
  if (value.length > callRecords) {
    return invalid('records', `Member must have length less than or equal to ${callRecords}`)
  }
  const records: Uint8Array[] = []
  for (const [index, entry] of value.entries()) {
    const record = readRecord(entry, `records.${index + 1}.member.data`)
    if (isAnswer(record)) return record
    records.push(record.data)
  }
  const sizeBytes = records.reduce((sum, data) => sum + data.byteLength, 0)
  return sizeBytes > callBytes ? failure('InvalidArgumentException', 'Records size exceeds 4 MB limit') : records
}
