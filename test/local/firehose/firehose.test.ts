import { expect, test } from 'vitest'
import { IcebergRouterError } from '../../../src/index.ts'
import type { DeliverySummary, RecordFailure, TransformationHandler } from '../../../src/local/index.ts'
import { answering, base64, createBench, okFor, opens, toOpens, users } from './support.ts'

const toUsers = { destinationDatabaseName: 'app', destinationTableName: 'users' }
const copying = answering((record) => okFor(record))

/** Even ids to one table, odd ones to the other. */
const alternating = answering((record, index) => okFor(record, index % 2 === 0 ? toOpens : toUsers))

/** A record of about a fifth of the smallest transform buffer. */
const bulky = (id: number): string => JSON.stringify({ id, note: 'x'.repeat(43_000) })

test('counts the outcomes of records by table, operation and code', async () => {
  const answers = answering((record, index) => {
    const operation = ['insert', 'update', 'update', 'delete'][index]
    if (operation !== undefined) return okFor(record, { ...toUsers, operation })
    return { recordId: record.recordId, result: index === 4 ? 'Dropped' : 'ProcessingFailed' }
  })
  const { firehose } = await createBench(answers)
  for (let id = 0; id < 7; id++) await firehose.put(`{"id":${id}}`)
  expect(firehose.summary()).toMatchObject({ recordsIn: 7, waiting: 7 })
  expect(await firehose.flush()).toEqual({
    recordsIn: 7,
    delivered: [
      { database: 'app', table: 'users', operation: 'insert', records: 1 },
      { database: 'app', table: 'users', operation: 'update', records: 2 },
      { database: 'app', table: 'users', operation: 'delete', records: 1 },
    ],
    dropped: 1,
    reingestedArrivals: 0,
    reingested: 0,
    deadLettered: 0,
    failed: [{ errorCode: 'Lambda.ProcessingFailedStatus', records: 2 }],
    waiting: 0,
    commits: 1,
    errorObjects: 1,
  })
})

test('a full buffer is a batch, and a delivery waits for its size', async () => {
  const sizes: number[] = []
  const bench = await createBench(
    (event) => {
      sizes.push(event.records.length)
      return { records: event.records.map((record) => okFor(record)) }
    },
    { transform: { bufferSizeInMBs: 0.2 }, delivery: { sizeInMBs: 1 } },
  )
  for (let id = 0; id < 40; id++) await bench.firehose.put(bulky(id))
  expect(sizes).toEqual(new Array(9).fill(4))
  // 1 MiB is reached with the seventh batch, so that only two batches wait.
  expect(bench.warehouse.commits('app', 'opens').map((changes) => changes.length)).toEqual([28])
  await bench.firehose.close()
  expect(bench.rows(opens)).toMatchObject(Array.from({ length: 40 }, (_, id) => ({ id })))
})

test.each([
  ['puts are not awaited', new Array(20).fill(0)],
  ['one record completes two batches', [0, 250_000]],
])('records keep their order when %s and the first batch is slow', async (_name, sizes) => {
  let isFirst = true
  const slowOnce: TransformationHandler = async ({ records }) => {
    const delayMs = isFirst ? 20 : 0
    isFirst = false
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    return { records: records.map((record) => okFor(record)) }
  }
  const bench = await createBench(slowOnce, { transform: { bufferSizeInMBs: 0.2 } })
  const puts = sizes.map((size, id) => bench.firehose.put(JSON.stringify({ id, note: 'x'.repeat(size || 43_000) })))
  await bench.firehose.flush()
  await Promise.all(puts)
  expect(bench.rows(opens)).toMatchObject(sizes.map((_, id) => ({ id })))
})

