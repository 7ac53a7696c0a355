import {
  createIcebergRouter,
  defineTable,
  type FinishedRouter,
  type FirehoseRecord,
  IcebergRouterError,
  type Outcome,
  rowId,
  rowTo,
  t,
} from 'firehose-iceberg-router'
import { reingestTarget } from 'firehose-iceberg-router/reingest'
import { describe, expect, it } from 'vitest'
import { eventOf, rowsOf, SOURCES } from '../support/events.ts'
import { createTestStream, headOf, type TestStream, textOf } from '../support/stream.ts'

const items = defineTable({ name: 'items', columns: { id: t.string() } })
const keyed = defineTable({ name: 'keyed', columns: { id: t.string(), n: t.nullable(t.long()) }, uniqueKeys: ['id'] })
const silent = { database: 'db', onBatch: () => undefined }
const ids = (count: number): { id: string }[] => Array.from({ length: count }, (_, index) => ({ id: String(index) }))

/** A router whose transform returns what the test says, whatever the types think of it. */
function routerOf(
  result: unknown,
  stream: TestStream | undefined = createTestStream(),
  route: object = {},
): FinishedRouter {
  const options = stream === undefined ? silent : { ...silent, reingest: stream.target, unordered: true }
  const transform = (): { id: string } => result as { id: string }
  return createIcebergRouter(options).otherwise({ table: items, tables: [keyed], transform, ...route })
}

const codeOf = (outcome: Outcome | undefined): string | undefined =>
  outcome?.status === 'failed' ? outcome.failure.code : outcome?.status

/** What an async function that fails leaves behind where nobody awaits it. */
async function late(): Promise<never> {
  throw new Error('late')
}

describe('one row of several', () => {
  it('that is too large for an envelope fails the record, wherever it is in the list', async () => {
    const large = { id: 'x'.repeat(1_023_900) }
    for (const rows of [
      [{ id: 'a' }, large, { id: 'b' }],
      [{ id: 'a' }, { id: 'b' }, large],
    ]) {
      const stream = createTestStream()
      const { outcomes } = await routerOf(rows, stream).runBatch(eventOf([{}]))
      expect(outcomes.map(codeOf)).toEqual(['EnvelopeTooLarge'])
      expect(stream.items).toEqual([])
    }
  })

  it('that is an update fails the record, and the message says what to do', async () => {
    const options = { ...silent, reingest: createTestStream().target }
    const transform = (): { id: string }[] => [{ id: 'a' }, rowTo(keyed, { id: 'b', n: 1 }, 'update') as never]
    const { outcomes } = await createIcebergRouter(options)
      .otherwise({ table: items, tables: [keyed], transform })
      .runBatch(eventOf([{}]))
    const message =
      'expected insert for each of several rows, got update: it may reach the table after a newer row of its key; return one row, or allow it with unordered: true'
    expect(outcomes).toMatchObject([{ failure: { code: 'InvalidOperation', message, table: 'keyed' } }])
  })
})

