import * as fc from 'fast-check'
import { createIcebergRouter, defineTable, t } from 'firehose-iceberg-router'
import { checkResponse, SOURCES } from 'firehose-iceberg-router/testing'
import { firehoseEvents, sesEvents } from 'firehose-iceberg-router/testing/arbitraries'
import { expect, it } from 'vitest'
import { runs } from '../support/runs.ts'

const table = defineTable({ name: 'log', columns: { data: t.json() } })
const router = createIcebergRouter({ database: 'db', onBatch: () => undefined }).otherwise({
  table,
  transform: (data) => ({ data }),
})

// As docs/testing.md shows it.
it('a router answers every generated event', async () => {
  const handler = router.handler()
  await fc.assert(
    fc.asyncProperty(firehoseEvents(), async (event) => {
      expect(checkResponse(event, await handler(event))).toEqual([])
    }),
    { numRuns: runs(1000) },
  )
})

it('firehoseEvents mixes valid payloads with every kind of garbage', async () => {
  const codes = new Map<string, number>()
  for (const event of fc.sample(firehoseEvents(), 500)) {
    const { outcomes } = await router.runBatch(event)
    for (const outcome of outcomes) {
      const code = outcome.status === 'failed' ? outcome.failure.code : outcome.status
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
  }
  const kinds = [
    'EmptyRecord',
    'InvalidBase64',
    'InvalidJson',
    'InvalidUtf8',
    'MultipleDocuments',
    'NotAnObject',
    'Tombstone',
  ]
  expect([...codes.keys()].sort()).toEqual([...kinds, 'delivered'].sort())
})

it.each(SOURCES)('firehoseEvents makes events of the source %s', (source) => {
  const keys = new Set(fc.sample(firehoseEvents({ source }), 100).flatMap((event) => Object.keys(event)))
  expect(keys.has('sourceMSKArn')).toBe(source === 'msk')
  expect(keys.has('sourceKinesisStreamArn')).toBe(source === 'kinesis')
})

it('firehoseEvents takes the valid payloads and the number of records', async () => {
  const events = fc.sample(firehoseEvents({ payload: fc.constant({ mine: true }), maxRecords: 2 }), 200)
  expect(Math.max(...events.map(({ records }) => records.length))).toBe(2)
  for (const event of events) {
    const { outcomes } = await router.runBatch(event)
    for (const outcome of outcomes) {
      if (outcome.status === 'delivered') expect(JSON.parse(JSON.parse(outcome.row).data)).toEqual({ mine: true })
    }
  }
})

it('sesEvents makes the bounce and complaint subtypes of 2026', () => {
  const subTypes = new Set(
    fc.sample(sesEvents(), 2000).map((event) => {
      if (event.eventType === 'Complaint') return `Complaint ${event.complaint.complaintSubType}`
      return event.eventType === 'Bounce' ? event.bounce.bounceSubType : undefined
    }),
  )
  const bounces = ['OnTenantSuppressionList', 'EmailValidationSuppressed', 'UnsubscribedRecipient']
  const expected = [...bounces, 'CustomTimeoutExceeded', 'Complaint OnTenantSuppressionList']
  expect([...subTypes]).toEqual(expect.arrayContaining(expected))
})

it('sesEvents makes all ten types, with and without optional fields', () => {
  const events = fc.sample(sesEvents(), 500)
  expect(new Set(events.map(({ eventType }) => eventType)).size).toBe(10)
  for (const field of ['source', 'destination', 'headers', 'commonHeaders', 'tags'] as const) {
    const kinds = new Set(events.map(({ mail }) => (mail[field] === null ? 'null' : typeof mail[field])))
    expect(kinds.size).toBe(3)
  }
})
