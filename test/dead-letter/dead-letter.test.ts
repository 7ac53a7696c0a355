import * as fc from 'fast-check'
import {
  createIcebergRouter,
  deadLetterTable,
  defineTable,
  type FinishedRouter,
  type RouterOptions,
  t,
} from 'firehose-iceberg-router'
import { checkResponse } from 'firehose-iceberg-router/testing'
import { describe, expect, it } from 'vitest'
import { toDeadLetterRow } from '../../src/dead-letter/dead-letter-row.ts'
import { keepPayload } from '../../src/dead-letter/payload.ts'
import { eventOf, rowsOf, SOURCES } from '../support/events.ts'
import { runs } from '../support/runs.ts'
import { createTestStream, textOf } from '../support/stream.ts'

const log = defineTable({ name: 'log', columns: { text: t.string() } })

function routerOf(options: Partial<RouterOptions> = {}): FinishedRouter {
  return createIcebergRouter({ database: 'db', onBatch: [], deadLetter: deadLetterTable(), ...options }).on(
    { kind: 'row' },
    { name: 'rows', table: log, transform: ({ text }) => ({ text: text as string }) },
  )
}

const recordOf = (payload: string): Parameters<typeof keepPayload>[0] => ({
  recordId: 'r',
  approximateArrivalTimestamp: 0,
  data: payload,
})
const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes as string).toString('base64')

describe('a record that did not fail', () => {
  it('is not marked as a dead letter', async () => {
    const { outcomes } = await routerOf().runBatch(eventOf([{ kind: 'row', text: 'good' }, { kind: 'other' }]))
    expect(outcomes.map((outcome) => 'deadLettered' in outcome)).toEqual([false, true])
  })
})

describe('a dead-letter row', () => {
  it('gives way before rows that are larger', async () => {
    const payloads = [
      { kind: 'row', text: 'x'.repeat(3000) },
      { kind: 'other' },
      { kind: 'row', text: 'x'.repeat(2000) },
    ]
    const whole = (await routerOf().runBatch(eventOf(payloads))).response
    const bytes = Buffer.byteLength(JSON.stringify(whole))
    const { outcomes } = await routerOf({ responseBudgetBytes: bytes - 1 }).runBatch(eventOf(payloads))
    expect(outcomes.map(({ status }) => status)).toEqual(['delivered', 'failed', 'delivered'])
    expect(outcomes[1]).not.toHaveProperty('deadLettered')
  })
})

