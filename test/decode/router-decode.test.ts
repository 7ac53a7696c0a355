import zlib from 'node:zlib'
import { createIcebergRouter, defineTable, RetryBatchError, s, select, t } from 'firehose-iceberg-router'
import { toJq } from 'firehose-iceberg-router/artefacts'
import * as d from 'firehose-iceberg-router/d'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { rowsOf } from '../support/events.ts'
import { createTestStream } from '../support/stream.ts'
import { invocationOf, problemsOf } from './support.ts'

const orders = defineTable({ name: 'orders', columns: { id: t.string(), total: t.decimal(12, 2) } })

interface Order {
  readonly type: 'order'
  readonly id: string
  readonly total: number
}

const packed = (value: unknown): Buffer => zlib.gzipSync(JSON.stringify(value))
const decode = d.gzip(d.json<Order>())

it('a router reads its payloads with the decoder, for functions and for select', async () => {
  const payloads = [packed({ type: 'order', id: 'a', total: 12.5 }), Buffer.from('{"type":"order"}')]
  const start = createIcebergRouter({ database: 'db', decode, onBatch: [] })
  const byFunction = start.on({ type: 'order' }, { table: orders, transform: ({ id, total }) => ({ id, total }) })
  const bySelect = start.on(
    { type: 'order' },
    { table: orders, transform: select({ id: 'id', total: s.path('total') }) },
  )
  for (const router of [byFunction, bySelect]) {
    const { response, outcomes } = await router.runBatch(invocationOf(payloads))
    expect(rowsOf(response)).toEqual([{ id: 'a', total: '12.50' }, undefined])
    expect(outcomes[1]).toMatchObject({ status: 'failed', failure: { code: 'InvalidCompression' } })
  }
})

it('json() gives what a router without decode gives, for every kind of payload', async () => {
  const payloads = [
    '{"id":"a","total":1}',
    '',
    ' ',
    '[1]',
    'null',
    '{"id":12345678901234567890}',
    '{}{}',
    '{"a":',
    '\ufeff{}',
  ]
  const invocation = invocationOf([...payloads.map((text) => Buffer.from(text)), Buffer.from([0xff]), packed({})])
  const route = { table: orders, transform: (event: object) => event as { id: string; total: number } }
  const plain = createIcebergRouter({ database: 'db', onBatch: [] }).otherwise(route)
  const decoding = createIcebergRouter({ database: 'db', decode: d.json(), onBatch: [] }).otherwise(route)
  expect((await decoding.runBatch(invocation)).outcomes).toEqual((await plain.runBatch(invocation)).outcomes)
})

it('a schema that rounds a number inside an envelope fails the record', async () => {
  const schema = z.object({ body: z.object({ id: z.unknown().transform(Number) }) })
  const ids = defineTable({ name: 'ids', columns: { id: t.double() } })
  const router = createIcebergRouter({ database: 'db', decode: d.sqs(), onBatch: [] }).otherwise({
    table: ids,
    schema,
    transform: ({ body }) => ({ id: body.id }),
  })
  const message = {
    messageId: 'a',
    body: '{"id":9007199254740993}',
    attributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'a',
  }
  const { outcomes } = await router.runBatch(invocationOf([Buffer.from(JSON.stringify(message))]))
  expect(outcomes[0]).toMatchObject({ failure: { code: 'OutOfRange', path: 'body.id' } })
})

