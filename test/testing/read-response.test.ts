import { createIcebergRouter, defineTable, isIcebergRouterError, type OkRecord, t } from 'firehose-iceberg-router'
import { createFirehoseEvent, readResponse, SOURCES } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'

const table = defineTable({ name: 'log', columns: { data: t.json() } })

describe.each(SOURCES)('a response to a %s stream', (source) => {
  const event = createFirehoseEvent([{ id: 'ü' }, '{', { drop: true }], { source, recordId: (index) => `r${index}` })
  const router = createIcebergRouter({ database: 'db', onBatch: () => undefined }).on({ drop: true }, 'drop')
  const route = { table, transform: (data: object) => ({ data }) }

  it('is read as plain values', async () => {
    expect(readResponse(await router.otherwise(route).handler()(event))).toStrictEqual([
      { recordId: 'r0', result: 'Ok', database: 'db', table: 'log', operation: 'insert', row: { data: '{"id":"ü"}' } },
      { recordId: 'r1', result: 'ProcessingFailed' },
      { recordId: 'r2', result: 'Dropped' },
    ])
  })
})

it('an answer without an operation is read without one', () => {
  const otfMetadata = { destinationDatabaseName: 'db', destinationTableName: 'log' }
  const record: OkRecord = { recordId: 'r', result: 'Ok', data: 'e30=', metadata: { otfMetadata } }
  expect(readResponse({ records: [record] })).toStrictEqual([
    { recordId: 'r', result: 'Ok', database: 'db', table: 'log', row: {} },
  ])
})

it.each([
  ['no row', {}],
  ['a row that is not JSON', { data: 'AAAA' }],
])('readResponse refuses an answer with %s', (_, payload) => {
  const otfMetadata = { destinationDatabaseName: 'db', destinationTableName: 'log' }
  const record: OkRecord = { recordId: 'r', result: 'Ok', ...payload, metadata: { otfMetadata } }
  expect(() => readResponse({ records: [record] })).toThrow(expect.toSatisfy(isIcebergRouterError))
})
