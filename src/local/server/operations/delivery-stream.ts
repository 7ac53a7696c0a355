import { PUT_RECORD_BATCH } from '../../../reingest/call-limits.ts'
import { readBlob } from '../blob.ts'
import { ACCOUNT, type Answer, failure, invalid } from '../http-response.ts'
import type { FirehoseStream, Streams } from '../stream.ts'

const SOURCES = { kinesis: 'KinesisStreamAsSource', msk: 'MSKAsSource' }

/** Finds the stream that a direct put names, or returns Firehose's error if it cannot accept the put. */
export function findDeliveryStream(name: unknown, streams: Streams): FirehoseStream | Answer {
  if (typeof name !== 'string' || !/^[\w.-]{1,64}$/.test(name)) {
    return invalid('deliveryStreamName', 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+')
  }
  const stream = streams.firehose(name)
  if (stream === undefined) {
    return failure('ResourceNotFoundException', `Firehose ${name} under account ${ACCOUNT} not found.`)
  }
  if (stream.source === undefined || stream.source === 'direct-put') return stream
  const type = SOURCES[stream.source]
  return failure('InvalidArgumentException', `This operation is not permitted on ${type} delivery stream type.`)
}

/** Reads the bytes of a record. */
export function readRecord(record: unknown, path: string): { readonly data: Uint8Array } | Answer {
  const value: unknown = typeof record === 'object' && record !== null && 'Data' in record ? record.Data : undefined
  if (value === undefined) return invalid(path, 'Member must not be null')
  const blob = readBlob(value)
  const { recordBytes } = PUT_RECORD_BATCH
  if (!('data' in blob) || blob.data.byteLength <= recordBytes) return blob
  return invalid(path, `Member must have length less than or equal to ${recordBytes}`)
}