test('a commit that fails loses nothing: the other table is committed, the rows stay for the next flush', async () => {
  const bench = await createBench(alternating)
  for (let id = 0; id < 4; id++) await bench.firehose.put(`{"id":${id}}`)
  const cause = new Error('no space left on device')
  bench.warehouse.failCommits('opens', cause)
  await expect(bench.firehose.flush()).rejects.toMatchObject({
    code: 'WarehouseUnavailable',
    cause,
    problems: ['2 rows of app.opens: no space left on device'],
  })
  expect(bench.firehose.summary()).toMatchObject({ delivered: [{ table: 'users', records: 2 }], waiting: 2 })

  await bench.firehose.put('{"id":4}')
  bench.warehouse.failCommits(undefined)
  expect(await bench.firehose.flush()).toMatchObject({ waiting: 0, commits: 2 })
  expect(bench.rows(opens)).toMatchObject([{ id: 0 }, { id: 2 }, { id: 4 }])
  expect(bench.rows(users)).toMatchObject([{ id: 1 }, { id: 3 }])
})

test('a put during a failing commit rejects with the code of the warehouse, and its record is accepted', async () => {
  const transform = { bufferSizeInMBs: 0.2 }
  const bench = await createBench(copying, { transform, delivery: { sizeInMBs: 1 } })
  const cause = new IcebergRouterError('TableConflict', 'another writer changed the schema')
  bench.warehouse.failCommits('opens', cause)
  let rejected = 0
  for (let id = 0; id < 60; id++) {
    await bench.firehose.put(bulky(id)).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'TableConflict', cause })
      rejected++
    })
  }
  expect(rejected).toBeGreaterThan(0)
  bench.warehouse.failCommits(undefined)
  expect(await bench.firehose.flush()).toMatchObject({ recordsIn: 60, waiting: 0, delivered: [{ records: 60 }] })
  expect(bench.rows(opens)).toMatchObject(Array.from({ length: 60 }, (_, id) => ({ id })))
})

test('a closed stream takes no record; a close that failed can be tried again', async () => {
  const bench = await createBench(copying)
  await bench.firehose.put('{"id":1}')
  bench.warehouse.failCommits('opens')
  await expect(bench.firehose.close()).rejects.toMatchObject({ code: 'WarehouseUnavailable' })
  await expect(bench.firehose.put('{"id":2}')).rejects.toMatchObject({ code: 'InvalidEvent' })
  bench.warehouse.failCommits(undefined)
  expect(await bench.firehose.close()).toMatchObject({ recordsIn: 1, waiting: 0 })
})

test('a record that is too large is not taken', async () => {
  const { firehose } = await createBench(copying)
  await expect(firehose.put(new Uint8Array(1_024_001))).rejects.toMatchObject({ code: 'InvalidEvent' })
  expect(await firehose.flush()).toMatchObject({ recordsIn: 0, waiting: 0, commits: 0, errorObjects: 0 })
})

test('reports progress, whatever the callback does', async () => {
  const seen: DeliverySummary[] = []
  const onProgress = (summary: DeliverySummary) => {
    seen.push(summary)
    throw new Error('a broken display')
  }
  const { firehose } = await createBench(copying, { onProgress, transform: { bufferSizeInMBs: 0.2 } })
  for (let id = 0; id < 6; id++) await firehose.put(bulky(id))
  await firehose.close()
  expect(seen.map(({ waiting }) => waiting)).toEqual([5, 0])
})

test('reports every failure once, with the position of its record, whatever the callback does', async () => {
  const failures: RecordFailure[] = []
  const handler = answering((record, index) => {
    return index === 1 ? { recordId: record.recordId, result: 'ProcessingFailed' } : okFor(record)
  })
  const bench = await createBench(handler, {
    onFailure: (failure) => {
      failures.push(failure)
      throw new Error('a broken display')
    },
  })
  for (const payload of ['{"id":0}', '{"id":1}', '{"id":"two"}']) await bench.firehose.put(payload)
  expect(await bench.firehose.flush()).toMatchObject({ waiting: 0, errorObjects: 2 })
  expect(failures).toMatchObject([
    { sequence: 1, errorCode: 'Lambda.ProcessingFailedStatus', record: { data: base64('{"id":1}') } },
    { sequence: 2, errorCode: 'Local.WrongType', record: { data: base64('{"id":"two"}') } },
  ])
})