it('a binary record that goes back onto the stream comes back unchanged, and its envelope needs no decoder', async () => {
  const stream = createTestStream({
    signer: { sign: (text) => String(text.length), verify: (text, sum) => String(text.length) === sum },
  })
  const seen: string[] = []
  const big = 'x'.repeat(300)
  const router = createIcebergRouter({
    database: 'db',
    decode,
    reingest: stream.target,
    overflow: 'reingest',
    responseBudgetBytes: 900,
    onBatch: [],
  }).on(
    { type: 'order' },
    {
      table: orders,
      transform: ({ id, total }, { recordId }) => {
        seen.push(recordId)
        return { id, total }
      },
    },
  )
  const payloads = ['a', 'b', 'c'].map((id) => packed({ type: 'order', id: id + big, total: 1 }))
  const first = await router.runBatch(invocationOf(payloads))
  const statuses = first.outcomes.map(({ status }) => status)
  expect(statuses).toContain('reingested')
  const rows = rowsOf(first.response)
  const forgery = Buffer.from(stream.items[0]?.data ?? []).toString()
  for (let hop = 0; stream.items.length > 0 && hop < 3; hop++) {
    const again = await router.runBatch(invocationOf(stream.items.splice(0).map(({ data }) => data)))
    rows.push(...rowsOf(again.response))
  }
  const ids = rows.flatMap((row) => (row === undefined ? [] : [row['id']]))
  expect(ids.sort()).toEqual(['a', 'b', 'c'].map((id) => id + big))
  expect(new Set(seen)).toEqual(new Set(['record-0', 'record-1', 'record-2']))
  // A compressed copy of an envelope is what the decoder reads, and opened like any other.
  const forged = packed(JSON.parse(forgery.replace('"signature":"', '"signature":"x')))
  const { outcomes } = await router.runBatch(invocationOf([forged]))
  expect(outcomes[0]).toMatchObject({ failure: { code: 'EnvelopeForged' } })
})

it('a decoder may ask for the whole batch again, and its words stay out of messages', async () => {
  const text = (error: Error) =>
    d.text(() => {
      throw error
    })
  const build = (error: Error) =>
    createIcebergRouter({ database: 'db', decode: text(error), onBatch: [] }).otherwise('drop')
  await expect(build(new RetryBatchError('again')).runBatch(invocationOf([Buffer.from('a')]))).rejects.toThrow('again')
  const { outcomes } = await build(new TypeError('secret')).runBatch(invocationOf([Buffer.from('secret')]))
  expect(outcomes[0]).toMatchObject({
    failure: { code: 'DecoderThrew', thrownAt: expect.stringMatching(/^router-decode/) },
  })
  expect(JSON.stringify(outcomes)).not.toContain('secret')
})

it('a tombstone, a missing payload and invalid base64 are those of every router', async () => {
  const router = createIcebergRouter({ database: 'db', decode, tombstones: 'drop', onBatch: [] }).otherwise('fail')
  const invocation = invocationOf([packed({}), packed({}), packed({}), packed({})])
  const [a, b, c, e] = invocation.records.map(({ data, ...record }) => record)
  const records = [
    { ...a, kafkaRecordValue: null },
    b,
    { ...c, data: '*' },
    { ...e, data: '' },
  ] as unknown as typeof invocation.records
  const { outcomes } = await router.runBatch({ ...invocation, records })
  expect(outcomes).toMatchObject([
    { status: 'dropped', route: 'tombstone' },
    { failure: { code: 'MissingData' } },
    { failure: { code: 'InvalidBase64' } },
    { failure: { code: 'EmptyRecord' } },
  ])
})

it('something else as decode is refused when the router is built, and jq has no decoder', () => {
  expect(problemsOf({} as never)).toMatch(/decode: expected a decoder, such as d\.gzip\(d\.json\(\)\).*, got object/)
  expect(problemsOf(d.json as never)).toMatch(/decode: expected a decoder, .* got function/)
  const router = createIcebergRouter({ database: 'db', decode }).otherwise('fail')
  expect(toJq(router)).toMatchObject({ possible: false, reasons: [expect.stringContaining('the option decode')] })
})

it('a decoder is read-only and prints what it is made of', () => {
  expect(Object.isFrozen(decode)).toBe(true)
  expect(decode).toMatchObject({ kind: 'decoder', name: 'gzip(json)', yields: 'one event' })
})