describe('several rows of one record', () => {
  it.each([
    ['a list', () => ids(3)],
    ['a generator', () => ids(3).values()],
    ['a set', () => new Set(ids(3))],
    ['a promise of a list', () => Promise.resolve(ids(3))],
  ])('as %s: the first is the answer, the others go onto the stream', async (_, rows) => {
    const stream = createTestStream()
    const { outcomes, response, report } = await routerOf(rows(), stream).runBatch(eventOf([{}]))
    expect(rowsOf(response)).toEqual([{ id: '0' }])
    expect(outcomes).toMatchObject([{ status: 'delivered', extraRows: 2 }])
    expect(report.extraRows).toBe(2)
    const heads = stream.items.map((item) => headOf(textOf(item)))
    const head = { kind: 'row', origin: 'record-0', hops: 1, database: 'db', table: 'items', operation: 'insert' }
    expect(heads).toEqual([
      { ...head, index: 1 },
      { ...head, index: 2 },
    ])
    const second = await routerOf(rows(), stream).runBatch(eventOf(stream.items.map(textOf)))
    expect(rowsOf(second.response)).toEqual([{ id: '1' }, { id: '2' }])
    expect(second.outcomes).toMatchObject([
      { route: 'reingested', table: 'items', origin: { recordId: 'record-0', index: 1, hops: 1 } },
      { route: 'reingested', table: 'items', origin: { recordId: 'record-0', index: 2, hops: 1 } },
    ])
  })

  it('may go to other tables and with other operations', async () => {
    const stream = createTestStream()
    const rows = [rowTo(keyed, { id: 'a', n: 1 }, 'update'), { id: 'b' }, rowTo(keyed, { id: 'c' }, 'delete')]
    const { outcomes } = await routerOf(rows, stream).runBatch(eventOf([{}]))
    expect(outcomes).toMatchObject([{ table: 'keyed', operation: 'update' }])
    const again = await routerOf(rows, stream).runBatch(eventOf(stream.items.map(textOf)))
    expect(again.outcomes).toMatchObject([
      { table: 'items', operation: 'insert' },
      { table: 'keyed', operation: 'delete' },
    ])
  })

  it.each<[string, unknown, string, string]>([
    ['an empty list', [], 'NoRows', "empty: 'drop'"],
    [
      'a table not named',
      [rowTo(defineTable({ name: 'other', columns: { id: t.string() } }), { id: 'a' })],
      'UndeclaredTable',
      'tables',
    ],
    ['an update without keys', [rowTo(items, { id: 'a' }, 'update' as 'insert')], 'InvalidOperation', 'unique keys'],
    [
      'an operation that is none',
      [rowTo(items, { id: 'a' }, 'upsert' as 'insert')],
      'InvalidOperation',
      'expected insert',
    ],
    ['one broken row', [{ id: 'a' }, { id: 1 }], 'WrongType', 'expected a string'],
    ['a list of lists', [[{ id: 'a' }], { id: 'b' }], 'NotARow', 'an array'],
    [
      'a generator that throws',
      {
        [Symbol.iterator]: () => {
          throw new TypeError('secret')
        },
      },
      'TransformThrew',
      'a TypeError',
    ],
    [
      'a list without end',
      {
        *[Symbol.iterator]() {
          for (;;) yield { id: 'a' }
        },
      },
      'TooManyRows',
      '10000',
    ],
  ])('%s fails the record, and nothing is put back', async (_, rows, code, message) => {
    const stream = createTestStream()
    const { outcomes } = await routerOf(rows, stream).runBatch(eventOf([{}]))
    expect(outcomes).toMatchObject([{ failure: { code, message: expect.stringContaining(message) } }])
    expect(stream.items).toEqual([])
  })

  it.each<[string, () => unknown]>([
    ['among rows', () => [{ id: 'a' }, late(), late()]],
    ['for a table', () => [rowTo(items, late() as never)]],
    ['too many of them', () => Array.from({ length: 10_001 }, late)],
  ])('promises %s fail the record, and their rejections end nothing', async (_, rows) => {
    const stream = createTestStream()
    const { outcomes } = await routerOf(rows(), stream).runBatch(eventOf([{}]))
    expect(outcomes).toMatchObject([{ failure: { code: 'NotARow', message: expect.stringContaining('Promise.all') } }])
    expect(stream.items).toEqual([])
    await new Promise(setImmediate)
  })

  it.each([
    [
      'a list',
      (): { readonly rows: unknown; readonly reads: () => number } => {
        let reads = 0
        const get = (_: unknown, key: string | symbol): unknown => {
          if (key === 'length') return 10_000_000
          if (typeof key === 'symbol' || !/^\d+$/.test(key)) return Array.prototype[key as typeof Symbol.iterator]
          reads++
          return { id: 'a' }
        }
        return { rows: new Proxy([], { get }), reads: () => reads }
      },
    ],
    [
      'a generator',
      (): { readonly rows: unknown; readonly reads: () => number } => {
        let reads = 0
        const rows = function* (): Iterable<unknown> {
          for (; reads < 10_000_000; ) {
            reads++
            yield { id: 'a' }
          }
        }
        return { rows: rows(), reads: () => reads }
      },
    ],
  ])('ten million rows of %s are refused without being read', async (_, make) => {
    const { rows, reads } = make()
    const { outcomes } = await routerOf(rows).runBatch(eventOf([{}]))
    expect(outcomes.map(codeOf)).toEqual(['TooManyRows'])
    expect(reads()).toBe(10_001)
  })

  it('an empty list is dropped where the route says so', async () => {
    const { outcomes } = await routerOf([], createTestStream(), { empty: 'drop' }).runBatch(eventOf([{}]))
    expect(outcomes.map(codeOf)).toEqual(['dropped'])
  })

  it('fail without a target, and a list of one does not', async () => {
    const one = await routerOf(ids(1), undefined).runBatch(eventOf([{}]))
    expect(one.outcomes.map(codeOf)).toEqual(['delivered'])
    const two = await createIcebergRouter(silent)
      .otherwise({ table: items, transform: () => ids(2) as unknown as { id: string } })
      .runBatch(eventOf([{}]))
    expect(two.outcomes).toMatchObject([
      { failure: { code: 'SeveralRows', message: expect.stringContaining('2 rows') } },
    ])
  })

  it('fail together where one of them could not be put back, and what was accepted is counted', async () => {
    const fates = ['accepted', 'throttled', 'accepted'] as const
    let next = 0
    const stream = createTestStream({ fate: () => fates[next++] ?? 'accepted' })
    const { outcomes, response, report } = await routerOf(ids(4), stream).runBatch(eventOf([{}]))
    const message = '1 of 3 could not be put back onto the stream: ServiceUnavailableException'
    expect(outcomes).toMatchObject([{ failure: { code: 'ReingestFailed', message }, acceptedRows: 2 }])
    expect(response.records[0]?.result).toBe('ProcessingFailed')
    expect(report).toMatchObject({ failed: 1, duplicates: 2, extraRows: 0 })
  })

  it('are refused clearly where the target cannot write to the source', async () => {
    const target = reingestTarget({ put: async (all) => all.map(() => ({ accepted: false, reason: 'MskSource' })) })
    const router = createIcebergRouter({ ...silent, reingest: target }).otherwise({
      table: items,
      transform: () => ids(2),
    })
    const { outcomes } = await router.runBatch(eventOf([{}], 'msk'))
    expect(outcomes).toMatchObject([
      { failure: { code: 'ReingestFailed', message: expect.stringContaining('MskSource') } },
    ])
  })

  it.each(SOURCES)('a target is told where the records came from (%s)', async (source) => {
    const stream = createTestStream()
    const event = eventOf([{}], source)
    await routerOf(ids(2), stream).runBatch(event)
    const { deliveryStreamArn, sourceKinesisStreamArn, sourceMSKArn } = event
    expect(stream.calls).toMatchObject([{ deliveryStreamArn }])
    expect(stream.calls[0]?.sourceKinesisStreamArn).toBe(sourceKinesisStreamArn)
    expect(stream.calls[0]?.sourceMSKArn).toBe(sourceMSKArn)
    expect(stream.calls[0]?.remainingMs()).toBeGreaterThan(0)
    expect(stream.items.map(({ partitionKey }) => partitionKey)).toEqual([source === 'kinesis' ? 'k' : undefined])
  })

  it('are encoded once: what went round is byte for byte what the table would have got', async () => {
    const all = defineTable({
      name: 'all',
      columns: { at: t.timestamp(), big: t.long(), price: t.decimal(10, 2), data: t.json(), text: t.string() },
    })
    const row = {
      at: new Date(86_400_000),
      big: 2n ** 60n,
      price: '1.50',
      data: { a: ['"', null] },
      text: '{"a":1}\u2028',
    }
    const stream = createTestStream()
    const router = createIcebergRouter({ ...silent, reingest: stream.target }).otherwise({
      table: all,
      transform: () => [row, row],
    })
    const { outcomes } = await router.runBatch(eventOf([{}]))
    const again = await router.runBatch(eventOf(stream.items.map(textOf)))
    const texts = [...outcomes, ...again.outcomes].map((outcome) => outcome.status === 'delivered' && outcome.row)
    expect(texts[1]).toBe(texts[0])
    expect(texts[0]).toContain('86400000000')
  })
})

