import { describe, expect, it } from 'vitest'
import { failedRecord, okRecord } from '../../src/firehose/answer.ts'
import { copyRecord } from '../../src/firehose/copy-record.ts'
import type { FirehoseRecord } from '../../src/firehose/event.ts'
import {
  partitionKeyOf,
  payloadKeyOf,
  payloadOf,
  recordWithMetadata,
  SOURCE_SHAPES,
  SOURCES,
  sourceMetadataOf,
} from '../../src/firehose/stream-source.ts'

const arrived = { recordId: 'r', arrivedAt: 7, payload: 'e30=', index: 3, sequenceNumber: '49', partitionKey: 'k' }
const stream = { region: 'eu-west-1', accountId: '111122223333', name: 'events' }
const kinesisMetadata = {
  sequenceNumber: '49',
  subsequenceNumber: 0,
  partitionKey: 'k',
  shardId: 'shardId-000000000000',
  approximateArrivalTimestamp: 7,
}
const base = { recordId: 'r', approximateArrivalTimestamp: 7 }
const RECORDS: { readonly [source: string]: FirehoseRecord } = {
  'direct-put': { ...base, data: 'e30=' },
  kinesis: { ...base, data: 'e30=', kinesisRecordMetadata: kinesisMetadata },
  msk: {
    ...base,
    kafkaRecordValue: 'e30=',
    mskRecordMetadata: { offset: '3', partitionId: '0', approximateArrivalTimestamp: 7 },
  },
}

it('the sources are those that Firehose has', () => {
  expect(SOURCES).toEqual(['direct-put', 'kinesis', 'msk'])
})

describe.each(SOURCES)('a record of %s', (source) => {
  const record = RECORDS[source] as FirehoseRecord
  const key = source === 'msk' ? 'kafkaRecordValue' : 'data'

  it('has the shape that Firehose sends', () => {
    expect(SOURCE_SHAPES[source].toRecord(arrived)).toEqual(record)
    expect([SOURCE_SHAPES[source].payloadKey, payloadKeyOf(record), payloadOf(record)]).toEqual([key, key, 'e30='])
  })

  it('has the partition key of Kinesis only', () => {
    expect(partitionKeyOf(record)).toBe(source === 'kinesis' ? 'k' : undefined)
  })

  it('can be made again of its metadata', () => {
    expect(recordWithMetadata(base, sourceMetadataOf(record), 'e30=')).toEqual(record)
  })

  it('is answered under its own key', () => {
    const metadata = { otfMetadata: { destinationDatabaseName: 'db', destinationTableName: 't' } }
    expect(okRecord(record, 'cm93', metadata)).toEqual({ recordId: 'r', result: 'Ok', [key]: 'cm93', metadata })
    expect(okRecord(record, 'cm93', metadata, 'other').recordId).toBe('other')
    expect(failedRecord(record)).toEqual({ recordId: 'r', result: 'ProcessingFailed', [key]: 'e30=' })
    expect(failedRecord(record, 'other').recordId).toBe('other')
  })

  it('is copied with its metadata, so that the copy can be changed', () => {
    const copy = copyRecord(record)
    expect(copy).toEqual(record)
    expect(copy).not.toBe(record)
    for (const name of ['kinesisRecordMetadata', 'mskRecordMetadata'] as const) {
      const [copied, given] = [copy, record].map((one): unknown => Reflect.get(one, name))
      if (given !== undefined) expect(copied).not.toBe(given)
      expect(name in copy).toBe(name in record)
    }
  })
})

it('only Kinesis and Kafka have an ARN of their own', () => {
  expect(SOURCE_SHAPES['direct-put'].toSourceArns(stream)).toEqual({})
  expect(SOURCE_SHAPES.kinesis.toSourceArns(stream)).toEqual({
    sourceKinesisStreamArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/events',
  })
  expect(SOURCE_SHAPES.msk.toSourceArns(stream)).toEqual({
    sourceMSKArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/00000000-0000-4000-8000-000000000000-1',
  })
})

it('a record without a payload is answered without one, under data', () => {
  const record = { ...base } as FirehoseRecord
  expect([payloadKeyOf(record), payloadOf(record), partitionKeyOf(record)]).toEqual(['data', undefined, undefined])
  expect(failedRecord(record)).toEqual({ recordId: 'r', result: 'ProcessingFailed' })
})

it('a record whose data is null has its payload under the key of Kafka', () => {
  const record = { ...base, data: null, kafkaRecordValue: 'e30=' } as unknown as FirehoseRecord
  expect([payloadKeyOf(record), payloadOf(record)]).toEqual(['kafkaRecordValue', 'e30='])
})
