import { Buffer } from 'node:buffer'
import { createFirehoseEvent, type FirehoseEventOptions, SOURCES } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'

const base = ['recordId', 'approximateArrivalTimestamp']
const shapes = {
  'direct-put': { event: [], record: [...base, 'data'], metadata: undefined },
  kinesis: {
    event: ['sourceKinesisStreamArn'],
    record: [...base, 'data', 'kinesisRecordMetadata'],
    metadata: {
      sequenceNumber: expect.stringMatching(/^\d{56}$/),
      subsequenceNumber: 0,
      partitionKey: 'key-0',
      shardId: 'shardId-000000000000',
      approximateArrivalTimestamp: Date.UTC(2026, 0, 1),
    },
  },
  msk: {
    event: ['sourceMSKArn'],
    record: [...base, 'mskRecordMetadata', 'kafkaRecordValue'],
    metadata: { offset: '0', partitionId: '0', approximateArrivalTimestamp: Date.UTC(2026, 0, 1) },
  },
}

describe.each(SOURCES)('a %s event', (source) => {
  const event = createFirehoseEvent([{ a: 'ü' }, '{"b":1}\n', Uint8Array.of(0xff), ''], { source })
  const [first] = event.records

  it('has exactly the keys that Firehose sends', () => {
    const top = ['invocationId', 'deliveryStreamArn', 'region', 'records', ...shapes[source].event]
    expect(Object.keys(event).sort()).toEqual(top.sort())
    for (const record of event.records) expect(Object.keys(record).sort()).toEqual([...shapes[source].record].sort())
    expect(first?.data === undefined ? first?.mskRecordMetadata : first?.kinesisRecordMetadata).toEqual(
      shapes[source].metadata,
    )
  })

  it('has the payloads as base64', () => {
    const payloads = event.records.map(({ data, kafkaRecordValue }) => data ?? kafkaRecordValue)
    expect(payloads).toEqual([Buffer.from('{"a":"ü"}').toString('base64'), 'eyJiIjoxfQo=', '/w==', ''])
  })

  it('is the same every time, and each record has its own id', () => {
    expect(createFirehoseEvent([{ a: 'ü' }, '{"b":1}\n', Uint8Array.of(0xff), ''], { source })).toEqual(event)
    expect(new Set(event.records.map(({ recordId }) => recordId)).size).toBe(4)
  })

  it('takes record ids, arrival time and names from the options', () => {
    const options: FirehoseEventOptions = {
      source,
      invocationId: 'i',
      deliveryStreamArn: 'arn:stream',
      arrivalTimestampMs: 1000,
      recordId: (index) => `r${index}`,
    }
    expect(createFirehoseEvent([{}, {}], options)).toMatchObject({
      invocationId: 'i',
      deliveryStreamArn: 'arn:stream',
      records: [
        { recordId: 'r0', approximateArrivalTimestamp: 1000 },
        { recordId: 'r1', approximateArrivalTimestamp: 1001 },
      ],
    })
  })
})
