import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { createIcebergRouter, defineTable, type FirehoseTransformationEvent, rowId, rowTo, t } from '../../src/index.ts'
import type { Fault } from '../../src/local/server/fault.ts'
import type { TakenRecord } from '../../src/local/server/stream.ts'
import { createFirehoseTarget, createKinesisTarget, type ReingestTarget } from '../../src/reingest/index.ts'
import { checkResponse, createFirehoseEvent, readResponse } from '../../src/testing/index.ts'
import { type Cloud, startCloud } from '../local/server/support.ts'

interface Order {
  readonly id: number
  readonly lines: readonly string[]
}

const orders = defineTable({ name: 'orders', columns: { row_id: t.string(), id: t.long(), note: t.string() } })
const lines = defineTable({ name: 'order_lines', columns: { row_id: t.string(), sku: t.string() } })

/** Orders with none to three lines. */
const ORDERS: readonly Order[] = Array.from({ length: 300 }, (_, id) => ({
  id,
  lines: ['a', 'b', 'c'].slice(0, id % 4),
}))
const ROWS = ORDERS.reduce((sum, order) => sum + 1 + order.lines.length, 0)

/** So little that not even half of the orders fit the first time; enough for three hops. */
const BUDGET_BYTES = 80_000
const MAX_INVOCATIONS = 60
const BATCH_RECORDS = 300

const createRouter = (reingest: ReingestTarget) =>
  createIcebergRouter<Order>({
    database: 'shop',
    reingest,
    overflow: 'reingest',
    responseBudgetBytes: BUDGET_BYTES,
    onBatch: () => undefined,
  }).otherwise({
    table: orders,
    tables: [lines],
    transform: (order, record) => [
      { row_id: rowId(record), id: order.id, note: 'x'.repeat(200) },
      ...order.lines.map((sku, index) => rowTo(lines, { row_id: rowId(record, index + 1), sku })),
    ],
  })

/** What a source makes of records on their way to the function. */
interface SourceCase {
  readonly source: 'direct-put' | 'kinesis'
  readonly target: (cloud: Cloud) => ReingestTarget
}

const SECRET = 'a secret that only this test knows'
const SOURCES: readonly SourceCase[] = [
  { source: 'direct-put', target: ({ firehose }) => createFirehoseTarget({ client: firehose, secret: SECRET }) },
  {
    source: 'kinesis',
    target: ({ kinesis }) => createKinesisTarget({ client: kinesis, secret: SECRET, callTimeoutMs: 500 }),
  },
]

type Waiting = Pick<TakenRecord, 'data' | 'partitionKey'>

/** An invocation's event, whose records keep the partition keys that they have on the stream. */
function toEvent(source: SourceCase['source'], batch: readonly Waiting[], round: number): FirehoseTransformationEvent {
  const recordId = (index: number): string => `${round}-${index}`
  const event = createFirehoseEvent(
    batch.map(({ data }) => data),
    { source, recordId },
  )
  const records = event.records.map((record, index) => {
    const { partitionKey = '' } = batch[index] ?? {}
    const metadata = 'kinesisRecordMetadata' in record ? record.kinesisRecordMetadata : undefined
    return metadata === undefined ? record : { ...record, kinesisRecordMetadata: { ...metadata, partitionKey } }
  })
  return { ...event, records: records as FirehoseTransformationEvent['records'] }
}

/** Runs orders, and then what the server took back, until nothing is left; gives how often each row was delivered. */
async function runToEnd({ source, target }: SourceCase, cloud: Cloud) {
  const router = createRouter(target(cloud))
  const delivered = new Map<string, number>()
  const keysOf = new Map<number, Set<string | undefined>>()
  const failed: string[] = []
  let waiting: Waiting[] = ORDERS.map((order) => ({
    data: Buffer.from(JSON.stringify(order)),
    partitionKey: `key-${order.id % 5}`,
  }))
  let invocations = 0
  let taken = 0
  for (; waiting.length > 0 && invocations < MAX_INVOCATIONS; invocations++) {
    const batch = waiting.splice(0, BATCH_RECORDS)
    const event = toEvent(source, batch, invocations)
    const { response, outcomes } = await router.runBatch(event)
    expect(checkResponse(event, response)).toEqual([])
    failed.push(...outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.failure.code] : [])))
    for (const { row } of readResponse(response)) {
      const id = row?.['row_id']
      if (typeof id === 'string') delivered.set(id, (delivered.get(id) ?? 0) + 1)
    }
    const back = cloud.taken.slice(taken)
    taken = cloud.taken.length
    for (const { data, partitionKey } of back) note(keysOf, data, partitionKey)
    waiting = [...waiting, ...back]
  }
  return { delivered, failed, invocations, keysOf, left: waiting.length }
}

/** Which keys an order was put back under. */
function note(keysOf: Map<number, Set<string | undefined>>, data: Uint8Array, key: string | undefined): void {
  const id = /\\"id\\*":(\d+),\\*"lines/.exec(Buffer.from(data).toString('utf8'))?.[1]
  if (id !== undefined) keysOf.set(Number(id), (keysOf.get(Number(id)) ?? new Set()).add(key))
}

describe.each(SOURCES)('a router that puts back onto its stream, $source', (source) => {
  it('delivers every row exactly once if nothing goes wrong', async () => {
    const cloud = await startCloud()
    const { delivered, failed, invocations, keysOf, left } = await runToEnd(source, cloud)
    expect([left, failed]).toEqual([0, []])
    expect(delivered.size).toBe(ROWS)
    expect([...delivered.values()].filter((count) => count !== 1)).toEqual([])
    expect(invocations).toBeGreaterThan(2)
    // Whole orders went round, each under the key that it had.
    expect(keysOf.size).toBeGreaterThan(0)
    for (const [id, keys] of keysOf) {
      expect([...keys]).toEqual([source.source === 'kinesis' ? `key-${id % 5}` : undefined])
    }
  })

  it('delivers every row at least once under faults that pass', async () => {
    const faults: readonly (Fault | undefined)[] = [
      { kind: 'throttle' },
      { kind: 'fail-entries', fails: (index) => index % 2 === 0 },
      { kind: 'drop', taken: true },
      undefined,
      { kind: 'drop', taken: false },
      { kind: 'late', delayMs: 20 },
    ]
    const cloud = await startCloud({ faults: ({ index }) => faults[index] })
    const { delivered, failed, left } = await runToEnd(source, cloud)
    expect([left, failed]).toEqual([0, []])
    expect(delivered.size).toBe(ROWS)
    expect([...delivered.values()].filter((count) => count > 1).length).toBeGreaterThan(0)
  })

  it('fails what the stream refuses, alone, and delivers the rest', async () => {
    const answer = { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }
    const cloud = await startCloud({ faults: () => ({ kind: 'refuse', answer }) })
    const { delivered, failed, left } = await runToEnd(source, cloud)
    expect(left).toBe(0)
    expect(delivered.size + failed.length).toBe(ORDERS.length)
    expect(new Set(failed)).toEqual(new Set(['ReingestFailed']))
    expect(delivered.size).toBeGreaterThan(0)
  })
})
