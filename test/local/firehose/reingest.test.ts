import { FirehoseClient } from '@aws-sdk/client-firehose'
import { KinesisClient } from '@aws-sdk/client-kinesis'
import { createIcebergRouter, defineTable, type FirehoseHandler, t } from 'firehose-iceberg-router'
import {
  createLocalFirehose,
  type LocalFirehose,
  type LocalFirehoseOptions,
  type RecordFailure,
} from 'firehose-iceberg-router/local'
import { createFirehoseTarget, createKinesisTarget, reingestTarget } from 'firehose-iceberg-router/reingest'
import { describe, expect, test } from 'vitest'
import type { ReingestTarget } from '../../../src/router/target.ts'
import { createMemoryWarehouse, type MemoryWarehouse } from '../../support/memory-warehouse.ts'
import { createTestStream } from '../../support/stream.ts'
import { temporaryFolder } from './support.ts'

const lines = defineTable({ name: 'lines', columns: { order: t.long(), line: t.long(), note: t.string() } })

/** A client whose every call would leave the machine; it says so instead. */
function farAway(): { readonly calls: unknown[]; readonly config: object } {
  const calls: unknown[] = []
  const handle = async (request: unknown): Promise<never> => {
    calls.push(request)
    throw new Error('a call to AWS')
  }
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  return { calls, config: { region: 'us-east-1', credentials, maxAttempts: 1, requestHandler: { handle } } }
}

/** Makes `count` rows of an event; a handful of them fit into a response. */
function fanOut(reingest: ReingestTarget): FirehoseHandler {
  const note = 'x'.repeat(300)
  return createIcebergRouter<{ order: number; count: number }>({
    database: 'shop',
    reingest,
    overflow: 'reingest',
    responseBudgetBytes: 5_500,
    onBatch: () => undefined,
  })
    .otherwise({
      table: lines,
      transform: ({ order, count }) => Array.from({ length: count }, (_, line) => ({ order, line, note })),
    })
    .handler()
}

interface Bench {
  readonly firehose: LocalFirehose
  readonly warehouse: MemoryWarehouse
  readonly failures: RecordFailure[]
}

async function start(handler: FirehoseHandler, options: Partial<LocalFirehoseOptions> = {}): Promise<Bench> {
  const warehouse = createMemoryWarehouse()
  const failures: RecordFailure[] = []
  const firehose = await createLocalFirehose({
    handler,
    warehouse,
    tables: [{ database: 'shop', table: lines }],
    errors: await temporaryFolder(),
    onFailure: (failure) => failures.push(failure),
    ...options,
  })
  return { firehose, warehouse, failures }
}

function rowsOf({ warehouse }: Bench): string[] {
  const rows = warehouse.commits('shop', 'lines').flat()
  return rows.map(({ row }) => `${row['order']}.${row['line']}`).sort()
}

async function putOrders({ firehose }: Bench, orders: number, count: number): Promise<void> {
  for (let order = 0; order < orders; order++) await firehose.put(JSON.stringify({ order, count }))
}

const expected = (orders: number, count: number): string[] =>
  Array.from({ length: orders }, (_, order) => Array.from({ length: count }, (_, line) => `${order}.${line}`))
    .flat()
    .sort()

/** A target of each kind, with the source that it goes with and the calls that reached its client. */
const TARGETS = {
  'direct-put': () => {
    const { calls, config } = farAway()
    return { calls, target: createFirehoseTarget({ client: new FirehoseClient(config) }) }
  },
  kinesis: () => {
    const { calls, config } = farAway()
    return { calls, target: createKinesisTarget({ client: new KinesisClient(config) }) }
  },
}

