import * as fc from 'fast-check'
import {
  createIcebergRouter,
  defineTable,
  type FinishedRouter,
  type Outcome,
  RetryBatchError,
  select,
  t,
} from 'firehose-iceberg-router'
import { describe, expect, it, vi } from 'vitest'
import { createDeadline } from '../../src/router/deadline.ts'
import { type PoolOptions, runPool } from '../../src/router/pool.ts'
import { clockMs, passTime, spend, timed, useTestClock } from '../support/clock.ts'
import { eventOf } from '../support/events.ts'
import { runs } from '../support/runs.ts'

const log = defineTable({ name: 'log', columns: { id: t.string() } })
const silent = { database: 'db', onBatch: [] }
const row = { id: 'a' }
const wait = async (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
const never = new Promise<typeof row>(() => undefined)
const codes = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map((outcome) => (outcome.status === 'failed' ? outcome.failure.code : outcome.status))
const leaves = (ms: number): { getRemainingTimeInMillis: () => number } => ({ getRemainingTimeInMillis: () => ms })

function routerOf(transform: (event: { n?: unknown }) => unknown, options: object = {}): FinishedRouter {
  return createIcebergRouter<{ n?: unknown }>({ ...silent, ...options }).otherwise({
    table: log,
    transform: transform as () => typeof row,
  })
}

describe('a record that does not finish', () => {
  useTestClock()

  it.each([
    ['matcher', (): FinishedRouter => createIcebergRouter(silent).on(() => never as never, 'drop')],
    [
      'schema',
      (): FinishedRouter =>
        createIcebergRouter(silent).otherwise({
          schema: { '~standard': { version: 1, vendor: 'none', validate: () => never as never } },
          table: log,
          transform: () => row,
        }),
    ],
  ])('for its %s', async (_, build) => {
    const { outcomes } = await timed(build(), [{}], 20)
    expect(codes(outcomes)).toEqual(['DeadlineExceeded'])
  })

  it('as Lambda calls the handler', async () => {
    const handler = routerOf(() => never).handler()
    const { value } = await passTime(() => handler(eventOf([{}]), leaves(20)))
    expect(value.records).toMatchObject([{ recordId: 'record-0', result: 'ProcessingFailed' }])
  })

  it('and those behind it were never started', async () => {
    const started: unknown[] = []
    const router = routerOf(
      ({ n }) => {
        started.push(n)
        return never
      },
      { concurrency: 2 },
    )
    const { outcomes } = await timed(router, [{ n: 0 }, { n: 1 }, { n: 2 }], 20)
    expect(codes(outcomes)).toEqual(['DeadlineExceeded', 'DeadlineExceeded', 'DeadlineExceeded'])
    expect(started).toEqual([0, 1])
  })

  it('may end as it likes afterwards', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const router = routerOf(async ({ n }) => {
      await wait(40)
      throw n === 0 ? new Error('late') : new RetryBatchError('late')
    })
    const { outcomes } = await timed(router, [{ n: 0 }, { n: 1 }], 20)
    await passTime(() => wait(60))
    await new Promise(setImmediate)
    process.off('unhandledRejection', unhandled)
    expect(codes(outcomes)).toEqual(['DeadlineExceeded', 'DeadlineExceeded'])
    expect(unhandled).not.toHaveBeenCalled()
  })
})

