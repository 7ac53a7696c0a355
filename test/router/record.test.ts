import {
  type BatchReport,
  createIcebergRouter,
  deadLetterTable,
  defineTable,
  type FinishedRouter,
  type FirehoseRecord,
  select,
  t,
} from 'firehose-iceberg-router'
import { describe, expect, it } from 'vitest'
import { eventOf, rowsOf, SOURCES } from '../support/events.ts'
import { createTestStream } from '../support/stream.ts'

const log = defineTable({ name: 'log', columns: { id: t.string() } })
const silent = { database: 'db', onBatch: [] }
type Changeable = { -readonly [Key in keyof FirehoseRecord]?: unknown } & {
  kinesisRecordMetadata?: { partitionKey?: unknown }
}

const CHANGES: [string, (record: Changeable) => unknown][] = [
  ['another id', (record) => Object.assign(record, { recordId: 'c' })],
  ['no id', (record) => delete record.recordId],
  ['another payload', (record) => Object.assign(record, { data: '', kafkaRecordValue: '' })],
  ['no payload', (record) => [delete record.data, delete (record as { kafkaRecordValue?: unknown }).kafkaRecordValue]],
  [
    'another partition key',
    (record) => record.kinesisRecordMetadata && Object.assign(record.kinesisRecordMetadata, { partitionKey: 'x' }),
  ],
]

describe.each(SOURCES)('a transform that changes its record (%s)', (source) => {
  describe.each(CHANGES)('to %s', (_, change) => {
    it.each(['at once', 'later'])('changes neither the answer nor what is put back, %s', async (when) => {
      const run = async (isChanged: boolean): Promise<unknown> => {
        const stream = createTestStream()
        const router = createIcebergRouter<{ n: number }>({
          ...silent,
          reingest: stream.target,
          deadLetter: deadLetterTable(),
        })
        const built = router.otherwise({
          table: log,
          transform: async ({ n }, record) => {
            if (when === 'later') await undefined
            if (isChanged) change(record as Changeable)
            return n === 0 ? [{ id: 'a' }, { id: 'b' }] : { id: n as never }
          },
        })
        const event = eventOf([{ n: 0 }, { n: 1 }], source)
        const before = JSON.stringify(event)
        const { response, outcomes } = await built.runBatch(event)
        expect(JSON.stringify(event)).toBe(before)
        const rows = rowsOf(response).map((row) => ({ ...row, failed_at: undefined, received_at: undefined }))
        return JSON.stringify([
          rows,
          response.records.map(({ recordId, result }) => [recordId, result]),
          outcomes,
          stream.items,
        ])
      }
      expect(await run(true)).toBe(await run(false))
    })
  })
})

it('a transform gets everything that Firehose sends', async () => {
  for (const source of SOURCES) {
    const got: unknown[] = []
    const router = createIcebergRouter(silent).otherwise({
      table: log,
      transform: (_, record) => {
        got.push(record)
        return { id: 'a' }
      },
    })
    const event = eventOf([{}, {}], source)
    await router.runBatch(event)
    expect(got).toStrictEqual(event.records)
  }
})

it('what onFailure does to a record and its failure reaches no other hook, and not the answer', async () => {
  const reports: BatchReport[] = []
  const router = createIcebergRouter({
    database: 'db',
    onFailure: (failed, record) => {
      Object.assign(record, { recordId: 'c' })
      Object.assign(failed.failure, { message: 'secret' })
    },
    onBatch: (report) => reports.push(report),
  }).otherwise('fail')
  const { outcomes, response } = await router.runBatch(eventOf([{}]))
  expect(outcomes).toMatchObject([{ recordId: 'record-0', failure: { message: 'no route matches this event' } }])
  expect(response.records).toMatchObject([{ recordId: 'record-0' }])
  expect(reports[0]?.failures).toMatchObject([{ message: 'no route matches this event', recordIds: ['record-0'] }])
})

it('a hook that changes its report changes that of no other hook', async () => {
  const seen: string[] = []
  const spoil = (report: BatchReport): void => {
    Object.assign(report, { records: 0 })
    for (const list of [report.failures, report.codes, report.tables]) {
      for (const one of list) Object.assign(one, { count: 0, rows: 0, recordIds: [] })
      ;(list as unknown[]).length = 0
    }
  }
  const onBatch = [spoil, (report: BatchReport) => seen.push(JSON.stringify(report)), spoil]
  const router = createIcebergRouter({ database: 'db', onBatch })
    .on({ n: 1 }, { table: log, transform: () => ({ id: 'a' }) })
    .otherwise('fail')
  const { report } = await router.runBatch(eventOf([{}, { n: 1 }]))
  expect(JSON.parse(seen[0] ?? '')).toEqual(JSON.parse(JSON.stringify(report)))
  expect(report).toMatchObject({ records: 2, tables: [{ rows: 1 }], codes: [{ count: 1 }] })
})

