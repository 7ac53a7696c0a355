import { createIcebergRouter, defineTable, type RouterOptions, rowTo, select, t } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { eventOf } from '../support/events.ts'
import { createTestStream } from '../support/stream.ts'

const keyed = defineTable({ name: 'keyed', columns: { id: t.string() }, uniqueKeys: ['id'] })
const log = defineTable({ name: 'log', columns: { id: t.string() } })
const bySelect = select({ id: 'id' })
const byFunction = ({ id }: { id: string }): { id: string } => ({ id })
const base = { database: 'db', onBatch: [] }

function build(options: object, ...routes: object[]): unknown {
  const [last, ...others] = routes.reverse()
  const start = createIcebergRouter<{ id: string }>({ ...base, ...options } as RouterOptions)
  const router = others.reduce<typeof start>(
    (built, route, n) => built.on({ id: `${n}` } as never, route as never),
    start,
  )
  return router.otherwise(last as never).handler()
}

describe('updates and deletes in a router with a target', () => {
  const { target: reingest } = createTestStream()
  const back = { reingest, overflow: 'reingest' }

  it.each<[string, object, object[]]>([
    ['an update, if what does not fit goes back', back, [{ table: keyed, operation: 'update', transform: bySelect }]],
    ['a delete, if what does not fit goes back', back, [{ table: keyed, operation: 'delete', transform: bySelect }]],
    ['a computed operation', back, [{ table: keyed, operation: () => 'insert', transform: byFunction }]],
    [
      'an update by a function, which may return several rows',
      { reingest },
      [{ table: keyed, operation: 'update', transform: byFunction }],
    ],
    [
      'a delete, if a function of another route may return several rows',
      { reingest },
      [
        { table: keyed, operation: 'delete', transform: bySelect },
        { table: keyed, transform: byFunction },
      ],
    ],
  ])('are refused: %s', (_, options, routes) => {
    expect(() => build(options, ...routes)).toThrow(/may reach its table after a newer row .* unordered: true/)
    expect(build({ ...options, unordered: true }, ...routes)).toBeTypeOf('function')
  })

  it.each<[string, object, object[]]>([
    ['inserts', back, [{ table: keyed, transform: byFunction }]],
    [
      'an update by select, if nothing goes back',
      { reingest },
      [{ table: keyed, operation: 'update', transform: bySelect }],
    ],
    ['an update without a target', {}, [{ table: keyed, operation: 'update', transform: byFunction }]],
  ])('are taken: %s', (_, options, routes) => {
    expect(build(options, ...routes)).toBeTypeOf('function')
  })

  it('is a yes or a no', () => {
    expect(() => build({ unordered: 1 }, { table: keyed, transform: byFunction })).toThrow(
      /unordered: expected a boolean/,
    )
  })
})

describe.each(['update', 'delete'] as const)('a row that asks for an %s itself', (operation) => {
  const run = async (rows: readonly unknown[], options: object): Promise<unknown[]> => {
    const { target: reingest, items } = createTestStream()
    const router = createIcebergRouter({
      ...base,
      reingest,
      overflow: 'reingest',
      responseBudgetBytes: 1500,
      ...options,
    }).otherwise({
      table: log,
      tables: [keyed],
      transform: () => rows as never,
    })
    const { outcomes } = await router.runBatch(eventOf([{}, {}]))
    return [...outcomes.map((one) => (one.status === 'failed' ? one.failure.code : one.status)), items.length]
  }
  const large = rowTo(keyed, { id: 'x'.repeat(800) }, operation)

  it('fails its record among several rows', async () => {
    const rows = [{ id: 'a' }, rowTo(keyed, { id: 'b' }, operation)]
    expect(await run(rows, {})).toEqual(['InvalidOperation', 'InvalidOperation', 0])
    expect(await run(rows.toReversed(), {})).toEqual(['InvalidOperation', 'InvalidOperation', 0])
    expect(await run(rows, { unordered: true })).toEqual(['delivered', 'delivered', 2])
  })

  it('does not go back if it does not fit', async () => {
    expect(await run([large], {})).toEqual(['delivered', 'ResponseTooLarge', 0])
    expect(await run([large], { unordered: true })).toEqual(['delivered', 'reingested', 1])
  })
})
