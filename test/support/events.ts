import { Buffer } from 'node:buffer'
import type {
  FirehoseRecord,
  FirehoseTransformationEvent,
  FirehoseTransformationResponse,
} from 'firehose-iceberg-router'

/** The three sources; most tests run for all of them. */
export const SOURCES = ['direct-put', 'kinesis', 'msk'] as const
export type Source = (typeof SOURCES)[number]

const ARN = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/test'

/** An event as Firehose sends it. Objects are printed as JSON, strings are used unchanged. */
export function eventOf(
  payloads: readonly (object | string)[],
  source: Source = 'direct-put',
): FirehoseTransformationEvent {
  const records = payloads.map((payload, index) => recordOf(payload, `record-${index}`, source))
  const arns = { 'direct-put': {}, kinesis: { sourceKinesisStreamArn: 'arn:k' }, msk: { sourceMSKArn: 'arn:m' } }
  return { invocationId: 'invocation-1', deliveryStreamArn: ARN, region: 'us-east-1', ...arns[source], records }
}

function recordOf(payload: object | string, recordId: string, source: Source): FirehoseRecord {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const base64 = Buffer.from(text, 'utf8').toString('base64')
  const approximateArrivalTimestamp = 1_760_000_000_123
  const base = { recordId, approximateArrivalTimestamp }
  if (source === 'direct-put') return { ...base, data: base64 }
  if (source === 'msk') {
    return {
      ...base,
      kafkaRecordValue: base64,
      mskRecordMetadata: { offset: '0', partitionId: '1', approximateArrivalTimestamp },
    }
  }
  const kinesis = { sequenceNumber: '49', subsequenceNumber: 0, partitionKey: 'k', shardId: 'shardId-000000000000' }
  return { ...base, data: base64, kinesisRecordMetadata: { ...kinesis, approximateArrivalTimestamp } }
}

/** The rows of a response; undefined for a record without one. */
export function rowsOf(response: FirehoseTransformationResponse): ({ [column: string]: unknown } | undefined)[] {
  return response.records.map((record) => {
    if (record.result !== 'Ok') return undefined
    return JSON.parse(Buffer.from(record.data ?? record.kafkaRecordValue ?? '', 'base64').toString('utf8'))
  })
}
