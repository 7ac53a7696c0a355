import { Buffer } from 'node:buffer'
import {
  createIcebergRouter,
  defineTable,
  type FinishedRouter,
  type FirehoseTransformationEvent,
  select,
  type Table,
  t,
} from 'firehose-iceberg-router'

const orders = defineTable({
  name: 'orders',
  columns: { id: t.string(), at: t.timestamp(), amount: t.double(), note: t.nullable(t.string()) },
})
const visits = defineTable({
  name: 'visits',
  columns: { id: t.string(), path: t.string(), tags: t.json(), count: t.long() },
})

/** The tables of {@link createSoakRouter}. */
export const TABLES: readonly Table[] = [orders, visits]
export const DATABASE = 'soak'

interface Visit {
  readonly id: string
  readonly path: string
  readonly tags: object
  readonly count: number
}

/** A router with every kind of route: rows of the compiled engine, of functions, dropped and failed events. */
export function createSoakRouter(): FinishedRouter {
  return createIcebergRouter({ database: DATABASE, onBatch: [] })
    .on({ kind: 'order' }, { table: orders, transform: select({ id: 'id', at: 'at', amount: 'amount', note: 'note' }) })
    .on(
      { kind: 'visit' },
      {
        table: visits,
        transform: (event) => {
          const { id, path, tags, count } = event as unknown as Visit
          return { id, path, tags, count }
        },
      },
    )
    .on({ kind: 'heartbeat' }, 'drop')
    .otherwise('fail')
}

/** One event: every id and every second key of the tags is new, so that a cache that keeps them shows. */
export function payloadOf(number: number): string {
  const id = `id-${number}`
  switch (number % 50) {
    case 0:
      return JSON.stringify({ kind: 'heartbeat', id })
    // No route takes it.
    case 1:
      return JSON.stringify({ kind: `kind-${number}`, id })
    // Not an event.
    case 2:
      return `{"kind":"visit","id":"${id}"`
    // Its row does not fit the table.
    case 3:
      return JSON.stringify({ kind: 'visit', id, path: number, tags: {}, count: 1 })
    default:
      return number % 2 === 0
        ? JSON.stringify({ kind: 'order', id, at: '2026-05-13T10:00:00.000Z', amount: number / 100, note: 'a "note"' })
        : JSON.stringify({
            kind: 'visit',
            id,
            path: `/p/${number}`,
            tags: { [id]: ['x'], always: [id] },
            count: number,
          })
  }
}

/** An invocation with so many events from a number on. */
export function invocationOf(first: number, count: number): FirehoseTransformationEvent {
  const records = Array.from({ length: count }, (_, index) => ({
    recordId: `record-${first + index}`,
    approximateArrivalTimestamp: 1_768_205_703_000,
    data: Buffer.from(payloadOf(first + index)).toString('base64'),
  }))
  const deliveryStreamArn = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/soak'
  return { invocationId: `invocation-${first}`, deliveryStreamArn, region: 'us-east-1', records }
}
