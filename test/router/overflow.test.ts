import { createIcebergRouter, defineTable, type FinishedRouter, type RouterOptions, t } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { timed, useTestClock } from '../support/clock.ts'
import { eventOf } from '../support/events.ts'
import { createTestStream, headOf, type TestStream, textOf } from '../support/stream.ts'

const log = defineTable({ name: 'log', columns: { text: t.string() } })
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** A router whose rows are as long as the event says. */
function routerOf(stream: TestStream, options: Partial<RouterOptions> = {}): FinishedRouter {
  const base = { database: 'db', onBatch: [], reingest: stream.target, overflow: 'reingest' as const }
  return createIcebergRouter({ ...base, responseBudgetBytes: 3000, ...options }).otherwise({
    table: log,
    transform: ({ length }) => ({ text: 'x'.repeat(Number(length)) }),
  })
}

const events = (...lengths: number[]): object[] => lengths.map((length) => ({ length }))

describe('what does not fit into the response', () => {
  useTestClock()

  it('goes back as it came, the largest first, and is dropped only then', async () => {
    const stream = createTestStream()
    const sent = eventOf(events(100, 1000, 100, 1300, 100))
    const { outcomes, response, report } = await routerOf(stream).runBatch(sent)
    expect(response.records.map(({ result }) => result)).toEqual(['Ok', 'Ok', 'Ok', 'Dropped', 'Ok'])
    expect(outcomes[3]).toEqual({
      status: 'reingested',
      recordId: 'record-3',
      route: 'otherwise',
      table: 'log',
      hops: 1,
    })
    expect(report).toMatchObject({ delivered: 4, reingested: 1, dropped: 0, failed: 0 })
    expect(report.responseBytes).toBe(bytesOf(response))
    expect(stream.items.map((item) => headOf(textOf(item)))).toMatchObject([
      { kind: 'record', origin: 'record-3', hops: 1 },
    ])
    expect(textOf(stream.items[0] as { data: Uint8Array })).toContain(JSON.stringify('{"length":1300}'))
  })

  it('always is the same', async () => {
    const run = async (): Promise<unknown> => {
      const { response } = await routerOf(createTestStream()).runBatch(eventOf(events(900, 900, 900, 900, 50, 900)))
      return response
    }
    expect(await run()).toEqual(await run())
  })

  it.each([
    ['throttled', 'ServiceUnavailableException'],
    ['lost', 'InternalFailure'],
  ] as const)('fails where the stream does not confirm it (%s)', async (fate, reason) => {
    const stream = createTestStream({ fate: () => fate })
    const { outcomes, response } = await routerOf(stream).runBatch(eventOf(events(1600, 1500)))
    expect(outcomes).toMatchObject([
      { failure: { code: 'ReingestFailed', message: expect.stringContaining(reason) } },
      { status: 'delivered' },
    ])
    expect(response.records[0]?.result).toBe('ProcessingFailed')
  })

  it.each(['throws', 'rejects', 'nonsense'] as const)('fails where the target %s', async (callFate) => {
    const stream = createTestStream({ callFate: () => callFate })
    const { outcomes } = await routerOf(stream).runBatch(eventOf(events(1600, 1500)))
    expect(outcomes).toMatchObject([{ failure: { code: 'ReingestFailed' } }, { status: 'delivered' }])
  })

  it.each(['never', 'late'] as const)('fails in time where the target answers %s', async (callFate) => {
    const stream = createTestStream({ callFate: () => callFate })
    const { outcomes, tookMs } = await timed(routerOf(stream), events(1600, 1500), 24)
    // All but a quarter of the margin, which is half of the time.
    expect(tookMs).toBe(21)
    expect(outcomes).toMatchObject([
      { failure: { message: expect.stringContaining('DeadlineExceeded') } },
      { status: 'delivered' },
    ])
  })

  it('goes back three times at most', async () => {
    const stream = createTestStream()
    let waiting: (object | string)[] = events(1500)
    const hops: unknown[] = []
    for (let round = 0; round < 4; round++) {
      const { outcomes } = await routerOf(stream).runBatch(eventOf([...waiting, ...events(1400)]))
      const [outcome] = outcomes
      hops.push(outcome?.status === 'failed' ? outcome.failure.code : outcome?.status === 'reingested' && outcome.hops)
      waiting = stream.items.splice(0).map(textOf)
    }
    expect(hops).toEqual([1, 2, 3, 'TooManyHops'])
  })

  it('fails at once where it would not fit alone either', async () => {
    const stream = createTestStream()
    const { outcomes } = await routerOf(stream).runBatch(eventOf(events(3000, 100)))
    expect(outcomes).toMatchObject([
      { failure: { code: 'ResponseTooLarge', message: expect.stringContaining('alone') } },
      { status: 'delivered' },
    ])
    expect(stream.items).toEqual([])
  })

  it('fails where its envelope would be larger than a record may be', async () => {
    const stream = createTestStream()
    const router = routerOf(stream, { responseBudgetBytes: 2500 })
    const event = `{"length":1500,"ballast":"${'\\u0001'.repeat(160_000)}"}`
    const { outcomes } = await router.runBatch(eventOf([event, { length: 1400 }]))
    expect(outcomes).toMatchObject([{ failure: { code: 'EnvelopeTooLarge' } }, { status: 'delivered' }])
    expect(stream.items).toEqual([])
  })

  it('goes back where its envelope is exactly as large as a record may be, and fails at one byte more', async () => {
    const overflow = async (ballast: number) => {
      const stream = createTestStream()
      const event = `{"length":1500,"ballast":"${'x'.repeat(ballast)}"}`
      const router = routerOf(stream, { responseBudgetBytes: 2500 })
      const { outcomes } = await router.runBatch(eventOf([event, { length: 1400 }]))
      return { size: stream.items[0]?.data.byteLength, status: outcomes[0]?.status }
    }
    const { size = 0 } = await overflow(1_000_000)
    const room = 1_024_000 - size
    expect(await overflow(1_000_000 + room)).toEqual({ size: 1_024_000, status: 'reingested' })
    expect(await overflow(1_000_001 + room)).toEqual({ size: undefined, status: 'failed' })
  })

  it('is put back in the order of the batch, whichever gave way first', async () => {
    const stream = createTestStream()
    const { outcomes } = await routerOf(stream, { responseBudgetBytes: 2000 }).runBatch(
      eventOf(events(300, 1000, 310, 1200, 320, 1100)),
    )
    expect(outcomes.flatMap(({ status }, index) => (status === 'reingested' ? [index] : []))).toEqual([1, 3, 5])
    expect(stream.items.map((item) => headOf(textOf(item))?.origin)).toEqual(['record-1', 'record-3', 'record-5'])
  })

  it('is not asked of the stream where everything fits', async () => {
    const stream = createTestStream()
    await routerOf(stream).runBatch(eventOf(events(100, 100)))
    expect(stream.calls).toEqual([])
  })

  it('fails under the other policy, though there is a target', async () => {
    const stream = createTestStream()
    const { outcomes } = await routerOf(stream, { overflow: 'fail' }).runBatch(eventOf(events(1600, 1500)))
    expect(outcomes).toMatchObject([{ failure: { code: 'ResponseTooLarge' } }, { status: 'delivered' }])
    expect(stream.calls).toEqual([])
  })
})

