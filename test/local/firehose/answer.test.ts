import { describe, expect, test } from 'vitest'
import type { FirehoseRecord, FirehoseTransformationEvent } from '../../../src/firehose/event.ts'
import { MAX_RESPONSE_BYTES } from '../../../src/firehose/limits.ts'
import type { FirehoseBehaviour, Source, TransformationHandler } from '../../../src/local/index.ts'
import { answering, createBench, okFor, opens } from './support.ts'

/** What becomes of three records, of which the handler treats the second one in its own way. */
interface Case {
  readonly name: string
  /** The answer for the second record; a list takes its place, so that it may be empty or have several. */
  readonly second?: (record: FirehoseRecord) => readonly unknown[]
  readonly handler?: TransformationHandler
  readonly behaviour?: Partial<FirehoseBehaviour>
  readonly timeoutMs?: number
  readonly sources?: readonly Source[]
  readonly delivered: readonly number[]
  readonly dropped?: number
  /** The code of every record that failed, by its id. */
  readonly failed?: { readonly [id: number]: string }
  readonly attempts?: number
}

const ALL = [1, 2, 3]
const batchFails = (code: string) => ({ delivered: [], failed: { 1: code, 2: code, 3: code }, attempts: 3 })
const FUNCTION_ERROR = batchFails('Lambda.FunctionError')
const secondFails = (code: string) => ({ delivered: [1, 3], failed: { 2: code }, attempts: 1 })
const missingAll = { ...batchFails('Lambda.MissingRecordId'), attempts: 1 }
const twice = (record: FirehoseRecord) => [okFor(record), okFor(record)]
const withPayload = (record: FirehoseRecord, payload: unknown) => {
  const key = record.data === undefined ? 'kafkaRecordValue' : 'data'
  return { ...okFor(record), [key]: payload }
}
const circular: { self?: unknown } = {}
circular.self = circular

const cases: readonly Case[] = [
  { name: 'Ok with a row', second: (record) => [okFor(record)], delivered: ALL },
  { name: 'Dropped', second: ({ recordId }) => [{ recordId, result: 'Dropped' }], delivered: [1, 3], dropped: 1 },
  {
    name: 'ProcessingFailed, whatever data it returns',
    second: (record) => [{ ...withPayload(record, 'not base64!'), result: 'ProcessingFailed' }],
    ...secondFails('Lambda.ProcessingFailedStatus'),
  },
  { name: 'Ok without data', second: (r) => [withPayload(r, undefined)], ...secondFails('Lambda.InvalidReturnFormat') },
  { name: 'Ok with null data', second: (r) => [withPayload(r, null)], ...secondFails('Lambda.InvalidReturnFormat') },
  {
    name: 'Ok with the payload under the key of another source',
    second: ({ recordId, data }) => [
      { recordId, result: 'Ok', [data === undefined ? 'data' : 'kafkaRecordValue']: 'e30=' },
    ],
    ...secondFails('Lambda.InvalidReturnFormat'),
  },
  { name: 'Ok with text for base64', second: (r) => [withPayload(r, '{"id":2}')], ...FUNCTION_ERROR },
  { name: 'Ok with URL-safe base64', second: (r) => [withPayload(r, '-_-_')], ...FUNCTION_ERROR },
  { name: 'Ok with an object for base64', second: (r) => [withPayload(r, { id: 2 })], ...FUNCTION_ERROR },
  { name: 'an id that is missing', second: () => [], ...secondFails('Lambda.MissingRecordId') },
  { name: 'an id answered twice', second: twice, ...secondFails('Lambda.DuplicatedRecordId') },
  {
    name: 'an id answered twice, as a failure of the batch',
    second: twice,
    behaviour: { duplicateRecordId: 'batch' },
    ...batchFails('Lambda.DuplicatedRecordId'),
  },
  {
    name: 'an id that was never sent beside the right one',
    second: (record) => [{ ...okFor(record), recordId: 'never-sent', result: 'Nonsense' }, okFor(record)],
    delivered: ALL,
  },
  {
    name: 'an id that was never sent in place of the right one',
    second: (record) => [{ ...okFor(record), recordId: 'never-sent' }],
    ...secondFails('Lambda.MissingRecordId'),
  },
  { name: 'an id that is a number', second: () => [{ recordId: 2 }], ...secondFails('Lambda.MissingRecordId') },
  { name: 'an unknown result', second: (record) => [{ ...okFor(record), result: 'ok' }], ...FUNCTION_ERROR },
  {
    name: 'an unknown result, as a failure of the record',
    second: (record) => [{ ...okFor(record), result: 'ok' }],
    behaviour: { unknownResult: 'record' },
    ...secondFails('Lambda.InvalidReturnFormat'),
  },
  { name: 'an answer that is null', second: () => [null], ...FUNCTION_ERROR },
  { name: 'no response', handler: () => undefined, ...missingAll },
  { name: 'a response without records', handler: () => ({ results: [] }), ...missingAll },
  { name: 'a response that is text', handler: () => 'done', ...missingAll },
  { name: 'a response with no answer in it', handler: () => ({ records: [] }), ...missingAll },
  {
    name: 'a response without records, as a failure of the batch',
    handler: () => ({}),
    behaviour: { missingRecords: 'batch' },
    ...FUNCTION_ERROR,
  },
  { name: 'records that are no list', handler: () => ({ records: { length: 3 } }), ...FUNCTION_ERROR },
  { name: 'a response with a BigInt', handler: () => ({ records: [], count: 3n }), ...FUNCTION_ERROR },
  { name: 'a circular response', handler: () => circular, ...FUNCTION_ERROR },
  {
    name: 'a response one byte too large',
    handler: padded(MAX_RESPONSE_BYTES + 1),
    ...FUNCTION_ERROR,
  },
  { name: 'a response just small enough', handler: padded(MAX_RESPONSE_BYTES), delivered: ALL },
  { name: 'a handler that throws', handler: () => throwing(new Error('"secret"')), ...FUNCTION_ERROR },
  { name: 'a handler that throws nothing', handler: () => throwing(undefined), ...FUNCTION_ERROR },
  { name: 'a handler that rejects', handler: async () => throwing(new TypeError()), ...FUNCTION_ERROR },
  {
    name: 'a handler that never answers',
    handler: () => new Promise(() => {}),
    timeoutMs: 5,
    ...batchFails('Lambda.FunctionTimedOut'),
  },
  {
    name: 'answers in another order',
    handler: async ({ records }) => ({ records: records.map((record) => okFor(record)).reverse() }),
    delivered: ALL,
  },
  {
    name: 'a handler that is not asynchronous',
    handler: (event) => ({ records: event.records.map(ok) }),
    delivered: ALL,
  },
]

