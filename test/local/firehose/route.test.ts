import { describe, expect, test } from 'vitest'
import type { CatalogTable, FirehoseBehaviour } from '../../../src/local/index.ts'
import { createMemoryWarehouse } from '../../support/memory-warehouse.ts'
import { answering, base64, createBench, opens, toOpens, type users } from './support.ts'

interface Case {
  readonly name: string
  readonly metadata: unknown
  readonly row?: string
  readonly tables?: readonly CatalogTable[]
  readonly behaviour?: Partial<FirehoseBehaviour>
  /** Where the row lands, `table operation`, or the code that it fails with. */
  readonly goes: string
}

const otf = (otfMetadata: unknown) => ({ otfMetadata })
const toUsers = { destinationDatabaseName: 'app', destinationTableName: 'users' }
const onlyOpens = [{ database: 'app', table: opens }]
const NO_NAME = 'Iceberg.InvalidTableName'
const NO_TABLE = 'Iceberg.NoSuchTable'
const BAD_OPERATION = 'Local.UnknownOperation'

const cases: readonly Case[] = [
  { name: 'both names', metadata: otf(toOpens), goes: 'opens insert' },
  { name: 'insert', metadata: otf({ ...toOpens, operation: 'insert' }), goes: 'opens insert' },
  { name: 'update with keys', metadata: otf({ ...toUsers, operation: 'update' }), goes: 'users update' },
  { name: 'delete with keys', metadata: otf({ ...toUsers, operation: 'delete' }), goes: 'users delete' },
  { name: 'operation null', metadata: otf({ ...toOpens, operation: null }), goes: 'opens insert' },
  { name: 'partitionKeys beside', metadata: { partitionKeys: {}, ...otf(toOpens) }, goes: 'opens insert' },
  { name: 'update without keys', metadata: otf({ ...toOpens, operation: 'update' }), goes: 'Local.NoUniqueKeys' },
  { name: 'delete without keys', metadata: otf({ ...toOpens, operation: 'delete' }), goes: 'Local.NoUniqueKeys' },
  { name: 'no metadata, one table', metadata: undefined, tables: onlyOpens, goes: 'opens insert' },
  { name: 'metadata null, one table', metadata: null, tables: onlyOpens, goes: 'opens insert' },
  { name: 'empty metadata, one table', metadata: {}, tables: onlyOpens, goes: 'opens insert' },
  { name: 'empty otfMetadata, one table', metadata: otf({}), tables: onlyOpens, goes: 'opens insert' },
  {
    name: 'only the operation, one table',
    metadata: otf({ operation: 'insert' }),
    tables: onlyOpens,
    goes: 'opens insert',
  },
  { name: 'no metadata, several tables', metadata: undefined, goes: NO_NAME },
  { name: 'only the operation, several tables', metadata: otf({ operation: 'insert' }), goes: NO_NAME },
  { name: 'metadata of another type', metadata: 'app.opens', tables: onlyOpens, goes: NO_NAME },
  { name: 'otfMetadata of another type', metadata: otf(['app', 'opens']), tables: onlyOpens, goes: NO_NAME },
  { name: 'an empty table name', metadata: otf({ ...toOpens, destinationTableName: '' }), goes: NO_NAME },
  {
    name: 'an empty table name, one table',
    metadata: otf({ destinationTableName: '' }),
    tables: onlyOpens,
    goes: NO_NAME,
  },
  { name: 'a table name that is null', metadata: otf({ ...toOpens, destinationTableName: null }), goes: NO_NAME },
  { name: 'no table name', metadata: otf({ destinationDatabaseName: 'app' }), tables: onlyOpens, goes: NO_NAME },
  { name: 'a table name that is a number', metadata: otf({ ...toOpens, destinationTableName: 7 }), goes: NO_NAME },
  { name: 'no database name', metadata: otf({ destinationTableName: 'opens' }), tables: onlyOpens, goes: NO_TABLE },
  { name: 'an empty database name', metadata: otf({ ...toOpens, destinationDatabaseName: '' }), goes: NO_TABLE },
  { name: 'an unknown database', metadata: otf({ ...toOpens, destinationDatabaseName: 'apps' }), goes: NO_TABLE },
  ...[
    'Opens',
    'OPENS',
    'opens ',
    'none',
    'None',
    '../x',
    '/etc/passwd',
    '__proto__',
    'constructor',
    'x'.repeat(300),
  ].map((destinationTableName) => ({
    name: `the table ${destinationTableName.slice(0, 20)}`,
    metadata: otf({ ...toOpens, destinationTableName }),
    goes: NO_TABLE,
  })),
  ...['__proto__', 'constructor', '../app', 'APP'].map((destinationDatabaseName) => ({
    name: `the database ${destinationDatabaseName}`,
    metadata: otf({ ...toOpens, destinationDatabaseName }),
    goes: NO_TABLE,
  })),
  ...['upsert', 'INSERT', '', 'toString', 1, {}].map((operation) => ({
    name: `the operation ${JSON.stringify(operation)}`,
    metadata: otf({ ...toOpens, operation }),
    goes: BAD_OPERATION,
  })),
  {
    name: 'an unknown operation as insert',
    metadata: otf({ ...toUsers, operation: 'upsert' }),
    behaviour: { unknownOperation: 'insert' },
    goes: 'users insert',
  },
  { name: 'a row with a wrong type', metadata: otf(toOpens), row: '{"id":"one"}', goes: 'Local.WrongType' },
  { name: 'two rows in one record', metadata: otf(toOpens), row: '{"id":1}{"id":2}', goes: 'Local.NotARow' },
  { name: 'an empty row', metadata: otf(toOpens), row: '', goes: 'Local.NotARow' },
]