describe.each(['direct-put', 'kinesis'] as const)('a router that puts records back, %s', (source) => {
  test('gets its extra rows and its overflow again, and its client is never called', async () => {
    const { calls, target } = TARGETS[source]()
    const bench = await start(fanOut(target), { source })
    await putOrders(bench, 4, 4)
    const summary = await bench.firehose.close()

    expect(rowsOf(bench)).toEqual(expected(4, 4))
    expect(calls).toEqual([])
    expect(bench.failures).toEqual([])
    const { recordsIn, reingestedArrivals, reingested } = summary
    expect(reingested).toBeGreaterThan(0)
    // Each row that was not answered at once came round once, and once more each time that it did not fit.
    expect(recordsIn).toBe(4 + reingestedArrivals)
    expect(recordsIn).toBe(16 + reingested)
    expect(summary).toMatchObject({ waiting: 0, dropped: 0, failed: [] })
    expect(summary.delivered).toEqual([{ database: 'shop', table: 'lines', operation: 'insert', records: 16 }])
  })

  test('separates streams that run at the same time', async () => {
    const benches = await Promise.all([1, 2].map(() => start(fanOut(TARGETS[source]().target), { source })))
    await Promise.all(benches.map((bench, index) => putOrders(bench, 3 + index, 3)))
    await Promise.all(benches.map(({ firehose }) => firehose.close()))
    expect(benches.map(rowsOf)).toEqual([expected(3, 3), expected(4, 3)])
  })
})

describe('a target that cannot be redirected', () => {
  const own = (): { calls: number; target: ReingestTarget } => {
    const made = {
      calls: 0,
      target: reingestTarget({
        put: async (items) => {
          made.calls++
          return items.map(() => ({ accepted: true }))
        },
      }),
    }
    return made
  }

  test('fails its record at once, with a reason that says so, and is not called', async () => {
    const made = own()
    const bench = await start(fanOut(made.target))
    await putOrders(bench, 1, 3)
    const summary = await bench.firehose.close()
    expect(made.calls).toBe(0)
    expect(summary.failed).toEqual([{ errorCode: 'Lambda.ProcessingFailedStatus', records: 1 }])
    expect(bench.failures[0]?.reason).toMatchObject({
      code: 'ReingestFailed',
      message: expect.stringContaining('LocalRun:a-custom-target-cannot-be-redirected'),
    })
  })

  test('does what it does in Lambda with the option target', async () => {
    const made = own()
    const bench = await start(fanOut(made.target), { reingest: 'target' })
    await putOrders(bench, 1, 3)
    await bench.firehose.close()
    expect(made.calls).toBe(1)
    expect(rowsOf(bench)).toEqual(['0.0'])
  })

  test('is called outside of a local run, as before', async () => {
    const stream = createTestStream()
    const handler = fanOut(stream.target)
    const data = Buffer.from('{"order":1,"count":2}').toString('base64')
    const deliveryStreamArn = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/s'
    const event = { invocationId: 'i', deliveryStreamArn, region: 'us-east-1' }
    await handler({ ...event, records: [{ recordId: 'r', approximateArrivalTimestamp: 0, data }] })
    expect(stream.items).toHaveLength(1)
  })
})

test('a record that fails after it came round again is reported with the position of the record that was put', async () => {
  // The second time round the transform refuses what it took at first.
  let calls = 0
  const note = 'x'.repeat(900)
  const handler = createIcebergRouter<{ order: number }>({
    database: 'shop',
    reingest: TARGETS['direct-put']().target,
    overflow: 'reingest',
    responseBudgetBytes: 2_000,
    onBatch: () => undefined,
  })
    .otherwise({
      table: lines,
      transform: ({ order }) => {
        if (++calls > 3) throw new Error('not twice')
        return { order, line: 0, note }
      },
    })
    .handler()
  const bench = await start(handler)
  await putOrders(bench, 3, 1)
  await bench.firehose.close()
  expect(bench.failures.length).toBeGreaterThan(0)
  for (const { sequence, record, reason } of bench.failures) {
    const payload = JSON.parse(Buffer.from(record.data ?? '', 'base64').toString())
    const { body } = payload['~firehose-iceberg-router']
    expect(JSON.parse(body).order).toBe(sequence)
    expect(reason?.code).toBe('TransformThrew')
  }
})
