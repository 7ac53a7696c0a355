import { expect, test } from 'vitest'
import { IcebergRouterError } from '../../../src/index.ts'
import { createLocalFirehose, type LocalFirehoseOptions } from '../../../src/local/index.ts'
import { createMemoryWarehouse } from '../../support/memory-warehouse.ts'
import { opens } from './support.ts'

const good = {
  handler: () => ({ records: [] }),
  warehouse: createMemoryWarehouse(),
  tables: [{ database: 'app', table: opens }],
  errors: 'errors',
}

async function problemsOf(options: unknown): Promise<readonly string[]> {
  const error: unknown = await createLocalFirehose(options as LocalFirehoseOptions).catch((reason) => reason)
  expect(error).toMatchObject({ name: 'IcebergRouterError', code: 'InvalidOptions' })
  return (error as IcebergRouterError).problems
}

const table = { database: 'app', table: opens }

test.each<[string, object, RegExp]>([
  ['an unknown option', { handlers: 1 }, /^unknown option "handlers"; there are handler, warehouse, /],
  ['no handler', { handler: undefined }, /^handler: expected a function, got undefined$/],
  ['a handler that is a string', { handler: 'index.handler' }, /^handler: expected a function, got "index.h/],
  [
    'a handler with a callback, as Lambda does from Node 24 on',
    { handler: (_event: unknown, _context: unknown, _callback: unknown) => undefined },
    /^handler: expected a function of \(event, context\), got one of 3 parameters: .* return a promise/,
  ],
  ['an unknown way to reingest', { reingest: 'aws' }, /^reingest: expected "loopback" or "target", got "aws"$/],
  ['a warehouse that is a folder', { warehouse: 'lake' }, /^warehouse: expected a warehouse made by createW/],
  ['no tables', { tables: [] }, /^tables: expected a list of at least one table, got object$/],
  ['tables that are not a list', { tables: table }, /^tables: expected a list/],
  ['a database that is a path', { tables: [{ ...table, database: '../x' }] }, /^tables\[0\].database: expected/],
  ['a table that is a name', { tables: [{ ...table, table: 'opens' }] }, /^tables\[0\].table: expected a table/],
  ['a table twice', { tables: [table, table] }, /^tables: app.opens appears twice$/],
  ['an empty errors folder', { errors: '' }, /^errors: expected the path of a folder, got ""$/],
  ['a stream name with a slash', { deliveryStreamName: 'a/b' }, /^deliveryStreamName: expected 1 to 64/],
  ['an account of 11 digits', { accountId: '12345678901' }, /^accountId: expected 12 digits/],
  ['an unknown source', { source: 'kafka' }, /^source: expected "direct-put" or "kinesis" or "msk", got "kafka"$/],
  ['a large transform buffer', { transform: { bufferSizeInMBs: 3.1 } }, /^transform.bufferSizeInMBs: expected/],
  ['a small transform buffer', { transform: { bufferSizeInMBs: 0.1 } }, /from 0.2 to 3, got 0.1$/],
  ['half a retry', { transform: { numberOfRetries: 0.5 } }, /^transform.numberOfRetries: expected a whole/],
  ['a timeout over five minutes', { transform: { timeoutMs: 300_001 } }, /from 1 to 300000, got 300001$/],
  ['an unknown transform option', { transform: { retries: 1 } }, /^transform: unknown option "retries"/],
  ['a small delivery buffer', { delivery: { sizeInMBs: 0 } }, /^delivery.sizeInMBs: .* 1 to 128, got 0$/],
  ['an unknown switch', { behaviour: { duplicates: 'batch' } }, /^behaviour: unknown option "duplicates"/],
  [
    'an unknown value of a switch',
    { behaviour: { unknownResult: 'ok' } },
    /^behaviour.unknownResult: expected "batch" or/,
  ],
  ['NaN', { delivery: { sizeInMBs: Number.NaN } }, /got NaN$/],
])('refuses %s', async (_name, wrong, problem) => {
  expect(await problemsOf({ ...good, ...wrong })).toEqual([expect.stringMatching(problem)])
})

test('reports every problem at once', async () => {
  expect(await problemsOf({ tables: [{}], source: 'sqs', colour: 'red' })).toHaveLength(7)
  expect(await problemsOf(undefined)).toEqual([
    expect.stringMatching(/^expected an object with handler, warehouse, .*, got undefined$/),
  ])
})

test('a table that does not fit is refused at the start', async () => {
  const conflict = new IcebergRouterError('TableConflict', 'another schema')
  const warehouse = { folder: '', openTable: () => Promise.reject(conflict) }
  await expect(createLocalFirehose({ ...good, warehouse })).rejects.toBe(conflict)
})

test('a warehouse with an unknown error is unavailable', async () => {
  const cause = new Error('EROFS')
  const warehouse = { folder: '', openTable: () => Promise.reject(cause) }
  const start = createLocalFirehose({ ...good, warehouse })
  await expect(start).rejects.toMatchObject({ code: 'WarehouseUnavailable', cause })
})

test('a folder of errors that cannot be made is refused at the start', async () => {
  const start = createLocalFirehose({ ...good, errors: '/dev/null/errors' })
  await expect(start).rejects.toMatchObject({ code: 'WarehouseUnavailable' })
})
