import {
  createIcebergRouter,
  defineTable,
  isIcebergRouterError,
  type Outcome,
  RetryBatchError,
  t,
} from 'firehose-iceberg-router'
import { describe, expect, it, vi } from 'vitest'
import { passTime, useTestClock } from '../support/clock.ts'
import { eventOf } from '../support/events.ts'
import { createTestStream, textOf } from '../support/stream.ts'

interface Ask {
  readonly id: string
  readonly skip?: boolean
}

const log = defineTable({ name: 'log', columns: { id: t.string() } })
const silent = { database: 'db', onBatch: [] }
const codes = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map((outcome) => (outcome.status === 'failed' ? outcome.failure.code : outcome.status))

describe('batchContext', () => {
  useTestClock()

  it('is loaded once for the events that have a route, and every transform gets it', async () => {
    const load = vi.fn(async (events: readonly Ask[]) => new Map(events.map(({ id }) => [id, `name of ${id}`])))
    const router = createIcebergRouter<Ask>(silent)
      .batchContext(load)
      .on({ skip: true }, 'drop')
      .on(async ({ id }) => id === 'b', {
        table: log,
        transform: async ({ id }, _, names) => ({ id: names.get(id) ?? '' }),
      })
      .otherwise({ table: log, transform: ({ id }, _, names) => ({ id: names.get(id) ?? '' }) })
    const { outcomes } = await router.runBatch(eventOf([{ id: 'a' }, { id: 'x', skip: true }, { id: 'b' }, 'broken']))
    expect(load.mock.calls).toEqual([[[{ id: 'a' }, { id: 'b' }]]])
    expect(outcomes).toMatchObject([
      { row: '{"id":"name of a"}' },
      { status: 'dropped' },
      { row: '{"id":"name of b"}' },
      { failure: { code: 'InvalidJson' } },
    ])
  })

  it('is not loaded for nobody, and not for rows out of envelopes', async () => {
    const load = vi.fn(() => 1)
    const stream = createTestStream()
    const router = createIcebergRouter({ ...silent, reingest: stream.target })
      .batchContext(load)
      .on({ skip: true }, 'drop')
      .otherwise({ table: log, transform: () => [{ id: 'a' }, { id: 'b' }] })
    await router.runBatch(eventOf([{ skip: true }]))
    expect(load).not.toHaveBeenCalled()
    await router.runBatch(eventOf([{}]))
    const { outcomes } = await router.runBatch(eventOf(stream.items.map(textOf)))
    expect(codes(outcomes)).toEqual(['delivered'])
    expect(load).toHaveBeenCalledTimes(1)
  })

  it.each<[string, () => unknown, string]>([
    [
      'throws',
      () => {
        throw new TypeError('secret')
      },
      'ContextFailed',
    ],
    ['rejects', () => Promise.reject('secret'), 'ContextFailed'],
    ['never answers', () => new Promise(() => undefined), 'DeadlineExceeded'],
  ])('that %s fails the records that need it, or has the batch retried', async (_, load, code) => {
    const start = createIcebergRouter<Ask>(silent)
    const event = eventOf([{ id: 'a' }, { id: 'x', skip: true }])
    const context = { getRemainingTimeInMillis: () => 20 }
    const failing = start
      .batchContext(load)
      .on({ skip: true }, 'drop')
      .otherwise({ table: log, transform: () => ({ id: 'a' }) })
    const { value } = await passTime(() => failing.runBatch(event, context))
    const { outcomes } = value
    expect(codes(outcomes)).toEqual([code, 'dropped'])
    expect(JSON.stringify(outcomes)).not.toContain('secret')
    const retrying = start
      .batchContext(load, { onContextFailure: 'retry' })
      .otherwise({ table: log, transform: () => ({ id: 'a' }) })
    const settled = await passTime(() => retrying.runBatch(event, context).catch((cause: unknown) => cause))
    expect(settled.value).toBeInstanceOf(RetryBatchError)
  })

  it('that is undefined is one all the same', async () => {
    const router = createIcebergRouter(silent)
      .batchContext(() => undefined)
      .otherwise({ table: log, transform: () => ({ id: 'a' }) })
    expect(codes((await router.runBatch(eventOf([{}]))).outcomes)).toEqual(['delivered'])
  })

  it('that is none is refused when the router is built', () => {
    const build = (): unknown =>
      createIcebergRouter(silent)
        .batchContext(1 as never, { onContextFailure: 'ignore' as 'fail' })
        .otherwise('fail')
        .handler()
    try {
      build()
      expect.unreachable()
    } catch (error) {
      expect(isIcebergRouterError(error) && error.problems).toHaveLength(2)
    }
  })
})
