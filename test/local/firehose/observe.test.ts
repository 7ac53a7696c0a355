import {
  createIcebergRouter,
  deadLetterTable,
  defineTable,
  type FirehoseHandler,
  type FirehoseTransformationEvent,
  t,
} from 'firehose-iceberg-router'
import { createLocalFirehose, type RecordFailure, type TransformationHandler } from 'firehose-iceberg-router/local'
import { describe, expect, test } from 'vitest'
import { createMemoryWarehouse } from '../../support/memory-warehouse.ts'
import { temporaryFolder } from './support.ts'

const ids = defineTable({ name: 'ids', columns: { id: t.int() } })
const letters = deadLetterTable('letters')
const tables = [ids, letters].map((table) => ({ database: 'app', table }))

/** A router that counts what it does, with or without a dead-letter table. */
function counting(deadLetter?: typeof letters) {
  const counts = { transforms: 0, failures: 0, batches: 0 }
  const handler = createIcebergRouter<{ id: number }>({
    database: 'app',
    ...(deadLetter && { deadLetter }),
    onFailure: () => void counts.failures++,
    onBatch: () => void counts.batches++,
  })
    .otherwise({
      table: ids,
      transform: ({ id }) => {
        counts.transforms++
        return { id }
      },
    })
    .handler()
  return { counts, handler }
}

async function deliver(handler: TransformationHandler, payloads: readonly string[]) {
  const failures: RecordFailure[] = []
  const firehose = await createLocalFirehose({
    handler,
    tables,
    warehouse: createMemoryWarehouse(),
    errors: await temporaryFolder(),
    onFailure: (failure) => failures.push(failure),
  })
  for (const payload of payloads) await firehose.put(payload)
  return { summary: await firehose.close(), failures }
}

const PAYLOADS = ['{"id":1}', '{"id":"two"}', 'three', '{"id":4}']

describe('a handler of a router', () => {
  test('is invoked once for each record, and its failures are explained', async () => {
    const { counts, handler } = counting()
    const { failures, summary } = await deliver(handler, PAYLOADS)
    expect(counts).toEqual({ transforms: 3, failures: 2, batches: 1 })
    expect(failures.map(({ sequence, reason }) => [sequence, reason?.code, reason?.path])).toEqual([
      [1, 'WrongType', 'id'],
      [2, 'InvalidJson', ''],
    ])
    expect(summary.failed).toEqual([{ errorCode: 'Lambda.ProcessingFailedStatus', records: 2 }])
  })

  test('is explained inside a user function that passes only the event on', async () => {
    const { handler } = counting()
    const wrapped = async (event: FirehoseTransformationEvent): Promise<unknown> => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      return handler(event)
    }
    const { failures } = await deliver(wrapped, PAYLOADS)
    expect(failures.map(({ reason }) => reason?.code)).toEqual(['WrongType', 'InvalidJson'])
  })

  test('fails a record although its dead letter is delivered', async () => {
    const { handler } = counting(letters)
    const { failures, summary } = await deliver(handler, PAYLOADS)
    expect(summary).toMatchObject({ recordsIn: 4, deadLettered: 2, failed: [], dropped: 0, waiting: 0 })
    expect(summary.delivered).toEqual([{ database: 'app', table: 'ids', operation: 'insert', records: 2 }])
    expect(failures.map(({ deadLettered, reason }) => [deadLettered, reason?.code])).toEqual([
      [true, 'WrongType'],
      [true, 'InvalidJson'],
    ])
  })

  test('explains nothing after a batch that it rejects', async () => {
    const { handler } = counting()
    const refusing: FirehoseHandler = Object.assign(async (event: FirehoseTransformationEvent) => {
      await handler(event)
      throw new Error('after all')
    }, handler)
    const { failures } = await deliver(refusing, PAYLOADS)
    expect(failures.map(({ errorCode, reason }) => [errorCode, reason])).toEqual(
      PAYLOADS.map(() => ['Lambda.FunctionError', undefined]),
    )
  })
})