describe('the time that an invocation takes', () => {
  useTestClock()

  it('ends with the records that are done, if one does not finish', async () => {
    const router = routerOf(({ n }) => (n === 1 ? never : row))
    const { tookMs, outcomes } = await timed(router, [{ n: 0 }, { n: 1 }, { n: 2 }], 80)
    expect(tookMs).toBe(40)
    expect(codes(outcomes)).toEqual(['delivered', 'DeadlineExceeded', 'delivered'])
  })

  it('ends between synchronous records too', async () => {
    const router = routerOf(() => {
      spend(15)
      return row
    })
    const { outcomes } = await timed(router, [{}, {}, {}, {}], 40)
    expect(codes(outcomes)).toEqual(['delivered', 'delivered', 'DeadlineExceeded', 'DeadlineExceeded'])
  })

  const cheapThenSlow = [
    ...Array.from({ length: 100 }, () => ({ n: 0 })),
    ...Array.from({ length: 40 }, () => ({ n: 250 })),
  ]
  const builds: [string, (transform: (event: { n?: unknown }) => unknown) => FinishedRouter][] = [
    ['transforms', routerOf],
    [
      'transforms with a context',
      (transform) =>
        createIcebergRouter<{ n?: unknown }>(silent)
          .batchContext(() => 1)
          .otherwise({ table: log, transform: transform as never }),
    ],
    [
      'transforms behind one that waits',
      (transform) => routerOf((event) => (event.n === 0 ? Promise.resolve(row) : transform(event))),
    ],
  ]
  it.each(builds)(
    'exceeds the deadline by one record at most, after 100 cheap records and 40 of 250 ms: %s',
    async (_, build) => {
      const router = build(({ n }) => {
        spend(Number(n))
        return row
      })
      const { tookMs, outcomes } = await timed(router, cheapThenSlow, 5000)
      // 4,000 ms are for records.
      expect(tookMs).toBe(4000)
      expect(codes(outcomes).filter((code) => code === 'delivered')).toHaveLength(116)
    },
  )

  it('exceeds it by one record at most, whatever the sequence', async () => {
    const costs = fc.array(fc.oneof(fc.constant(0), fc.constantFrom(0.01, 0.3, 1, 7, 90, 400)), { maxLength: 80 })
    await fc.assert(
      fc.asyncProperty(costs, fc.integer({ min: 1, max: 2000 }), async (all, leftMs) => {
        const router = routerOf(({ n }) => {
          spend(Number(n))
          return row
        })
        const { tookMs } = await timed(
          router,
          all.map((n) => ({ n })),
          leftMs,
        )
        // The coarse clock shows a millisecond that has passed, the exact one is asked at every 16th record at least.
        expect(tookMs).toBeLessThanOrEqual(leftMs / 2 + 1 + 0.3 * 16 + Math.max(0, ...all))
      }),
      { numRuns: runs(500) },
    )
  })
})

describe('records that hang', () => {
  useTestClock()

  const hang = ({ n }: { n?: unknown }): unknown => (n === 'hang' ? never : row)
  const many = [
    ...Array.from({ length: 16 }, () => ({ n: 'hang' })),
    ...Array.from({ length: 400 }, () => ({ n: 'a' })),
  ]
  const expected = [
    ...Array.from({ length: 16 }, () => 'DeadlineExceeded'),
    ...Array.from({ length: 400 }, () => 'delivered'),
  ]
  const later = async (event: { n?: unknown }): Promise<unknown> => {
    if (event.n !== 'hang') await wait(5)
    return hang(event)
  }
  const start = createIcebergRouter<{ n?: unknown }>(silent)

  it.each<[string, FinishedRouter]>([
    ['synchronous ones', routerOf(hang)],
    ['asynchronous ones', routerOf(later)],
    ['those with a context', start.batchContext(() => 1).otherwise({ table: log, transform: hang as never })],
    [
      'those behind a matcher',
      start.on(async (event) => (await hang(event)) === row, { table: log, transform: () => row }),
    ],
    [
      'those of select',
      createIcebergRouter<{ n: 'hang' | 'a' }>(silent)
        .on({ n: 'a' }, { table: log, transform: select({ id: 'n' }) })
        .otherwise({ table: log, transform: () => never }),
    ],
  ])('do not fail %s', async (_, router) => {
    const { outcomes, tookMs } = await timed(router, many, 10_000)
    expect(codes(outcomes)).toEqual(expected)
    expect(tookMs).toBe(9000)
  })

  it('lose their slots to those that wait for one, and none is lost that ends in time', async () => {
    const started: number[] = []
    const router = routerOf(
      async ({ n }) => {
        started.push(Math.round(clockMs() - startedAt))
        await wait(Number(n))
        return row
      },
      { concurrency: 2 },
    )
    const startedAt = clockMs()
    const { outcomes } = await timed(router, [{ n: 3000 }, { n: 99_999 }, { n: 10 }, { n: 10 }, { n: 10 }], 5000)
    expect(codes(outcomes)).toEqual(['delivered', 'DeadlineExceeded', 'delivered', 'delivered', 'delivered'])
    // 4,000 ms for the two that run and two rounds of two.
    expect(started).toEqual([0, 0, 1333, 1333, 1343])
  })

  it('keep their slots while nothing waits for one, and for a short time', async () => {
    let inFlight = 0
    let most = 0
    const router = routerOf(
      async () => {
        most = Math.max(most, ++inFlight)
        await wait(90)
        inFlight--
        return row
      },
      { concurrency: 3 },
    )
    await timed(
      router,
      Array.from({ length: 30 }, () => ({})),
      1000,
    )
    expect(most).toBe(3)
  })
})

