import {
  createIcebergRouter,
  deadLetterTable,
  defineTable,
  isIcebergRouterError,
  type RouterOptions,
  t,
} from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'

const table = defineTable({ name: 'log', columns: { id: t.string() } })
const transform = (): { id: string } => ({ id: 'a' })

/** The problems that building a router is refused with. */
function problemsOf(build: () => unknown): readonly string[] {
  try {
    build()
  } catch (error) {
    if (isIcebergRouterError(error) && error.code === 'InvalidRouter') return error.problems
    throw error
  }
  return []
}

/** The types are given up on purpose: JavaScript has none. */
const untyped = <Value>(value: unknown): Value => value as Value
const router = createIcebergRouter({ database: 'db' })

describe('a router is refused when it is built', () => {
  it.each<[string, unknown, RegExp]>([
    ['no options', undefined, /expected an object with database, appendOnly, .*got undefined/],
    ['no database', {}, /database: expected 1 to 252 lower-case.*got undefined/],
    ['a database in upper case', { database: 'Db' }, /got "Db"/],
    ['an unknown option', { database: 'db', tables: [] }, /unknown option "tables"; there are database/],
    ['a budget over the cap', { database: 'db', responseBudgetBytes: 6_291_557 }, /from 1 to 6291556/],
    ['a budget that is no number', { database: 'db', responseBudgetBytes: '6' }, /responseBudgetBytes/],
    ['a hook that is none', { database: 'db', onBatch: 'log' }, /onBatch: expected a function, got "log"/],
    [
      'a list of hooks with one that is none',
      { database: 'db', onBatch: [() => 1, 1] },
      /onBatch: expected a function/,
    ],
    ['onFailure that is none', { database: 'db', onFailure: 1 }, /onFailure: expected a function, got number/],
    [
      'a target that is none',
      { database: 'db', reingest: 'queue' },
      /reingest: expected what reingestTarget.*got "queue"/,
    ],
    [
      'a target without what makes it one',
      { database: 'db', reingest: { kind: 'reingest', put: () => [] } },
      /reingest: expected what reingestTarget\(\{ put \}\), createFirehoseTarget\(\) or createKinesisTarget\(\) returns, got object/,
    ],
    ['an overflow that is none', { database: 'db', overflow: 'throw' }, /overflow: expected "fail" or "reingest"/],
    ['overflow without a target', { database: 'db', overflow: 'reingest' }, /needs a target; give one as reingest/],
    ['no concurrency', { database: 'db', concurrency: 0 }, /concurrency: expected a whole number from 1/],
    ['a margin that is none', { database: 'db', deadlineMarginMs: -1 }, /deadlineMarginMs: expected a whole number/],
    [
      'a dead-letter table of other columns',
      { database: 'db', deadLetter: table },
      /deadLetter: expected deadLetterTable\(\), or/,
    ],
    [
      'a dead-letter table that is true',
      { database: 'db', deadLetter: true },
      /deadLetter: expected deadLetterTable\(\), .*got boolean/,
    ],
    [
      'a dead-letter table with unknown settings',
      { database: 'db', deadLetter: { table: deadLetterTable(), maxBytes: 1 } },
      /deadLetter: expected deadLetterTable/,
    ],
    ['appendOnly that is no boolean', { database: 'db', appendOnly: 'yes' }, /appendOnly: expected a boolean/],
  ])('for %s', (_, options, problem) => {
    expect(
      problemsOf(() => createIcebergRouter(untyped<RouterOptions>(options)).otherwise('fail').handler()).join('\n'),
    ).toMatch(problem)
  })

  it.each<[string, unknown, RegExp]>([
    ['no route', undefined, /route 1: expected a route, "fail" or "drop", got undefined/],
    ['a misspelt ending', 'Drop', /got "Drop"/],
    ['an unknown option', { table, transform, tabel: 1 }, /route 1: unknown option "tabel"/],
    ['no table', { transform }, /table: expected what defineTable\(\) returns/],
    ['no transform', { table }, /route 1: transform: expected a function, or select/],
    ['a schema that is none', { table, transform, schema: {} }, /schema: expected a Standard Schema/],
    ['tables that are none', { table, transform, tables: [{}] }, /tables: expected a list of what defineTable/],
    ['an empty that is none', { table, transform, empty: 'skip' }, /empty: expected "fail" or "drop", got "skip"/],
    ['a name that is none', { table, transform, name: 7 }, /name: expected a string/],
    [
      'an operation Firehose does not know',
      { table, transform, operation: 'upsert' },
      /operation: expected insert, update, delete or a function, got "upsert"/,
    ],
    [
      'update without keys',
      { table, transform, operation: 'update' },
      /update needs unique keys; add uniqueKeys to the table log/,
    ],
  ])('for a route with %s', (_, route, problem) => {
    expect(problemsOf(() => router.on({ a: 1 }, untyped<'drop'>(route)).handler()).join('\n')).toMatch(problem)
    expect(problemsOf(() => router.otherwise(untyped<'drop'>(route)).handler())).toHaveLength(1)
  })

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /the pattern: expected an object/],
    ['a literal', 'Send', /the pattern: expected an object/],
    ['an empty pattern', {}, /at least one field; use otherwise/],
    ['an empty pattern inside', { a: { b: {} } }, /the pattern at a.b: expected at least one field/],
    ['no alternatives', { a: [] }, /the pattern at a: expected a string/],
    ['objects as alternatives', { a: [{ b: 1 }] }, /the pattern at a: expected a string/],
    ['undefined', { a: undefined }, /the pattern at a: expected a string/],
    ['NaN', { a: Number.NaN }, /the pattern at a: expected a string/],
    ['a function inside', { a: () => true }, /the pattern at a: expected a string/],
  ])('for a matcher that is %s', (_, matcher, problem) => {
    expect(problemsOf(() => router.on(untyped<{ a: 1 }>(matcher), 'drop').handler()).join('\n')).toMatch(problem)
  })

  it('for a pattern that can never be reached', () => {
    const build = (): unknown =>
      router
        .on({ a: [1, 2] }, 'drop')
        .on({ a: 1, b: 2 }, 'fail')
        .on({ a: 3 }, 'drop')
        .handler()
    expect(problemsOf(build)).toEqual(['route 2: can never match, because route 1 takes all of its events'])
  })

  it('for two declarations of one table', () => {
    const other = defineTable({ name: 'log', columns: { id: t.string() } })
    const build = (): unknown =>
      router.on({ a: 1 }, { table, transform }).otherwise({ table: other, transform }).handler()
    expect(problemsOf(build)).toEqual(['table log: declared more than once; use one defineTable() for all its routes'])
  })

  it('for a dead-letter table with the name of another', () => {
    const build = (): unknown =>
      createIcebergRouter({ database: 'db', deadLetter: deadLetterTable('log') })
        .otherwise({ table, transform })
        .handler()
    expect(problemsOf(build)).toEqual(['table log: declared more than once; use one defineTable() for all its routes'])
  })

  it('for anything but inserts into an append-only stream', () => {
    const keyed = defineTable({ name: 'keyed', columns: { id: t.string() }, uniqueKeys: ['id'] })
    const build = (): unknown =>
      createIcebergRouter({ database: 'db', appendOnly: true })
        .otherwise({ table: keyed, operation: 'update', transform })
        .handler()
    expect(problemsOf(build)).toEqual(['otherwise: operation: an append-only stream takes nothing but inserts'])
  })

  it('with all problems at once', () => {
    const build = (): unknown =>
      createIcebergRouter({ database: 'DB' })
        .on({ a: {} }, untyped<'drop'>({}))
        .on(untyped<{ a: 1 }>(null), 'drop')
        .handler()
    expect(problemsOf(build)).toHaveLength(5)
  })
})

it('a computed operation may not update an append-only stream', async () => {
  expect(
    problemsOf(() =>
      createIcebergRouter({ database: 'db', appendOnly: true })
        .otherwise({ table, operation: () => 'insert', transform })
        .handler(),
    ),
  ).toHaveLength(1)
})

it('a router stays as it is when routes are added', async () => {
  const base = router.on({ a: 1 }, 'drop')
  base.on({ a: 2 }, 'drop')
  expect(() => base.on({ a: 2 }, 'fail').handler()).not.toThrow()
})