describe('the route of a row', () => {
  test.each(cases)('$name → $goes', async ({ metadata, row = '{"id":1}', tables, behaviour = {}, goes }) => {
    const handler = answering(({ recordId }) => ({ recordId, result: 'Ok', data: base64(row), metadata }))
    const bench = await createBench(handler, { behaviour, ...(tables && { tables }) })
    await bench.firehose.put('anything')
    const { delivered } = await bench.firehose.flush()
    const entries = await bench.errorEntries()
    expect([
      ...delivered.map(({ table, operation }) => `${table} ${operation}`),
      ...entries.map(({ record }) => record?.errorCode),
    ]).toEqual([goes])
    for (const entry of entries) {
      expect(entry).toMatchObject({ outputType: 'iceberg-failed', record: { lambdaArn: undefined, attemptsMade: 1 } })
      expect(String(entry.record?.payload)).toBe(row)
    }
  })
})

test('a row that is not UTF-8 fails alone', async () => {
  const rows = ['/w==', base64('{"id":2}')]
  const handler = answering(({ recordId }, index) => {
    return { recordId, result: 'Ok', data: rows[index], metadata: { otfMetadata: toOpens } }
  })
  const bench = await createBench(handler)
  for (const payload of ['a', 'b']) await bench.firehose.put(payload)
  expect(await bench.firehose.flush()).toMatchObject({
    delivered: [{ records: 1 }],
    failed: [{ errorCode: 'Local.InvalidUtf8', records: 1 }],
  })
})

test('a check that throws costs one row', async () => {
  const memory = createMemoryWarehouse()
  const warehouse = {
    folder: 'memory',
    openTable: async (database: string, table: typeof users) => ({
      ...(await memory.openTable(database, table)),
      check: () => {
        throw new Error('a bug')
      },
    }),
  }
  const handler = answering(({ recordId, data }) => ({
    recordId,
    result: 'Ok',
    data,
    metadata: { otfMetadata: toUsers },
  }))
  const { firehose } = await createBench(handler, { warehouse })
  await firehose.put('{"id":1}')
  expect((await firehose.flush()).failed).toEqual([{ errorCode: 'Local.CheckFailed', records: 1 }])
})
