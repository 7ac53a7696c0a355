import * as fc from 'fast-check'
import type { BatchResult, FinishedRouter, FirehoseTransformationEvent } from 'firehose-iceberg-router'
import { checkResponse } from 'firehose-iceberg-router/testing'
import { firehoseEvents } from 'firehose-iceberg-router/testing/arbitraries'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runs } from '../support/runs.ts'
import { CANARY } from './hostile.ts'
import { buildRouter, declarations, endings, events } from './routers.ts'

let printed = ''

beforeEach(() => {
  printed = ''
  for (const method of ['debug', 'error', 'info', 'log', 'warn'] as const) {
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => {
      printed += words.map(String).join(' ')
    })
  }
})

afterEach(() => {
  vi.restoreAllMocks()
})

it('every record gets one valid answer, whatever the router and the records are', async () => {
  const router = fc
    .tuple(declarations(), endings())
    .map(([routes, ending]) => buildRouter({ database: 'db' }, routes, ending))
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(router, firehoseEvents({ payload: events(), maxRecords: 5 }), async (built, event) => {
      const result = await built.runBatch(event)
      expectConserved(event, result)
      expectNoCanary(result)
      await expectUnharmed(built, event, result)
      for (const outcome of result.outcomes)
        seen.add(outcome.status === 'failed' ? outcome.failure.code : outcome.status)
    }),
    { numRuns: runs(2000, 500) },
  )
  // The law is worth only as much as what actually happened: check that all kinds did.
  expect(EVERYTHING.filter((end) => !seen.has(end))).toEqual([])
})

const EVERYTHING = [
  ...['delivered', 'dropped', 'NoRoute', 'RouteFails', 'MatcherThrew', 'SchemaThrew', 'SchemaMismatch'],
  ...['OperationThrew', 'InvalidOperation', 'TransformThrew', 'RowUnreadable', 'NotARow', 'MissingColumn'],
  ...['EmptyRecord', 'InvalidBase64', 'InvalidJson', 'InvalidUtf8', 'MultipleDocuments', 'NotAnObject'],
]

/** Checks that outcomes and response have every id once, in order, and that Firehose accepts the response. */
function expectConserved(event: FirehoseTransformationEvent, { outcomes, response, report }: BatchResult): void {
  const ids = event.records.map(({ recordId }) => recordId)
  expect(outcomes.map(({ recordId }) => recordId)).toEqual(ids)
  expect(response.records.map(({ recordId }) => recordId)).toEqual(ids)
  expect(checkResponse(event, response)).toEqual([])
  const statuses = { Ok: 'delivered', Dropped: 'dropped', ProcessingFailed: 'failed' } as const
  expect(outcomes.map(({ status }) => status)).toEqual(response.records.map(({ result }) => statuses[result]))
  expect(report.delivered + report.dropped + report.failed).toBe(ids.length)
}

/** Checks that a record alone gets the same answer, byte for byte, as in its batch. */
async function expectUnharmed(
  router: FinishedRouter,
  event: FirehoseTransformationEvent,
  { response }: BatchResult,
): Promise<void> {
  for (const [index, record] of event.records.entries()) {
    const alone = await router.runBatch({ ...event, records: [record] })
    expect(JSON.stringify(alone.response.records)).toBe(JSON.stringify([response.records[index]]))
  }
}

/** Checks that only rows carry payload values, and never logs, metrics or reports. */
function expectNoCanary({ outcomes, report }: BatchResult): void {
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.failure] : []))
  expect(JSON.stringify(failures)).not.toContain(CANARY)
  expect(JSON.stringify(report)).not.toContain(CANARY)
  expect(printed).not.toContain(CANARY)
  for (const failure of failures) expect(Object.keys(failure)).not.toContain('cause')
}
