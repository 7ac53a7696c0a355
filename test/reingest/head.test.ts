import { describe, expect, it } from 'vitest'
import { SOURCE_SHAPES, type Source } from '../../src/firehose/stream-source.ts'
import { parseHead, recordHead, toOrigin } from '../../src/reingest/fanout/head.ts'

const row = { kind: 'row', origin: 'r', index: 0, hops: 1, database: 'db', table: 'log', operation: 'insert' }
const record = { kind: 'record', origin: 'r', hops: 1, arrivedAt: 5 }
const parse = (head: unknown) => parseHead(JSON.stringify(head))

describe('the head of an envelope', () => {
  it.each([
    ['a row', row],
    ['a row of many hops', { ...row, hops: 3, index: 9_007_199_254_740_991 }],
    ['an update', { ...row, operation: 'update' }],
    ['a delete', { ...row, operation: 'delete' }],
    ['a record', record],
    ['a record of Kinesis', { ...record, kinesis: { partitionKey: 'k', at: 1 } }],
    ['a record of Kafka', { ...record, msk: { offset: '1' } }],
    ['a record before 1970', { ...record, arrivedAt: -1.5 }],
  ])('is read: %s', (_, head) => {
    expect(parse(head)).toEqual(head)
  })

  it('has nothing that it does not know', () => {
    expect(parse({ ...row, more: 1 })).toEqual(row)
    expect(parse({ ...record, more: 1 })).toEqual(record)
  })

  it.each<[string, unknown]>([
    ['null', null],
    ['text', 'row'],
    ['a number', 5],
    ['no kind', { ...row, kind: undefined }],
    ['another kind', { ...row, kind: 'rows' }],
    ['no origin', { ...row, origin: undefined }],
    ['no hop', { ...row, hops: 0 }],
    ['half a hop', { ...row, hops: 1.5 }],
    ['hops as text', { ...row, hops: '1' }],
    ['hops beyond 2^53', { ...row, hops: 9_007_199_254_740_992 }],
    ['a negative index', { ...row, index: -1 }],
    ['no index', { ...row, index: undefined }],
    ['no database', { ...row, database: 1 }],
    ['no table', { ...row, table: null }],
    ['no operation', { ...row, operation: undefined }],
    ['an operation of another kind', { ...row, operation: 'merge' }],
    ['no time of arrival', { ...record, arrivedAt: undefined }],
    ['a time of arrival as text', { ...record, arrivedAt: '5' }],
    ['metadata that is null', { ...record, kinesis: null }],
    ['metadata that is text', { ...record, kinesis: 'k' }],
    ['metadata with an object in it', { ...record, kinesis: { a: 'x', b: {} } }],
    ['metadata of Kafka with a list in it', { ...record, msk: { a: 1, b: [] } }],
    ['metadata with true in it', { ...record, msk: { a: true } }],
  ])('is not read: %s', (_, head) => {
    expect(parse(head)).toBeUndefined()
  })

  it('is not read if it is not JSON', () => {
    expect(parseHead('{')).toBeUndefined()
  })

  it.each(Object.keys(SOURCE_SHAPES) as Source[])('restores a record of %s as it first arrived', (source) => {
    const arrived = { recordId: 'r', arrivedAt: 7, payload: 'e30=', index: 3, sequenceNumber: '49', partitionKey: 'k' }
    const first = SOURCE_SHAPES[source].toRecord(arrived)
    const head = recordHead({ kind: 'record', hops: 1, record: first })
    expect(head).toMatchObject({ kind: 'record', origin: 'r', hops: 2, arrivedAt: 7 })
    const read = parse(head)
    expect(read).toEqual(head)
    expect(read?.kind === 'record' && toOrigin(read, '{}')).toEqual(first)
  })
})