describe('the deadline', () => {
  useTestClock()

  it.each<[string, unknown, number, number]>([
    ['is a margin before the end', leaves(10_000), 1000, 9000],
    ['leaves half of a short time', leaves(1000), 1000, 500],
    ['is five minutes at most', leaves(900_000), 1000, 299_000],
    ['is five minutes without a context', undefined, 1000, 299_000],
    [
      'is five minutes with a context that throws',
      {
        getRemainingTimeInMillis: () => {
          throw new Error('no')
        },
      },
      1000,
      299_000,
    ],
    ['is five minutes with a context that does not know', leaves(Number.NaN), 1000, 299_000],
  ])('%s', (_, context, marginMs, expected) => {
    expect(createDeadline(context, marginMs).workMs()).toBe(expected)
  })

  it.each<[string, unknown, number, number]>([
    ['three quarters of the margin', leaves(10_000), 1000, 9750],
    ['three quarters of the half of a short time', leaves(1000), 1000, 875],
    ['nothing without a margin', leaves(1000), 0, 1000],
  ])('leaves putting back %s more than records have', (_, context, marginMs, expected) => {
    expect(createDeadline(context, marginMs).putMs()).toBe(expected)
  })

  it('is five minutes if the time left is not known, and at once if none is left', () => {
    expect(createDeadline({}, 0).workMs()).toBe(300_000)
    expect(createDeadline(null, 0).workMs()).toBe(300_000)
    expect(createDeadline(leaves(-1), 0).workMs()).toBe(300_000)
    expect(createDeadline({ getRemainingTimeInMillis: () => '5' }, 0).workMs()).toBe(300_000)
    expect(createDeadline(leaves(0), 0).workMs()).toBe(0)
  })

  it('comes nearer as time passes, to the microsecond', () => {
    const { elapsedMs, workMs, putMs } = createDeadline(leaves(10_000), 1000)
    spend(2500.25)
    expect([elapsedMs(), workMs(), putMs()]).toEqual([2500.25, 6499.75, 7249.75])
  })
})

describe('RetryBatchError', () => {
  const retry = (): never => {
    throw new RetryBatchError('the service is down')
  }
  const table = log
  const transform = (): typeof row => row
  const schema = (validate: () => never): never => ({ '~standard': { version: 1, vendor: 'none', validate } }) as never
  const router = createIcebergRouter(silent)
  it.each<[string, FinishedRouter]>([
    ['a transform', router.otherwise({ table, transform: retry })],
    ['an asynchronous transform', router.otherwise({ table, transform: async () => retry() })],
    ['a generator', router.otherwise({ table, transform: (() => ({ [Symbol.iterator]: retry })) as never })],
    [
      'a getter of a row',
      router.otherwise({
        table,
        transform: () => ({
          get id(): string {
            return retry()
          },
        }),
      }),
    ],
    ['a matcher', router.on(retry, 'drop')],
    ['an asynchronous matcher', router.on(async () => retry(), 'drop')],
    ['a schema', router.otherwise({ table, schema: schema(retry), transform })],
    ['an asynchronous schema', router.otherwise({ table, schema: schema((async () => retry()) as never), transform })],
    ['an operation', router.otherwise({ table, operation: retry, transform })],
    ['batchContext', router.batchContext(retry).otherwise({ table, transform })],
  ])('of %s makes the handler reject', async (_, built) => {
    await expect(built.handler()(eventOf([{}, {}]))).rejects.toThrow('the service is down')
  })

  it('ends an invocation while others wait', async () => {
    const built = routerOf(({ n }) => (n === 0 ? never : wait(5).then(retry)))
    await expect(built.runBatch(eventOf([{ n: 0 }, { n: 1 }]))).rejects.toBeInstanceOf(RetryBatchError)
  })
})

