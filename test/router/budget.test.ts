import { createIcebergRouter, defineTable, t } from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { eventOf, SOURCES } from '../support/events.ts'

const log = defineTable({ name: 'log', columns: { text: t.string() } })

/** A router whose rows are as long as the event says. */
function routerWith(responseBudgetBytes?: number): ReturnType<ReturnType<typeof createIcebergRouter>['otherwise']> {
  const options = { database: 'db', onBatch: () => undefined }
  return createIcebergRouter(
    responseBudgetBytes === undefined ? options : { ...options, responseBudgetBytes },
  ).otherwise({
    table: log,
    transform: ({ length }) => ({ text: 'x'.repeat(Number(length)) }),
  })
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

describe('the response budget', () => {
  it.each(SOURCES)('fails the largest rows, so that most get through (%s)', async (source) => {
    const lengths = [100, 4000, 100, 3000, 100]
    const { outcomes, response, report } = await routerWith(3000).runBatch(
      eventOf(
        lengths.map((length) => ({ length })),
        source,
      ),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['delivered', 'failed', 'delivered', 'failed', 'delivered'])
    expect(outcomes[1]).toMatchObject({ failure: { code: 'ResponseTooLarge', table: 'log' } })
    expect(bytesOf(response)).toBeLessThanOrEqual(3000)
    expect(report.responseBytes).toBe(bytesOf(response))
  })

  it('first leaves out the payloads of failed records, which Firehose does not need', async () => {
    const { outcomes, response } = await routerWith(2000).runBatch(eventOf([{ length: 600 }, 'x'.repeat(3000)]))
    expect(outcomes.map(({ status }) => status)).toEqual(['delivered', 'failed'])
    expect(response.records[1]).toEqual({ recordId: 'record-1', result: 'ProcessingFailed' })
  })

  it('keeps a batch under the cap of Lambda by itself', async () => {
    const { outcomes, response } = await routerWith().runBatch(
      eventOf(Array.from({ length: 8 }, () => ({ length: 900_000 }))),
    )
    expect(outcomes.filter(({ status }) => status === 'delivered')).toHaveLength(4)
    expect(bytesOf(response)).toBeLessThanOrEqual(6_000_000)
  })

  it('gives the room that rows have left to the first records that failed for it', async () => {
    // Two rows that do not fit, and five that do; each payload takes 304 characters.
    const payloads = [1000, 1100, 500, 500, 500, 500, 500].map((length) => ({ length, pad: 'x'.repeat(200) }))
    const whole = (await routerWith().runBatch(eventOf(payloads))).response.records
    const bare = whole.map((answer, index) =>
      index < 2 ? { recordId: answer.recordId, result: 'ProcessingFailed' } : answer,
    )
    const rest = bytesOf({ records: bare })
    const { response } = await routerWith(rest + 500).runBatch(eventOf(payloads))
    expect(response.records.map(({ result }) => result)).toEqual([
      'ProcessingFailed',
      'ProcessingFailed',
      ...Array(5).fill('Ok'),
    ])
    expect(response.records.map((answer) => 'data' in answer)).toEqual([true, false, ...Array(5).fill(true)])
  })

  it('takes a row that fits exactly', async () => {
    const { response } = await routerWith().runBatch(eventOf([{ length: 500 }]))
    const exact = bytesOf(response)
    expect((await routerWith(exact).runBatch(eventOf([{ length: 500 }]))).outcomes[0]?.status).toBe('delivered')
    expect((await routerWith(exact - 1).runBatch(eventOf([{ length: 500 }]))).outcomes[0]?.status).toBe('failed')
  })
})