describe('a failed record', () => {
  it.each(SOURCES)('becomes a row and still counts as failed (%s)', async (source) => {
    const event = eventOf(
      [
        { kind: 'row', text: 7 },
        { kind: 'row', text: 'good' },
      ],
      source,
    )
    const { outcomes, response, report } = await routerOf().runBatch(event)
    expect(outcomes).toMatchObject([
      { status: 'failed', deadLettered: true, failure: { code: 'WrongType' } },
      { status: 'delivered' },
    ])
    expect(report).toMatchObject({ failed: 1, deadLettered: 1, delivered: 1, tables: [{ table: 'log', rows: 1 }] })
    expect(checkResponse(event, response)).toEqual([])
    expect(response.records[0]).toMatchObject({
      result: 'Ok',
      metadata: { otfMetadata: { destinationTableName: 'dead_letter', operation: 'insert' } },
    })
    expect(rowsOf(response)[0]).toEqual({
      record_id: 'record-0',
      arrived_at: 1_760_000_000_123_000,
      stream_arn: event.deliveryStreamArn,
      code: 'WrongType',
      message: 'expected a string, got a number',
      route: 'rows',
      target_table: 'log',
      path: 'text',
      payload: '{"kind":"row","text":7}',
      payload_encoding: 'text',
      payload_bytes: 23,
      payload_cut: false,
    })
  })

  it('gets its answer even if the invocation is malformed', async () => {
    const event = JSON.parse(JSON.stringify(eventOf([{ kind: 'none' }])))
    event.deliveryStreamArn = { toString: null }
    event.records[0].approximateArrivalTimestamp = { toString: 1, valueOf: 1 }
    const { response } = await routerOf().runBatch(event)
    expect(rowsOf(response)[0]).toMatchObject({ arrived_at: null, stream_arn: 'object', code: 'NoRoute' })
  })

  it('is a table of the handler, under the given name', () => {
    expect(
      routerOf()
        .handler()
        .tables.map(({ name }) => name),
    ).toEqual(['log', 'dead_letter'])
    expect(
      routerOf({ deadLetter: deadLetterTable('bad') })
        .handler()
        .tables.map(({ name }) => name),
    ).toEqual(['log', 'bad'])
  })

  it('that came out of an envelope is written as it first arrived', async () => {
    const stream = createTestStream()
    const options = { reingest: stream.target, overflow: 'reingest', responseBudgetBytes: 2000 } as const
    const text = 'x'.repeat(700)
    await routerOf(options).runBatch(
      eventOf([
        { kind: 'row', text },
        { kind: 'row', text, two: 1 },
      ]),
    )
    const failing = createIcebergRouter({
      database: 'db',
      onBatch: [],
      deadLetter: deadLetterTable(),
      reingest: stream.target,
    })
    const { outcomes, response } = await failing.otherwise('fail').runBatch(eventOf(stream.items.map(textOf)))
    expect(outcomes).toMatchObject([{ recordId: 'record-0', failure: { code: 'NoRoute' } }])
    expect(rowsOf(response)[0]).toMatchObject({
      record_id: 'record-1',
      payload: JSON.stringify({ kind: 'row', text, two: 1 }),
    })
  })

  it('answers ProcessingFailed if its row does not fit; rows of other records have priority', async () => {
    const { outcomes, response, report } = await routerOf({ responseBudgetBytes: 900 }).runBatch(
      eventOf([{ kind: 'row', text: 'x'.repeat(300) }, { none: 'y'.repeat(600) }]),
    )
    expect(response.records.map(({ result }) => result)).toEqual(['Ok', 'ProcessingFailed'])
    expect(outcomes[1]).not.toHaveProperty('deadLettered')
    expect(report).toMatchObject({ delivered: 1, failed: 1, deadLettered: 0 })
  })

  it('is dead-lettered too if it failed on its way back onto the stream', async () => {
    const stream = createTestStream({ fate: () => 'throttled' })
    const router = createIcebergRouter({
      database: 'db',
      onBatch: [],
      deadLetter: deadLetterTable(),
      reingest: stream.target,
    }).otherwise({
      table: log,
      transform: () => [{ text: 'a' }, { text: 'b' }],
    })
    const { outcomes, response } = await router.runBatch(eventOf([{}]))
    expect(outcomes).toMatchObject([{ deadLettered: true, failure: { code: 'ReingestFailed' } }])
    expect(rowsOf(response)[0]).toMatchObject({ code: 'ReingestFailed' })
  })

  it('has no operation on an append-only stream', async () => {
    const { response } = await routerOf({ appendOnly: true }).runBatch(eventOf(['broken']))
    expect(JSON.stringify(response)).not.toContain('operation')
  })
})

describe('the table of dead letters', () => {
  it('says what each column is', () => {
    const { columns } = deadLetterTable()
    expect(Object.entries(columns).map(([name, { doc }]) => [name, doc])).toEqual([
      ['record_id', 'The id of the record, as it first arrived'],
      ['arrived_at', 'When the record first arrived'],
      ['stream_arn', 'The Firehose stream'],
      ['code', 'The code of the failure'],
      ['message', 'The message of the failure'],
      ['route', 'The route that took the record'],
      ['target_table', 'The table the row was for'],
      ['path', 'Where in the event or in the row'],
      ['payload', 'What arrived, encoded as payload_encoding says'],
      ['payload_encoding', 'text, base64 (not valid UTF-8), raw (arrived as invalid base64) or none'],
      ['payload_bytes', 'The length of the payload before anything was cut off'],
      ['payload_cut', 'Whether only the beginning of the payload is here'],
    ])
  })

  it.each([
    ['a table', deadLetterTable(), true],
    ['a table with settings', { table: deadLetterTable(), maxPayloadBytes: 10 }, true],
    ['too many bytes', { table: deadLetterTable(), maxPayloadBytes: 1_000_001 }, false],
    ['settings without a table', { maxPayloadBytes: 10 }, false],
    ['an unknown setting', { table: deadLetterTable(), other: 1 }, false],
    ['text', 'dead_letter', false],
    ['nothing', undefined, false],
  ])('is accepted as %s: %s', (_, given, accepted) => {
    expect(deadLetterTable()['~deadLetter'].accepts(given)).toBe(accepted)
  })
})

