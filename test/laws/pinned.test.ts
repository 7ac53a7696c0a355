import { createIcebergRouter, defineTable, type RowOf, t } from 'firehose-iceberg-router'
import { createFirehoseEvent } from 'firehose-iceberg-router/testing'
import { expect, it } from 'vitest'
import { buildRouter } from './routers.ts'

// Failures that the laws have found, one case each.

const table = defineTable({ name: 'log', columns: { id: t.string() } })
const row = { id: 'a' }
const transform = (): object => row

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

const resolveOnly = (value: unknown): object => ({
  // biome-ignore lint/suspicious/noThenProperty: a thenable whose then returns nothing is the point.
  then: (resolve: (value: unknown) => void) => resolve(value),
})

const schema = (validate: () => unknown): object => ({ '~standard': { version: 1, vendor: 'laws', validate } })

const throwRevoked = (): never => {
  throw revoked()
}

it.each([
  ['a transform that throws a revoked proxy', { table, transform: throwRevoked }, 'TransformThrew'],
  ['a transform that returns one', { table, transform: revoked }, 'TransformThrew'],
  ['a schema that throws one', { table, transform, schema: schema(throwRevoked) }, 'SchemaThrew'],
  ['an operation that returns one', { table, transform, operation: revoked }, 'InvalidOperation'],
  [
    'an operation that rejects',
    { table, transform, operation: () => Promise.reject(new Error('x')) },
    'InvalidOperation',
  ],
  ['a thenable as row', { table, transform: () => resolveOnly(row) }, 'delivered'],
  [
    'a thenable as result of a schema',
    { table, transform, schema: schema(() => resolveOnly({ value: 1 })) },
    'delivered',
  ],
  ['a schema that resolves to nothing', { table, transform, schema: schema(async () => null) }, 'SchemaThrew'],
  [
    'issues with a path of null',
    { table, transform, schema: schema(async () => ({ issues: [{ path: [null] }] })) },
    'SchemaThrew',
  ],
])('%s', async (_, route, expected) => {
  const declarations = [{ matcher: { kind: 'odd' }, route }]
  const router = buildRouter({ database: 'db', onBatch: () => undefined }, declarations, { table, transform })
  const { outcomes } = await router.runBatch(createFirehoseEvent([{ kind: 'odd' }, { kind: 'good' }]))
  const codes = outcomes.map((outcome) => (outcome.status === 'failed' ? outcome.failure.code : outcome.status))
  expect(codes).toEqual([expected, 'delivered'])
})

it('a predicate may answer through a thenable', async () => {
  const declarations = [{ matcher: () => resolveOnly(false), route: 'drop' }]
  const router = buildRouter({ database: 'db' }, declarations, { table, transform })
  const { outcomes } = await router.runBatch(createFirehoseEvent([{}]))
  expect(outcomes.map(({ status }) => status)).toEqual(['delivered'])
})

it('a promise in a row fails its record, and its rejection does not end the process', async () => {
  const columns = { id: t.string(), note: t.nullable(t.json()), list: t.nullable(t.list(t.json())) }
  const forgetful = defineTable({ name: 'forgetful', columns })
  const late = (): Promise<never> => Promise.reject(new Error('never awaited'))
  const rows = [{ id: late() }, { id: 'a', note: late() }, { id: 'a', list: [late()] }]
  const router = createIcebergRouter({ database: 'db', onBatch: () => undefined }).otherwise({
    table: forgetful,
    transform: ({ n }) => rows[Number(n)] as unknown as RowOf<typeof forgetful>,
  })
  const { outcomes } = await router.runBatch(createFirehoseEvent([{ n: 0 }, { n: 1 }, { n: 2 }]))
  expect(outcomes.map((outcome) => outcome.status === 'failed' && outcome.failure)).toMatchObject([
    { code: 'UnawaitedPromise', path: 'id', message: 'a promise in column id: await it in the transform' },
    { code: 'UnawaitedPromise', path: 'note' },
    { code: 'UnawaitedPromise', path: 'list[0]' },
  ])
})
