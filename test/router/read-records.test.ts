import { describe, expect, it } from 'vitest'
import { readRecords } from '../../src/router/read-records.ts'

const read = (invocation: unknown) => readRecords(invocation as never)
const plain = { recordId: 'a', approximateArrivalTimestamp: 1, data: 'e30=' }

/** A record that is another one each time it is asked. */
function createMoody(fields: { readonly [name: string]: unknown }) {
  const counts: { [name: string]: number } = {}
  const record = {}
  for (const [name, value] of Object.entries(fields)) {
    const get = (): unknown => {
      counts[name] = (counts[name] ?? 0) + 1
      return value
    }
    Object.defineProperty(record, name, { get, enumerable: true })
  }
  return { record, counts }
}

describe('the records of an invocation', () => {
  it('are taken as they are if they are plain data', () => {
    const records = [plain, { ...plain, recordId: '' }]
    expect(read({ records })).toBe(records)
    expect(read({ records: [] })).toEqual([])
  })

  it('are read once, field by field, if they have getters', () => {
    const metadata = { partitionKey: 'k' }
    const fields = { ...plain, kinesisRecordMetadata: metadata, mskRecordMetadata: undefined, other: 1 }
    const { record, counts } = createMoody(fields)
    expect(read({ records: [record, plain] })).toEqual([{ ...plain, kinesisRecordMetadata: metadata }, plain])
    expect(counts['recordId']).toBe(1)
    expect(counts['other']).toBeUndefined()
  })

  it('are read if they are of a class, and without fields that they do not have', () => {
    class Record {
      readonly recordId = 'a'
      get kafkaRecordValue(): string {
        return 'e30='
      }
    }
    const [record] = read({ records: [new Record()] })
    expect(record).toStrictEqual({ recordId: 'a', kafkaRecordValue: 'e30=' })
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['no records', {}],
    ['records that are no list', { records: { 0: plain, length: 1 } }],
    ['a record without an id', { records: [plain, {}] }],
    ['an id that is a number', { records: [{ ...plain, recordId: 1 }] }],
    ['null as a record', { records: [null] }],
    ['text as a record', { records: ['a'] }],
    ['a getter without an id', { records: [createMoody({ data: 'e30=' }).record] }],
  ])('are refused: %s', (_, invocation) => {
    expect(() => read(invocation)).toThrow(
      expect.objectContaining({
        code: 'InvalidEvent',
        message: expect.stringMatching(
          /^expected a Firehose transformation event: an object with records, each with a/,
        ),
      }),
    )
  })
})
