import * as d from 'firehose-iceberg-router/d'
import { describe, expect, it } from 'vitest'
import { exactNumber } from '../../src/decode/exact-number.ts'
import { decodeOne } from './support.ts'

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds_gettingstarted.html
const kinesis = {
  awsRegion: 'us-west-2',
  eventID: 'dc0d4f3f',
  eventName: 'MODIFY',
  userIdentity: null,
  recordFormat: 'application/json',
  tableName: 'Music',
  dynamodb: {
    ApproximateCreationDateTime: 1767323045123,
    Keys: { Artist: { S: 'No One You Know' } },
    NewImage: {
      Artist: { S: 'No One You Know' },
      Plays: { N: '12' },
      Exact: { N: '12345678901234567890123456789012345678' },
      Price: { N: '19.99' },
      Long: { N: '0.12345678901234567890' },
      Cover: { B: 'AAEC/w==' },
      Tags: { SS: ['a', 'b'] },
      Ids: { NS: ['1', '9007199254740993'] },
      Blobs: { BS: ['AA=='] },
      Live: { BOOL: false },
      Label: { NULL: true },
      Tracks: { L: [{ M: { title: { S: 'x' }, seconds: { N: '-1.5e2' } } }] },
    },
    SizeBytes: 59,
  },
  eventSource: 'aws:dynamodb',
}

function withImage(image: unknown): string {
  return JSON.stringify({ ...kinesis, dynamodb: { ...kinesis.dynamodb, NewImage: image } })
}

describe('dynamoDb', () => {
  it('turns typed attribute values into plain ones, with exact numbers', async () => {
    const event = await decodeOne(d.dynamoDb(), JSON.stringify(kinesis))
    expect(event).toEqual({
      ...kinesis,
      dynamodb: {
        ApproximateCreationDateTime: '2026-01-02T03:04:05.123000Z',
        Keys: { Artist: 'No One You Know' },
        NewImage: {
          Artist: 'No One You Know',
          Plays: 12,
          Exact: 12345678901234567890123456789012345678n,
          Price: 19.99,
          Long: '0.12345678901234567890',
          Cover: Buffer.from([0, 1, 2, 255]),
          Tags: ['a', 'b'],
          Ids: [1, 9007199254740993n],
          Blobs: [Buffer.from([0])],
          Live: false,
          Label: null,
          Tracks: [{ title: 'x', seconds: -150 }],
        },
        SizeBytes: 59,
      },
    })
  })

  it.each([
    ['DynamoDB Streams: seconds', {}, 1767323045, '2026-01-02T03:04:05.000Z'],
    ['Kinesis: milliseconds', { recordFormat: 'application/json' }, 1767323045123, '2026-01-02T03:04:05.123000Z'],
  ])('reads the time of %s', async (_, more, ApproximateCreationDateTime, expected) => {
    const { recordFormat, ...record } = kinesis
    const text = JSON.stringify({ ...record, ...more, dynamodb: { Keys: {}, ApproximateCreationDateTime } })
    expect(await decodeOne(d.dynamoDb(), text)).toMatchObject({ dynamodb: { ApproximateCreationDateTime: expected } })
  })

  it('reads microseconds if the record says so', async () => {
    const precise = {
      ApproximateCreationDateTime: 1767323045123456,
      ApproximateCreationDateTimePrecision: 'MICROSECOND',
    }
    const text = JSON.stringify({ ...kinesis, dynamodb: { ...kinesis.dynamodb, ...precise } })
    const event = await decodeOne(d.dynamoDb(), text)
    expect(event).toMatchObject({ dynamodb: { ApproximateCreationDateTime: '2026-01-02T03:04:05.123456Z' } })
  })

  it.each([
    ['another type', { a: { X: 1 } }, 'UnexpectedShape at dynamodb.NewImage.a'],
    ['two types', { a: { S: 'x', N: '1' } }, 'UnexpectedShape at dynamodb.NewImage.a'],
    ['a name of a prototype', { a: { constructor: 'x' } }, 'UnexpectedShape at dynamodb.NewImage.a'],
    ['a number that is none', { a: { N: '0x10' } }, 'UnexpectedShape at dynamodb.NewImage.a'],
    ['a set that is none', { a: { NS: ['1', 2] } }, 'UnexpectedShape at dynamodb.NewImage.a[1]'],
    ['base64 that is none', { a: { B: '%' } }, 'UnexpectedShape at dynamodb.NewImage.a'],
    ['a key that could be data', { 'a@b.c': { S: 3 } }, 'UnexpectedShape at dynamodb.NewImage[*]'],
    ['an image that is none', [], 'UnexpectedShape at dynamodb.NewImage'],
  ])('refuses %s', async (_, image, expected) => {
    expect(await decodeOne(d.dynamoDb(), withImage(image))).toBe(expected)
  })

  it('refuses other records, and records without keys', async () => {
    expect(await decodeOne(d.dynamoDb(), '{"eventID":"a"}')).toBe('UnexpectedShape at eventName')
    expect(await decodeOne(d.dynamoDb(), JSON.stringify({ ...kinesis, eventName: 'x' }))).toBe(
      'UnexpectedShape at eventName',
    )
    expect(await decodeOne(d.dynamoDb(), JSON.stringify({ ...kinesis, dynamodb: {} }))).toBe(
      'UnexpectedShape at dynamodb.Keys',
    )
  })

  it('refuses values that are nested beyond all bounds, without an exception', async () => {
    const maps = `${'{"M":{"a":'.repeat(50_000)}{"S":"x"}${'}}'.repeat(50_000)}`
    const lists = `${'{"L":['.repeat(50_000)}{"S":"x"}${']}'.repeat(50_000)}`
    for (const nested of [maps, lists]) {
      const text = withImage({ a: 1 }).replace('{"a":1}', `{"a":${nested}}`)
      expect(await decodeOne(d.dynamoDb(), text)).toBe('NestedTooDeeply at dynamodb.NewImage')
    }
  })

  it('an attribute __proto__ is an attribute', async () => {
    const event = await decodeOne(d.dynamoDb(), withImage({ x: 1 }).replace('{"x":1}', '{"__proto__":{"S":"x"}}'))
    const { NewImage } = (event as { dynamodb: { NewImage: object } }).dynamodb
    expect(Object.getPrototypeOf(NewImage)).toBe(Object.prototype)
    expect(Object.keys(NewImage)).toEqual(['__proto__'])
  })
})

it.each([
  ['0', 0],
  ['-0.0', -0],
  ['1.50', 1.5],
  ['1E+2', 100],
  ['9007199254740991', 9007199254740991],
  ['9007199254740992', 9007199254740992n],
  ['-9007199254740993', -9007199254740993n],
  ['1E+125', 10n ** 125n],
  ['9.9999999999999999999999999999999999999E+125', 99999999999999999999999999999999999999n * 10n ** 88n],
  ['1E-130', 1e-130],
  ['0.1', 0.1],
  ['0.30000000000000004', 0.30000000000000004],
  ['0.300000000000000041', '0.300000000000000041'],
  ['4503599627370497.5', '4503599627370497.5'],
  ['1e9999', '1e9999'],
  ['', undefined],
  ['.', undefined],
  ['NaN', undefined],
  ['1_0', undefined],
])('exactNumber of %s', (text, expected) => {
  expect(exactNumber(text)).toEqual(expected)
})