describe('the time of arrival', () => {
  const row = (approximateArrivalTimestamp: unknown): object =>
    toDeadLetterRow(
      {
        record: { ...recordOf('e30='), approximateArrivalTimestamp } as never,
        failure: { code: 'NoRoute', message: '', path: '' } as never,
        streamArn: 'arn',
      },
      10,
    )

  it('is kept if its microseconds are exact', () => {
    const last = Number.MAX_SAFE_INTEGER / 1000
    expect(row(last)).toMatchObject({ arrived_at: new Date(last) })
    expect(row(-last)).toMatchObject({ arrived_at: new Date(-last) })
    expect(row(last + 1)).toMatchObject({ arrived_at: null })
    expect(row('5')).toMatchObject({ arrived_at: null })
  })
})

describe('a payload', () => {
  it.each<[string, string, object]>([
    [
      'text',
      base64('{"a":"ü"}'),
      { payload: '{"a":"ü"}', payload_encoding: 'text', payload_bytes: 10, payload_cut: false },
    ],
    [
      'bytes',
      base64(Uint8Array.of(0xff, 0)),
      { payload: '/wA=', payload_encoding: 'base64', payload_bytes: 2, payload_cut: false },
    ],
    ['not base64', '{"a":1}', { payload: '{"a":1}', payload_encoding: 'raw', payload_bytes: 7, payload_cut: false }],
    [
      'nothing',
      undefined as unknown as string,
      { payload: null, payload_encoding: 'none', payload_bytes: 0, payload_cut: false },
    ],
    ['long text', base64('abcdefghijkü'), { payload: 'abcdefghijk', payload_bytes: 13, payload_cut: true }],
    [
      'long bytes',
      base64(new Uint8Array(13).fill(0xff)),
      { payload: base64(new Uint8Array(12).fill(0xff)), payload_cut: true },
    ],
  ])('of %s is kept so that it can be read', (_, payload, kept) => {
    expect(keepPayload(recordOf(payload), 12)).toMatchObject(kept)
  })

  it('is never cut inside a character, and never longer than the maximum', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.nat(30), (text, maxBytes) => {
        const whole = Buffer.from(text, 'utf8').toString('utf8')
        const { payload, payload_cut } = keepPayload(recordOf(base64(text)), maxBytes)
        expect(whole.startsWith(payload ?? '?')).toBe(true)
        expect(Buffer.byteLength(payload ?? '')).toBeLessThanOrEqual(maxBytes)
        expect(payload_cut).toBe(payload !== whole)
      }),
      { numRuns: runs(2000) },
    )
  })
})

it('every failed record gets a row that its table accepts, and nothing throws', async () => {
  const router = routerOf()
  const arrival = fc.oneof(fc.integer(), fc.double(), fc.constantFrom('1', null, undefined))
  const record = fc.record({
    data: fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.uint8Array().map((bytes) => base64(bytes)),
    ),
    approximateArrivalTimestamp: arrival,
  })
  await fc.assert(
    fc.asyncProperty(record, fc.string(), async (fields, recordId) => {
      const event = { ...eventOf([]), records: [{ ...fields, recordId } as never] }
      const { outcomes, response } = await router.runBatch(event)
      expect(outcomes).toMatchObject([{ status: 'failed', deadLettered: true, recordId }])
      expect(checkResponse(event, response)).toEqual([])
    }),
    { numRuns: runs(1000) },
  )
})