describe('at the edge', () => {
  it.each([
    ['no record', []],
    ['one record', [{ length: 1 }]],
  ])('%s', async (_, payloads) => {
    const { response } = await routerOf(createTestStream()).runBatch(eventOf(payloads))
    expect(response.records).toHaveLength(payloads.length)
  })

  it('an event of 6 MB in records of 50 bytes keeps the cap, and nothing is lost', async () => {
    const payload = { length: 12, pad: 'x'.repeat(28) }
    expect(bytesOf(payload)).toBeGreaterThanOrEqual(50)
    const count = Math.floor(6_000_000 / bytesOf(eventOf([payload]).records[0]))
    const stream = createTestStream()
    const router = routerOf(stream, { responseBudgetBytes: 6_000_000 })
    const { response, report } = await router.runBatch(eventOf(Array.from({ length: count }, () => payload)))
    expect(bytesOf(response)).toBeLessThanOrEqual(6_000_000)
    expect(report.reingested).toBeGreaterThan(1000)
    expect(report.delivered + report.reingested).toBe(count)
    expect(stream.items).toHaveLength(report.reingested)
  })

  it('a record of 1,000 KiB that doubles fails alone', async () => {
    const router = createIcebergRouter({ database: 'db', onBatch: [] }).otherwise({
      table: log,
      transform: ({ text }) => ({ text: `${text}${text}` }),
    })
    const { outcomes } = await router.runBatch(eventOf([{ text: 'x'.repeat(1_023_989) }, { text: 'a' }]))
    expect(outcomes).toMatchObject([{ failure: { code: 'RowTooLarge' } }, { status: 'delivered' }])
  })
})
