import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../../../src/firehose/event.ts'
import { payloadOf } from '../../../src/firehose/stream-source.ts'
import {
  createLocalFirehose,
  readErrors,
  type StoredRow,
  type TransformationHandler,
} from '../../../src/local/index.ts'
import { createMemoryWarehouse } from '../../support/memory-warehouse.ts'
import { runs } from '../../support/runs.ts'
import { base64, collect, okFor, opens, temporaryFolder, toOpens, users } from './support.ts'

/** The ways to answer one record, right and wrong; each leaves the record's number readable wherever it ends. */
const ANSWERS: { readonly [name: string]: (record: FirehoseRecord) => readonly unknown[] } = {
  right: (record) => [okFor(record)],
  rightWithoutRoute: (record) => [{ ...okFor(record), metadata: undefined }],
  wrongTable: (record) => [okFor(record, { ...toOpens, destinationTableName: '../x' })],
  wrongOperation: (record) => [okFor(record, { ...toOpens, operation: 'upsert' })],
  keyless: (record) => [okFor(record, { ...toOpens, operation: 'delete' })],
  wrongRow: (record) => [{ ...okFor(record), ...payload(record, base64(`{"id":"${idOf(record)}"}`)) }],
  dropped: ({ recordId }) => [{ recordId, result: 'Dropped' }],
  failed: ({ recordId }) => [{ recordId, result: 'ProcessingFailed', data: 7 }],
  missing: () => [],
  duplicated: (record) => [okFor(record), okFor(record)],
  droppedTwice: ({ recordId }) => [
    { recordId, result: 'Dropped' },
    { recordId, result: 'Dropped' },
  ],
  stranger: (record) => [{ ...okFor(record), recordId: 'stranger' }],
  withoutData: ({ recordId }) => [{ recordId, result: 'Ok' }],
  notBase64: (record) => [{ ...okFor(record), ...payload(record, '{}') }],
  unknownResult: (record) => [{ ...okFor(record), result: 'OK' }],
  notAnObject: () => ['Ok'],
}

/** The ways to answer a whole batch that are wrong. */
const BATCHES: { readonly [name: string]: () => unknown } = {
  throws: () => {
    throw new Error('no')
  },
  rejects: () => Promise.reject(),
  hangs: () => new Promise(() => {}),
  nothing: () => undefined,
  empty: () => ({ records: [] }),
  notAList: () => ({ records: 'all of them' }),
  bigint: () => ({ records: [], size: 1n }),
}

const answerName = fc.oneof(
  { arbitrary: fc.constant('right'), weight: 12 },
  { arbitrary: fc.constantFrom(...Object.keys(ANSWERS)), weight: 10 },
)
/** One invocation: a wrong batch, or an answer for every record (taken in turn). */
const invocation = fc.oneof(
  { arbitrary: fc.constantFrom(...Object.keys(BATCHES)), weight: 1 },
  { arbitrary: fc.array(answerName, { minLength: 1, maxLength: 8 }), weight: 4 },
)
type Plan = string | string[]

const scenario = fc.record({
  source: fc.constantFrom('direct-put' as const, 'kinesis' as const, 'msk' as const),
  behaviour: fc.record({
    duplicateRecordId: fc.constantFrom('record' as const, 'batch' as const),
    missingRecords: fc.constantFrom('record' as const, 'batch' as const),
    unknownResult: fc.constantFrom('record' as const, 'batch' as const),
    unknownOperation: fc.constantFrom('error' as const, 'insert' as const),
  }),
  numberOfRetries: fc.integer({ min: 0, max: 2 }),
  plans: fc.array(invocation, { minLength: 1, maxLength: 5 }),
  /** Records before each flush, and whether the commits of that flush fail. */
  flushes: fc.array(fc.record({ records: fc.integer({ min: 0, max: 8 }), fails: fc.boolean() }), { maxLength: 4 }),
})

test('every record is delivered, dropped or in an error object, exactly once', { timeout: 30_000 }, async () => {
  const folder = await temporaryFolder()
  let folders = 0
  await fc.assert(
    fc.asyncProperty(scenario, async ({ source, behaviour, numberOfRetries, plans, flushes }) => {
      const errors = join(folder, String(++folders))
      const warehouse = createMemoryWarehouse()
      const tables = [opens, users].map((table) => ({ database: 'app', table }))
      const dropped = new Set<number>()
      const handler = planned(plans, dropped)
      const transform = { numberOfRetries, timeoutMs: 2 }
      const firehose = await createLocalFirehose({ handler, warehouse, tables, errors, source, behaviour, transform })

      let id = 0
      for (const { records, fails } of flushes) {
        warehouse.failCommits(fails ? 'opens' : undefined)
        for (let i = 0; i < records; i++) await firehose.put(`{"id":${id++}}`)
        await firehose.flush().catch(() => expect(fails).toBe(true))
      }
      warehouse.failCommits(undefined)
      const summary = await firehose.close()

      const delivered = warehouse.commits('app', 'opens').flatMap((changes) => changes.map(({ row }) => toId(row)))
      const failed = (await collect(readErrors(errors))).map(({ record }) => JSON.parse(String(record?.payload)).id)
      const seen = [...delivered, ...failed.map(Number)]
      const gone = Array.from({ length: id }, (_, each) => each).filter((each) => !seen.includes(each))
      expect(new Set(seen).size).toBe(seen.length)
      expect(gone.filter((each) => !dropped.has(each))).toEqual([])
      expect(delivered).toEqual([...delivered].sort((a, b) => a - b))
      expect(summary).toMatchObject({ recordsIn: id, waiting: 0, dropped: gone.length })
      expect(count(summary.delivered)).toBe(delivered.length)
      expect(count(summary.failed)).toBe(failed.length)
    }),
    { numRuns: runs(1000) },
  )
})

/** Plays the plans in turn, and notes the records whose last invocation answered `Dropped`: only those may be gone. */
function planned(plans: readonly Plan[], dropped: Set<number>): TransformationHandler {
  let calls = 0
  return ({ records }: FirehoseTransformationEvent) => {
    const plan = plans[calls++ % plans.length] ?? []
    for (const record of records) dropped.delete(idOf(record))
    if (typeof plan === 'string') return BATCHES[plan]?.()
    const names = records.map((_, index) => plan[index % plan.length] ?? 'right')
    records.forEach((record, index) => {
      if (names[index] === 'dropped') dropped.add(idOf(record))
    })
    return { records: records.flatMap((record, index) => ANSWERS[names[index] ?? 'right']?.(record) ?? []) }
  }
}

function idOf(record: FirehoseRecord): number {
  return JSON.parse(Buffer.from(payloadOf(record) ?? '', 'base64').toString()).id
}

function payload(record: FirehoseRecord, value: string): object {
  return record.data === undefined ? { kafkaRecordValue: value } : { data: value }
}

function count(counts: readonly { readonly records: number }[]): number {
  return counts.reduce((sum, { records }) => sum + records, 0)
}

function toId({ id }: StoredRow): number {
  return Number(id)
}