describe('records that are not plain data', () => {
  const bySelect = createIcebergRouter<{ n: string }>(silent).otherwise({ table: log, transform: select({ id: 'n' }) })
  const byFunction = createIcebergRouter<{ n: string }>(silent).otherwise({
    table: log,
    transform: ({ n }) => ({ id: n }),
  })
  const reads = new Map<PropertyKey, number>()
  const count = (key: PropertyKey): number => {
    reads.set(key, (reads.get(key) ?? 0) + 1)
    return reads.get(key) as number
  }

  class Lazy {
    readonly #record: FirehoseRecord

    constructor(record: FirehoseRecord) {
      this.#record = record
    }

    get recordId(): string {
      return `${this.#record.recordId}-${count('recordId')}`
    }

    get data(): string | undefined {
      count('data')
      return this.#record.data
    }
  }

  const withGetters = (record: FirehoseRecord): object =>
    Object.defineProperties(
      {},
      {
        recordId: { get: () => `${record.recordId}-${count('recordId')}`, enumerable: true },
        data: { get: () => count('data') && record.data, enumerable: true },
      },
    )

  it.each<[string, FinishedRouter, (record: FirehoseRecord) => object]>([
    ['a class, by select', bySelect, (record) => new Lazy(record)],
    ['a class, by a function', byFunction, (record) => new Lazy(record)],
    ['getters, by select', bySelect, withGetters],
    ['getters, by a function', byFunction, withGetters],
  ])('are read once: %s', async (_, router, wrap) => {
    reads.clear()
    const event = eventOf([{ n: 'a' }, {}])
    const records = event.records.map(wrap) as FirehoseRecord[]
    const { response, outcomes } = await router.runBatch({ ...event, records })
    expect(response.records).toMatchObject([
      { recordId: 'record-0-1', result: 'Ok' },
      { recordId: 'record-1-2', result: 'ProcessingFailed', data: event.records[1]?.data },
    ])
    expect(outcomes.map(({ recordId }) => recordId)).toEqual(['record-0-1', 'record-1-2'])
    expect(Object.fromEntries(reads)).toEqual({ recordId: 2, data: 2 })
  })

  it.each([bySelect, byFunction])('have one id in outcome and answer, even those of a proxy', async (router) => {
    const event = eventOf([{ n: 'a' }, {}])
    const records = event.records.map(
      (record) =>
        new Proxy(record, {
          get: (target, key) =>
            key === 'recordId'
              ? `${count('proxy')}`
              : (target as unknown as { readonly [key: PropertyKey]: unknown })[key],
        }),
    )
    const { response, outcomes } = await router.runBatch({ ...event, records })
    expect(response.records.map(({ recordId }) => recordId)).toEqual(outcomes.map(({ recordId }) => recordId))
  })
})

it('an MSK record with data of null is answered under kafkaRecordValue', async () => {
  const { records, ...event } = eventOf([{ id: 'a' }, { id: 'b' }, { id: 1 }], 'msk')
  const given = records.map((record) => ({ ...record, data: null })) as never
  const router = createIcebergRouter<{ id: string }>(silent)
    .on({ id: 'a' }, { table: log, transform: select({ id: 'id' }) })
    .otherwise({ table: log, transform: ({ id }) => ({ id }) })
  const { response } = await router.runBatch({ ...event, records: given })
  expect(response.records).toMatchObject([
    { result: 'Ok', kafkaRecordValue: expect.any(String) },
    { result: 'Ok', kafkaRecordValue: expect.any(String) },
    { result: 'ProcessingFailed', kafkaRecordValue: records[2]?.kafkaRecordValue },
  ])
  expect(response.records.some((record) => 'data' in record)).toBe(false)
})

const NAMES = [
  ...['recordId', 'result', 'data', 'metadata', 'status', 'route', 'routing', 'code', 'message', 'path', 'count'],
  ...['cause', 'table', 'operation', 'value', 'event', 'record', 'rows', 'wrap', 'failure', 'outcome', 'n'],
  ...['index', 'text', 'key', 'next', 'name', 'problems', 'issues', 'kafkaRecordValue', 'left', 'extraRows'],
]

it.each(NAMES)('a read-only property %s of all objects costs no record', async (name) => {
  const run = async (): Promise<unknown> => {
    const stream = createTestStream()
    const router = createIcebergRouter<{ n: number; id: string }>({
      ...silent,
      reingest: stream.target,
      deadLetter: deadLetterTable(),
      responseBudgetBytes: 3000,
      overflow: 'reingest',
    })
      .on({ n: 0 }, { table: log, transform: select({ id: 'id' }) })
      .on({ n: 1 }, { table: log, transform: ({ id }) => ({ id }) })
      .on({ n: 2 }, { table: log, transform: async ({ id }) => [{ id }, { id }] })
      .on({ n: 3 }, 'drop')
      .otherwise({ table: log, transform: ({ n }) => ({ id: n as never }) })
    const events = [0, 1, 2, 3, 4].map((n) => ({ n, id: `"é${'x'.repeat(n === 1 ? 2500 : 10)}` }))
    const { response, outcomes } = await router.runBatch(eventOf(events))
    return [
      response.records.map(({ recordId, result }) => `${recordId} ${result}`),
      outcomes.map(({ status }) => status),
    ]
  }
  const expected = await run()
  Object.defineProperty(Object.prototype, name, { value: undefined, configurable: true, writable: false })
  let got: unknown
  try {
    got = await run()
  } finally {
    delete (Object.prototype as { [name: string]: unknown })[name]
  }
  expect(got).toEqual(expected)
})