for (const source of ['direct-put', 'kinesis', 'msk'] as const) {
  describe(`the answer of a handler, ${source}`, () => {
    test.each(cases)('$name', async (expected) => {
      const { second = () => [], behaviour = {}, timeoutMs = 60_000, attempts = 1 } = expected
      const handler = expected.handler ?? (({ records }) => ({ records: records.flatMap(secondBy(second)) }))
      const transform = { timeoutMs, numberOfRetries: 2 }
      const bench = await createBench(handler, { source, behaviour, transform })
      for (const id of ALL) await bench.firehose.put(`{"id":${id}}`)
      const summary = await bench.firehose.flush()

      expect(bench.rows(opens)).toEqual(expected.delivered.map((id) => ({ id, note: null })))
      expect(summary).toMatchObject({ recordsIn: 3, waiting: 0, dropped: expected.dropped ?? 0 })
      const entries = await bench.errorEntries()
      expect(Object.fromEntries(entries.map(toIdAndCode))).toEqual(expected.failed ?? {})
      for (const entry of entries) {
        expect(entry).toMatchObject({ outputType: 'processing-failed', record: { attemptsMade: attempts } })
        expect(entry.record?.errorMessage).not.toContain('secret')
      }
    })
  })
}

test('names the place where a handler threw, and not its message', async () => {
  const bench = await createBench(() => JSON.parse('{"secret'), { transform: { numberOfRetries: 0 } })
  await bench.firehose.put('{"id":1}')
  await bench.firehose.flush()
  const [entry] = await bench.errorEntries()
  expect(entry?.record?.errorMessage).toMatch(/^the handler threw SyntaxError at /)
  expect(entry?.record?.errorMessage).not.toContain('secret')
})

test('does not let a handler reach into the records', async () => {
  const seen: string[] = []
  const bench = await createBench((event: FirehoseTransformationEvent) => {
    seen.push(JSON.stringify(event.records))
    for (const record of event.records) Object.assign(record, { data: 'changed', recordId: 'changed' })
    throw new Error('so that it is tried again')
  })
  await bench.firehose.put('{"id":1}')
  await bench.firehose.flush()
  expect(seen).toHaveLength(4)
  expect(new Set(seen).size).toBe(1)
  expect((await bench.errorEntries()).map((entry) => String(entry.record?.payload))).toEqual(['{"id":1}'])
})

test('takes answers that are the same for every record', async () => {
  const bench = await createBench(answering((record) => ok(record)))
  await bench.firehose.put('{"id":7}\n')
  expect((await bench.firehose.close()).delivered).toEqual([
    { database: 'app', table: 'opens', operation: 'insert', records: 1 },
  ])
})

function ok(record: FirehoseRecord): object {
  return okFor(record)
}

function secondBy(second: (record: FirehoseRecord) => readonly unknown[]) {
  return (record: FirehoseRecord, index: number) => (index === 1 ? second(record) : [okFor(record)])
}

function toIdAndCode(entry: { record?: { payload: Uint8Array; errorCode: string } | undefined }): [string, string] {
  return [String(JSON.parse(Buffer.from(entry.record?.payload ?? []).toString()).id), entry.record?.errorCode ?? '']
}

function throwing(error: unknown): never {
  throw error
}

/** A right answer of exactly that many bytes. */
function padded(sizeBytes: number): TransformationHandler {
  return ({ records }) => {
    const response = { records: records.map(ok), padding: '' }
    response.padding = 'x'.repeat(sizeBytes - JSON.stringify(response).length)
    return response
  }
}
