import { createIcebergRouter, type FirehoseRecord } from 'firehose-iceberg-router'
import { expect, it } from 'vitest'
import { eventOf } from '../support/events.ts'

const VALUES: readonly (readonly [string, string | null | undefined])[] = [
  ['null', null],
  ['absent', undefined],
  ['empty', ''],
]

function tombstone(value: string | null | undefined) {
  const event = eventOf([{ id: 'a' }, { id: 'b' }], 'msk')
  const [first, second] = event.records
  // As JSON can have it, whatever the type says.
  const record = { ...first, kafkaRecordValue: value } as FirehoseRecord
  return { ...event, records: [JSON.parse(JSON.stringify(record)), second as FirehoseRecord] }
}

it.each(VALUES)('a Kafka record whose value is %s fails as a tombstone by default', async (_, value) => {
  const router = createIcebergRouter({ database: 'db', onBatch: [] }).otherwise('drop')
  const { outcomes, response } = await router.runBatch(tombstone(value))
  expect(outcomes).toMatchObject([
    {
      status: 'failed',
      failure: { code: 'Tombstone', message: 'expected one JSON object, got a Kafka record without a value' },
    },
    { status: 'dropped' },
  ])
  expect(response.records.map(({ result }) => result)).toEqual(['ProcessingFailed', 'Dropped'])
})

it.each(VALUES)('and is dropped if the router says so: %s', async (_, value) => {
  const router = createIcebergRouter({ database: 'db', tombstones: 'drop', onBatch: [] }).otherwise('fail')
  const { outcomes, report } = await router.runBatch(tombstone(value))
  expect(outcomes[0]).toEqual({ status: 'dropped', recordId: 'record-0', route: 'tombstone' })
  expect(report).toMatchObject({ dropped: 1, failed: 1 })
})

it('a record of another source without a payload is no tombstone', async () => {
  const router = createIcebergRouter({ database: 'db', tombstones: 'drop', onBatch: [] }).otherwise('drop')
  const event = eventOf(['', { id: 'a' }])
  const records = [event.records[0], { ...event.records[1], data: null }] as unknown as FirehoseRecord[]
  const { outcomes } = await router.runBatch({ ...event, records })
  expect(outcomes).toMatchObject([
    { failure: { code: 'EmptyRecord' } },
    { failure: { code: 'MissingData', message: 'expected base64 in data or kafkaRecordValue, got null' } },
  ])
})

it('refuses another word for it', () => {
  const options = { database: 'db', tombstones: 'ignore' as 'drop' }
  expect(() => createIcebergRouter(options).otherwise('drop').handler()).toThrow(
    /tombstones: expected "fail" or "drop", got "ignore"/,
  )
})

it('invalid JSON of several kinds is several groups in the report', async () => {
  const router = createIcebergRouter({ database: 'db', onBatch: [] }).otherwise('drop')
  const { report } = await router.runBatch(eventOf(["{'a':1}", '{"a":NaN}', '{"a":', '{"b":']))
  expect(report.failures.map(({ fault, count }) => [fault, count])).toEqual([
    ['cut off', 2],
    ['single quotes', 1],
    ['NaN or undefined', 1],
  ])
})
