import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { createFirehoseEvent, SOURCES } from 'firehose-iceberg-router/testing'
import { brokenBase64, garbagePayloads, hostileStrings, jsonTexts } from 'firehose-iceberg-router/testing/arbitraries'
import { expect, it } from 'vitest'
import { failedRecord, okRecord } from '../../src/firehose/answer.ts'
import { encodeBase64 } from '../../src/firehose/base64.ts'
import { decodeRecord } from '../../src/firehose/decode.ts'
import type { FirehoseRecord } from '../../src/firehose/event.ts'
import type { FirehoseResponseRecord } from '../../src/firehose/response.ts'
import { responseSizeBytes } from '../../src/firehose/size.ts'
import { payloadOf } from '../../src/firehose/stream-source.ts'
import { printExactly } from '../../src/table/exact-json.ts'
import { isMisread } from '../../src/testing/engine.ts'
import { runs } from '../support/runs.ts'

const otfMetadata = { destinationDatabaseName: 'db', destinationTableName: 'log', operation: 'insert' } as const
const objects = fc.dictionary(hostileStrings(), fc.jsonValue()).filter((value) => !isMisread(JSON.stringify(value)))

function recordOf(payload: string | Uint8Array, source: (typeof SOURCES)[number]): FirehoseRecord {
  return createFirehoseEvent([payload], { source }).records[0] as FirehoseRecord
}

it('an encoded value decodes to the same value', () => {
  fc.assert(
    fc.property(objects, fc.constantFrom(...SOURCES), (row, source) => {
      const record = recordOf('{}', source)
      const { data, kafkaRecordValue } = okRecord(record, encodeBase64(JSON.stringify(row)), { otfMetadata })
      const again = { ...record, data, kafkaRecordValue } as FirehoseRecord
      expect(printExactly(decodeRecord(again).event)).toBe(JSON.stringify(row))
    }),
    { numRuns: runs(2000) },
  )
})

it('every source decodes to the same object, and a failed record returns its payload byte for byte', () => {
  const values = objects.chain((value) => jsonTexts(fc.constant(value)).map((text) => ({ value, text })))
  fc.assert(
    fc.property(values, fc.constantFrom(...SOURCES), ({ value, text }, source) => {
      const record = recordOf(text, source)
      expect(printExactly(decodeRecord(record).event)).toBe(JSON.stringify(value))
      const { data, kafkaRecordValue } = failedRecord(record)
      expect({ data, kafkaRecordValue }).toEqual({ data: record.data, kafkaRecordValue: record.kafkaRecordValue })
    }),
    { numRuns: runs(1000) },
  )
})

it('garbage is never an event, and broken base64 has its own failure', () => {
  fc.assert(
    fc.property(garbagePayloads(), fc.constantFrom(...SOURCES), (payload, source) => {
      const { event, failure } = decodeRecord(recordOf(payload, source))
      expect(event).toBeUndefined()
      expect(failure?.code).not.toBe('InvalidBase64')
    }),
    { numRuns: runs(2000) },
  )
  fc.assert(
    fc.property(brokenBase64(), (data) => {
      expect(decodeRecord({ recordId: 'r', approximateArrivalTimestamp: 0, data }).failure?.code).toBe('InvalidBase64')
    }),
    { numRuns: runs(1000) },
  )
})

it('the size of a response is exact to the byte without printing it', () => {
  const strings = fc.oneof(hostileStrings(), fc.string({ unit: 'binary' }), fc.base64String())
  const payload = fc.oneof(
    fc.record({ data: strings }),
    fc.record({ kafkaRecordValue: strings }),
    fc.constant<{ data?: string }>({}),
  )
  // The router writes rows itself, as base64; the payload of a failed record may be anything.
  const base64 = fc.base64String()
  const row = fc.oneof(fc.record({ data: base64 }), fc.record({ kafkaRecordValue: base64 }))
  const names = fc.record({ destinationDatabaseName: strings, destinationTableName: strings })
  const operation = fc.record({ operation: fc.constantFrom('insert', 'update', 'delete') }, { requiredKeys: [] })
  const metadata = fc.tuple(names, operation).map(([routing, extra]) => ({ otfMetadata: { ...routing, ...extra } }))
  const answer: fc.Arbitrary<FirehoseResponseRecord> = fc.oneof(
    fc.record({ recordId: strings, result: fc.constant('Dropped' as const) }),
    fc.tuple(strings, payload).map(([recordId, rest]) => ({ recordId, result: 'ProcessingFailed' as const, ...rest })),
    fc.tuple(strings, row, metadata).map(([recordId, rest, routing]) => {
      return { recordId, result: 'Ok' as const, ...rest, metadata: routing }
    }),
  )
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 6 }), (records) => {
      expect(responseSizeBytes({ records })).toBe(Buffer.byteLength(JSON.stringify({ records }), 'utf8'))
    }),
    { numRuns: runs(3000) },
  )
})

it('the payload is under exactly one key', () => {
  for (const source of SOURCES) expect(payloadOf(recordOf('{}', source))).toBe('e30=')
})
