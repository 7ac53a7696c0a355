import {
  createIcebergRouter,
  defineTable,
  type FinishedRouter,
  type Outcome,
  rowTo,
  select,
  t,
} from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { eventOf } from '../support/events.ts'

const columns = {
  id: t.string(),
  at: t.timestamp(),
  n: t.int(),
  tags: t.nullable(t.list(t.string())),
  detail: t.nullable(t.struct({ a: t.string(), b: t.string() })),
  names: t.nullable(t.map(t.string(), t.int())),
}
const log = defineTable({ name: 'log', columns })
const keyed = defineTable({
  name: 'keyed',
  columns: { id: t.string(), day: t.date(), n: t.int() },
  uniqueKeys: ['id'],
  partitionBy: [t.identity('day')],
})
const silent = { database: 'db', onBatch: [] }

function routerOf(row: unknown, route: object = {}): FinishedRouter {
  return createIcebergRouter(silent).otherwise({ table: log, transform: () => row, ...route } as never)
}

async function failureOf(row: unknown, route: object = {}): Promise<unknown> {
  const { outcomes } = await routerOf(row, route).runBatch(eventOf([{}]))
  const [outcome] = outcomes as readonly [Outcome]
  return outcome.status === 'failed' ? outcome.failure : outcome.status
}

const wrong = { id: 1, n: 'x', tags: ['a', 2], detail: { a: 1, b: 2 }, names: { 'Alice Smith': 'x' }, m: 1 }
const ALL = [
  { code: 'WrongType', path: 'id' },
  { code: 'MissingColumn', path: 'at' },
  { code: 'WrongType', path: 'n' },
  { code: 'WrongType', path: 'tags[1]' },
  { code: 'WrongType', path: 'detail.a' },
  { code: 'WrongType', path: 'names[*]' },
  { code: 'UnknownColumn', path: 'm' },
]

describe('a row with several wrong columns', () => {
  it('reports all of them, and the first as before', async () => {
    const failure = await failureOf(wrong)
    expect(failure).toMatchObject({
      code: 'WrongType',
      path: 'id',
      table: 'log',
      message: expect.stringMatching(/string/),
      issues: ALL,
    })
    expect(JSON.stringify(failure)).not.toContain('Alice')
  })

  it('reports those of select, of a row with an address, and of a table that strips columns', async () => {
    const sources = { id: 'id', at: 'at', n: 'n', tags: 'tags', detail: 'detail', names: 'names' } as const
    const router = createIcebergRouter(silent).otherwise({ table: log, transform: select(sources) as never })
    const { outcomes } = await router.runBatch(eventOf([wrong]))
    expect(outcomes).toMatchObject([{ failure: { issues: ALL.slice(0, -1) } }])
    expect(await failureOf(rowTo(log, wrong as never))).toMatchObject({ issues: ALL })
    const table = defineTable({ name: 'stripped', columns, unknownColumns: 'strip' })
    expect(await failureOf(wrong, { table })).toMatchObject({ issues: ALL.slice(0, -1) })
  })

  it('reports ten of them at most', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`x${index}`, 1]))
    const failure = (await failureOf({ ...wrong, ...unknown })) as { readonly issues: unknown[] }
    expect(failure.issues).toHaveLength(10)
    const many = defineTable({
      name: 'many',
      columns: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`c${index}`, t.string()])),
    })
    expect(((await failureOf({}, { table: many })) as { readonly issues: unknown[] }).issues).toHaveLength(10)
  })

  it('has no list if one is wrong, or if it is not about columns', async () => {
    expect(await failureOf({ id: 'a', at: '2026-01-31T00:00:00Z', n: 'x' })).not.toHaveProperty('issues')
    expect(await failureOf(1)).not.toHaveProperty('issues')
    expect(await failureOf(new Map([['id', 1]]))).not.toHaveProperty('issues')
  })

  it('is read as far as its getters allow', async () => {
    const row = Object.defineProperty({ id: 1, at: 1, n: 'x' }, 'tags', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      },
    })
    expect(await failureOf(row)).toMatchObject({
      code: 'WrongType',
      issues: [{ path: 'id' }, { code: 'InvalidTimestamp', path: 'at' }, { path: 'n' }],
    })
  })

  it.each([
    [
      'insert',
      [
        { code: 'KeyMissing', path: 'id' },
        { code: 'MissingColumn', path: 'day' },
        { code: 'MissingColumn', path: 'n' },
      ],
    ],
    [
      'update',
      [
        { code: 'KeyMissing', path: 'id' },
        { code: 'KeyMissing', path: 'day' },
        { code: 'MissingColumn', path: 'n' },
      ],
    ],
    [
      'delete',
      [
        { code: 'KeyMissing', path: 'id' },
        { code: 'KeyMissing', path: 'day' },
      ],
    ],
  ])('reports those that its operation needs (%s)', async (operation, issues) => {
    expect(await failureOf({}, { table: keyed, operation })).toMatchObject({ ...issues[0], issues })
  })
})