describe('the pool', () => {
  it('keeps the order and its bound, whatever waits how long', async () => {
    const durations = fc.array(fc.option(fc.nat(3), { nil: undefined }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(durations, fc.integer({ min: 1, max: 6 }), async (all, concurrency) => {
        let inFlight = 0
        let most = 0
        const start = (index: number): { index: number } | Promise<{ index: number }> => {
          const turns = all[index]
          if (turns === undefined) return { index }
          most = Math.max(most, ++inFlight)
          return spin(turns).then(() => {
            inFlight--
            return { index }
          })
        }
        const pool = { count: all.length, concurrency, start, leftMs: () => 1000, failLate: () => ({ index: -1 }) }
        const results = await runPool(pool)
        expect(results.map(({ index }) => index)).toEqual(all.map((_, index) => index))
        expect(most).toBe(Math.min(concurrency, all.filter((turns) => turns !== undefined).length))
      }),
      { numRuns: runs(1000) },
    )
  })

  it('keeps 16 in flight by default', async () => {
    let inFlight = 0
    let most = 0
    const router = routerOf(async () => {
      most = Math.max(most, ++inFlight)
      await spin(3)
      inFlight--
      return row
    })
    await router.runBatch(eventOf(Array.from({ length: 100 }, () => ({}))))
    expect(most).toBe(16)
  })

  /** A pool by a clock that only the test moves. */
  function poolOf(start: (index: number) => Row | Promise<Row>, options: Partial<PoolOptions<Row>> = {}) {
    const startedAt = clockMs()
    const leftMs = (): number => 10_000 - (clockMs() - startedAt)
    return runPool<Row>({
      count: 3,
      concurrency: 1,
      start,
      leftMs,
      failLate: (index) => ({ index, late: true }),
      ...options,
    })
  }
  interface Row {
    readonly index: number
    readonly late?: boolean
  }

  it('rejects with what a record that waited throws, and starts no more', async () => {
    const started: number[] = []
    const rejected = poolOf(async (index) => {
      started.push(index)
      await undefined
      throw new Error('no')
    })
    await expect(rejected).rejects.toThrow('no')
    expect(started).toEqual([0])
  })

  it('rejects with what a synchronous record throws behind one that waits', async () => {
    const rejected = poolOf((index) => {
      if (index === 1) throw new Error('no')
      return spin(1).then(() => ({ index }))
    })
    await expect(rejected).rejects.toThrow('no')
  })

  it('neither starts nor waits for what is finished already', async () => {
    const started: number[] = []
    const results = await poolOf(
      (index) => {
        started.push(index)
        return spin(1).then(() => ({ index }))
      },
      { count: 5, finished: (index) => (index % 2 === 1 ? { index: -index } : undefined) },
    )
    expect(started).toEqual([0, 2, 4])
    expect(results).toEqual([{ index: 0 }, { index: -1 }, { index: 2 }, { index: -3 }, { index: 4 }])
  })
})

describe('the timers of the pool', () => {
  useTestClock()

  it('end with it', async () => {
    const router = routerOf(async () => row, { concurrency: 1 })
    await router.runBatch(eventOf([{}, {}, {}]), leaves(10_000))
    expect(vi.getTimerCount()).toBe(0)
    await timed(
      routerOf(() => never, { concurrency: 1 }),
      [{}, {}, {}],
      1000,
    )
    expect(vi.getTimerCount()).toBe(0)
  })

  it('give up a slot after a tenth of a second at the earliest', async () => {
    const started: number[] = []
    const startedAt = clockMs()
    const router = routerOf(
      () => {
        started.push(clockMs() - startedAt)
        return never
      },
      { concurrency: 1, deadlineMarginMs: 0 },
    )
    const { tookMs } = await timed(
      router,
      Array.from({ length: 20 }, () => ({})),
      350,
    )
    expect([started, tookMs]).toEqual([[0, 100, 200, 300], 350])
  })
})

async function spin(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await undefined
}
