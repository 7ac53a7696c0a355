import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { createIcebergRouter, defineTable, type FinishedRouter, t } from 'firehose-iceberg-router'
import { checkResponse, createFirehoseEvent, SOURCES } from 'firehose-iceberg-router/testing'
import { hostileStrings } from 'firehose-iceberg-router/testing/arbitraries'
import { expect, it } from 'vitest'
import { runs } from '../support/runs.ts'

const log = defineTable({ name: 'log', columns: { data: t.nullable(t.json()) } })

function routerOf(responseBudgetBytes: number): FinishedRouter {
  return createIcebergRouter({ database: 'db', responseBudgetBytes, onBatch: () => undefined })
    .on({ kind: 'drop' }, 'drop')
    .on({ kind: 'fail' }, 'fail')
    .otherwise({ table: log, transform: (data) => ({ data }) })
}

const payload = fc.record({ kind: fc.constantFrom('drop', 'fail', 'row', 'row'), text: fc.string({ maxLength: 400 }) })

/** The size of a response in which every answer has given up all that it can. */
function bareBytes(ids: readonly string[], payloads: readonly { readonly kind: string }[]): number {
  const records = ids.map((recordId, index) => {
    return { recordId, result: payloads[index]?.kind === 'drop' ? 'Dropped' : 'ProcessingFailed' }
  })
  return Buffer.byteLength(JSON.stringify({ records }), 'utf8')
}

it('a response stays within its budget if bare answers fit, and gives up no more rows than necessary', async () => {
  const ids = fc.uniqueArray(hostileStrings(), { minLength: 12, maxLength: 12 })
  const batch = fc.array(payload, { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(batch, ids, fc.constantFrom(...SOURCES), fc.nat(3000), async (payloads, names, source, extra) => {
      const event = createFirehoseEvent(payloads, { source, recordId: (index) => names[index] ?? '' })
      const used = event.records.map(({ recordId }) => recordId)
      const budgetBytes = bareBytes(used, payloads) + extra
      const { response, outcomes, report } = await routerOf(budgetBytes).runBatch(event)
      const sizeBytes = Buffer.byteLength(JSON.stringify(response), 'utf8')
      expect(sizeBytes).toBeLessThanOrEqual(budgetBytes)
      expect(report.responseBytes).toBe(sizeBytes)
      expect(checkResponse(event, response)).toEqual([])
      expect(response.records.map(({ recordId }) => recordId)).toEqual(used)
      const full = await routerOf(6_291_556).runBatch(event)
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status !== 'failed') expect(response.records[index]).toEqual(full.response.records[index])
        else expect(['RouteFails', 'ResponseTooLarge']).toContain(outcome.failure.code)
      }
      if (full.report.responseBytes <= budgetBytes) expect(response).toEqual(full.response)
    }),
    { numRuns: runs(1500) },
  )
})

it('a budget that is too small for bare answers is exceeded, because every record needs an answer', async () => {
  const event = createFirehoseEvent([{ kind: 'row' }, { kind: 'drop' }])
  const { response } = await routerOf(1).runBatch(event)
  expect(checkResponse(event, response)).toEqual([])
  expect(response.records.map(({ result }) => result)).toEqual(['ProcessingFailed', 'Dropped'])
})
