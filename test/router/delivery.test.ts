import { createIcebergRouter, defineTable, t } from 'firehose-iceberg-router'
import { expect, it } from 'vitest'
import { encodeBase64 } from '../../src/firehose/base64.ts'
import { type PendingRow, rowText, toOutcome } from '../../src/outcome/pending-row.ts'
import { compileDestination } from '../../src/outcome/routing.ts'
import { eventOf } from '../support/events.ts'

const log = defineTable({ name: 'log', columns: { id: t.string() } })
const routing = compileDestination(log, { database: 'db' }, 0).routings.insert
const row = '{"id":"żółć \u{1F600}"}'
const outcome = {
  status: 'delivered',
  recordId: 'r',
  route: 'all',
  table: 'log',
  operation: 'insert',
  ...routing.metadata,
  row,
} as const

it('a row is held in base64 and shown as text', () => {
  const data = encodeBase64(row)
  const delivery: PendingRow = { status: 'delivered', recordId: 'r', route: 'all', routing, data }
  expect(rowText(delivery)).toBe(row)
  expect(toOutcome(delivery)).toEqual(outcome)
  const origin = { recordId: 'first', index: 1, hops: 2 }
  expect(toOutcome({ ...delivery, extraRows: 2, origin })).toEqual({ ...outcome, extraRows: 2, origin })
})

it('what is no row is shown as it is', () => {
  const dropped = { status: 'dropped', recordId: 'r', route: 'all' } as const
  expect(toOutcome(dropped)).toBe(dropped)
})

it('an outcome is plain data: printed and spread, it has its row', async () => {
  const router = createIcebergRouter({ database: 'db' }).otherwise({ table: log, transform: () => ({ id: 'a' }) })
  const [first] = (await router.runBatch(eventOf([{}]))).outcomes
  expect(JSON.parse(JSON.stringify(first))).toEqual({ ...first })
  expect({ ...first }).toMatchObject({ row: '{"id":"a"}' })
})