describe('rowId', () => {
  it('is the id of the record as it first came, and the place of the row', async () => {
    const stream = createTestStream()
    const seen: FirehoseRecord[] = []
    const router = createIcebergRouter({
      ...silent,
      reingest: stream.target,
      overflow: 'reingest',
      responseBudgetBytes: 900,
    }).otherwise({
      table: items,
      transform: (_, record) => {
        seen.push(record)
        return [{ id: rowId(record).padEnd(400, '.') }, { id: rowId(record, 1) }]
      },
    })
    const event = eventOf([{ n: 1 }, { n: 2 }], 'kinesis')
    const first = await router.runBatch(event)
    expect(first.outcomes.map(codeOf)).toEqual(['delivered', 'reingested'])
    const texts = stream.items.map(textOf).filter((text) => headOf(text)?.kind === 'record')
    const again = await router.runBatch(eventOf(texts))
    expect(again.outcomes).toMatchObject([{ recordId: 'record-0', origin: { recordId: 'record-1', hops: 1 } }])
    expect(seen[2]).toEqual(event.records[1])
    expect(rowsOf(again.response)[0]?.['id']).toMatch(/^record-1#0\./)
  })
})

describe('a target that throws', () => {
  it.each<[string, unknown, string]>([
    [
      'its own code where the package throws',
      new IcebergRouterError('MissingDependency', 'no SDK'),
      'TargetFailed:MissingDependency',
    ],
    ['nothing of what anything else throws', new Error('secret'), 'TargetFailed'],
  ])('is told of with %s', async (_, error, reason) => {
    const put = (): never => {
      throw error
    }
    const options = { ...silent, reingest: reingestTarget({ put }) }
    const router = createIcebergRouter(options).otherwise({ table: items, transform: () => ids(2) })
    const { outcomes } = await router.runBatch(eventOf([{}]))
    const message = `1 of 1 could not be put back onto the stream: ${reason}`
    expect(outcomes).toMatchObject([{ status: 'failed', failure: { code: 'ReingestFailed', message } }])
  })
})
