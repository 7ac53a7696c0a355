import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Batch, createBatcher, MAX_REQUEST_BYTES } from '../../../src/local/firehose/batcher.ts'
import { buildInvocation } from '../../../src/local/firehose/build-invocation.ts'
import { createRecordMaker, type SourceRecord, toPayload } from '../../../src/local/firehose/record.ts'
import { runs } from '../../support/runs.ts'

const sources = ['direct-put', 'kinesis', 'msk'] as const

function cut(records: readonly SourceRecord[], limitBytes: number): Batch[] {
  const batcher = createBatcher(limitBytes)
  return [...records.flatMap((record) => batcher.add(record)), ...batcher.take()]
}

const payloadBytes = (batch: Batch): number => batch.reduce((sum, record) => sum + record.payloadBytes, 0)

test('batches conserve bytes and order, and only a single record exceeds the limit', () => {
  const payloads = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 60 })
  fc.assert(
    fc.property(payloads, fc.integer({ min: 1, max: 100 }), fc.constantFrom(...sources), (bytes, limit, source) => {
      const { put: makeRecord } = createRecordMaker({ source, clock: () => 0, newId: () => 'run' })
      const records = bytes.map((each) => makeRecord(Buffer.from(each)))
      const batches = cut(records, limit)
      expect(batches.flat()).toEqual(records)
      expect(batches.flat().map(({ rawData }) => rawData)).toEqual(
        bytes.map((each) => Buffer.from(each).toString('base64')),
      )
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0)
        if (batch.length > 1) expect(payloadBytes(batch)).toBeLessThanOrEqual(limit)
      }
    }),
    { numRuns: runs(1000) },
  )
})

test.each(sources)('no request is larger than Lambda accepts, %s', (source) => {
  const { put: makeRecord } = createRecordMaker({ source, clock: Date.now, newId: () => 'run' })
  const records = Array.from({ length: 50_000 }, () => makeRecord(Buffer.from('{"id":1}')))
  const batches = cut(records, 3 * 1024 * 1024)
  expect(batches.length).toBeGreaterThan(1)
  for (const batch of batches.slice(0, -1)) {
    const stream = { deliveryStreamName: 'x'.repeat(64), region: 'x'.repeat(64), accountId: '1'.repeat(12), source }
    const event = buildInvocation(
      stream,
      crypto.randomUUID(),
      batch.map(({ wire }) => wire),
    )
    const sizeBytes = Buffer.byteLength(JSON.stringify(event))
    expect(sizeBytes).toBeLessThanOrEqual(MAX_REQUEST_BYTES)
    expect(sizeBytes).toBeGreaterThan(MAX_REQUEST_BYTES - 3000)
  }
})

test.each<[string, unknown, RegExp]>([
  ['one byte over 1,000 KiB', Buffer.alloc(1_024_001), /has 1024001 bytes, and Firehose takes at most 1024000/],
  ['a string over 1,000 KiB in UTF-8', 'é'.repeat(512_001), /has 1024002 bytes/],
  ['an object', { id: 1 }, /expected bytes or a string as a record, got an object/],
  ['nothing', undefined, /got undefined/],
])('refuses %s', (_name, payload, message) => {
  expect(() => toPayload(payload)).toThrow(expect.objectContaining({ code: 'InvalidEvent' }))
  expect(() => toPayload(payload)).toThrow(message)
})

test('accepts 1,000 KiB, and bytes that the caller reuses', () => {
  expect(toPayload('x'.repeat(1_024_000))).toHaveLength(1_024_000)
  const bytes = new Uint8Array([1, 2])
  const payload = toPayload(bytes)
  bytes.fill(0)
  expect([...payload]).toEqual([1, 2])
})
