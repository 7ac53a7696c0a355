import { failure, isAnswer, success } from '../http-response.ts'
import type { Operation } from '../service-operation.ts'
import { findDeliveryStream, readRecord } from './delivery-stream.ts'

const throttled = failure('ServiceUnavailableException', 'Slow down.', 503)

/** `PutRecord`: accepts one record or refuses it. */
export const putRecord: Operation = {
  throttled,
  run: ({ DeliveryStreamName, Record }, { streams, fails, nextId }) => {
    const stream = findDeliveryStream(DeliveryStreamName, streams)
    if (isAnswer(stream)) return stream
    const record = readRecord(Record, 'record.data')
    if (isAnswer(record)) return record
    if (fails(0)) return throttled
    const id = nextId()
    stream.take({ id, data: record.data })
    return success({ Encrypted: false, RecordId: id })
  },
}
