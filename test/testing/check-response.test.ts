import { checkResponse, createFirehoseEvent, SOURCES } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'

const toBase64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
const otfMetadata = { destinationDatabaseName: 'db', destinationTableName: 'log', operation: 'insert' }
const row = toBase64('{"id":1}')

describe.each(SOURCES)('checkResponse with a %s stream', (source) => {
  const event = createFirehoseEvent([{}, {}], { source, recordId: (index) => `r${index}` })
  const key = source === 'msk' ? 'kafkaRecordValue' : 'data'
  const otherKey = source === 'msk' ? 'data' : 'kafkaRecordValue'
  const dropped = { recordId: 'r1', result: 'Dropped' }
  const ok = { recordId: 'r0', result: 'Ok', [key]: row, metadata: { otfMetadata } }
  const routed = (routing: object): object => ({ ...ok, metadata: { otfMetadata: { ...otfMetadata, ...routing } } })
  const check = (...records: unknown[]): string[] => checkResponse(event, { records })

  it.each([
    ['one answer for each record', [ok, dropped]],
    ['answers in another order', [dropped, ok]],
    ['a failed record with its payload', [ok, { recordId: 'r1', result: 'ProcessingFailed', [key]: 'e30=' }]],
    ['a failed record without its payload', [ok, { recordId: 'r1', result: 'ProcessingFailed' }]],
    ['no operation', [routed({ operation: undefined }), dropped]],
    ['an update', [routed({ operation: 'update' }), dropped]],
    ['a delete', [routed({ operation: 'delete' }), dropped]],
    ['white space around the row', [{ ...ok, [key]: toBase64(' {}\n') }, dropped]],
  ])('accepts %s', (_, records) => {
    expect(check(...records)).toEqual([])
  })

  it.each([
    ['a missing answer', [ok], 'record r1: no answer'],
    ['no answers', [], 'record r0: no answer'],
    ['an answer twice', [ok, ok, dropped], 'record r0: answered 2 times'],
    [
      'an answer for a record that the event does not have',
      [ok, dropped, { recordId: 'x', result: 'Ok' }],
      'record x: answered, but the event has no such record',
    ],
    ['an answer without an id', [ok, dropped, {}, null], '2 of the answers have no recordId'],
    [
      'an unknown result',
      [{ ...ok, result: 'OK' }, dropped],
      'record r0: result: expected Ok, Dropped or ProcessingFailed, got "OK"',
    ],
    ['no result', [{ ...ok, result: undefined }, dropped], 'got undefined'],
    [
      'the key of another source',
      [{ ...ok, [key]: undefined, [otherKey]: row }, dropped],
      `record r0: ${key}: expected the row in base64, got undefined`,
    ],
    ['a row of null', [{ ...ok, [key]: null }, dropped], 'expected the row in base64, got null'],
    ['base64 of the URL alphabet', [{ ...ok, [key]: '-_-_' }, dropped], 'expected standard, padded base64'],
    ['base64 without padding', [{ ...ok, [key]: 'e30' }, dropped], 'expected standard, padded base64'],
    ['base64 in letters of other alphabets', [{ ...ok, [key]: 'ŁŁŁŁ' }, dropped], 'expected standard, padded base64'],
    ['plain JSON', [{ ...ok, [key]: '{"id":1}' }, dropped], 'expected standard, padded base64'],
    ['an empty row', [{ ...ok, [key]: '' }, dropped], 'the row is not one JSON document'],
    ['broken JSON', [{ ...ok, [key]: toBase64('{"id":') }, dropped], 'the row is not one JSON document'],
    ['two rows', [{ ...ok, [key]: toBase64('{}{}') }, dropped], 'the row is not one JSON document'],
    ['two lines', [{ ...ok, [key]: toBase64('{}\n{}') }, dropped], 'the row is not one JSON document'],
    ['a list of rows', [{ ...ok, [key]: toBase64('[{}]') }, dropped], 'the row is not a JSON object'],
    ['a scalar', [{ ...ok, [key]: toBase64('1') }, dropped], 'the row is not a JSON object'],
    ['bytes that are not UTF-8', [{ ...ok, [key]: '/w==' }, dropped], 'the row is not valid UTF-8'],
    [
      'a row too large',
      [{ ...ok, [key]: toBase64(`{"a":"${'x'.repeat(1_024_000)}"}`) }, dropped],
      'the row has 1024008 bytes',
    ],
    [
      'a row too deep',
      [{ ...ok, [key]: toBase64(`{"a":${'['.repeat(16)}${']'.repeat(16)}}`) }, dropped],
      'nested more than 16 levels deep',
    ],
    [
      'no routing',
      [{ ...ok, metadata: undefined }, dropped],
      'metadata.otfMetadata: expected the database and the table',
    ],
    [
      'partition keys only',
      [{ ...ok, metadata: { partitionKeys: {} } }, dropped],
      'metadata.otfMetadata: expected the database and the table',
    ],
    ['no table', [routed({ destinationTableName: undefined }), dropped], 'destinationTableName: expected 1 to 255'],
    ['a table of null', [routed({ destinationTableName: null }), dropped], 'got null'],
    ['an empty table', [routed({ destinationTableName: '' }), dropped], 'got ""'],
    ['a table with a hyphen', [routed({ destinationTableName: 'send-log' }), dropped], 'got "send-log"'],
    [
      'no database',
      [routed({ destinationDatabaseName: undefined }), dropped],
      'destinationDatabaseName: expected 1 to 252',
    ],
    ['a database in capitals', [routed({ destinationDatabaseName: 'DB' }), dropped], 'got "DB"'],
    [
      'an operation in capitals',
      [routed({ operation: 'INSERT' }), dropped],
      'operation: expected insert, update, delete, in lower case, got "INSERT"',
    ],
    ['an unknown operation', [routed({ operation: 'upsert' }), dropped], 'got "upsert"'],
  ])('reports %s', (_, records, problem) => {
    expect(check(...records).join('\n')).toContain(problem)
  })

  it('reports all problems at once', () => {
    expect(check(routed({ destinationTableName: 'A', operation: 'x' }))).toHaveLength(3)
  })

  it('measures the size of the response as JSON', () => {
    const filler = (length: number): object => ({ records: [ok, dropped], filler: 'x'.repeat(length) })
    const room = 6_291_556 - JSON.stringify(filler(0)).length
    expect(checkResponse(event, filler(room))).toEqual([])
    expect(checkResponse(event, filler(room + 1))).toEqual([
      'the response has 6291557 bytes of JSON; Lambda returns at most 6291556',
    ])
  })
})

it.each([
  ['undefined', undefined, 'the response cannot be written as JSON'],
  ['a cycle', createCycle(), 'the response cannot be written as JSON'],
  ['a bigint', { records: 1n }, 'the response cannot be written as JSON'],
  ['null', null, 'the response has no list of records'],
  ['a string', 'ok', 'the response has no list of records'],
  ['a list', [], 'the response has no list of records'],
  ['Records', { Records: [] }, 'the response has no list of records'],
])('checkResponse refuses %s as a response', (_, response, problem) => {
  expect(checkResponse(createFirehoseEvent([{}]), response)).toEqual([problem])
})

function createCycle(): object {
  const cycle: { self?: object } = {}
  cycle.self = cycle
  return cycle
}
