import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FirehoseResponseRecord } from '../../src/firehose/response.ts'
import { bodySizeBytes, frameSizeBytes, metadataSizeBytes, responseSizeBytes } from '../../src/firehose/size.ts'
import { runs } from '../support/runs.ts'

const text = fc.string({ unit: 'binary', maxLength: 20 })
const base64 = fc.base64String({ maxLength: 40 })
/** Payloads of failed records are returned as they came, so they may be anything. */
const payload = fc.oneof(text, base64, fc.constantFrom('"', '\\', 'a b', 'a\nb', 'é', '$'))
const metadata = fc.record({
  otfMetadata: fc.record(
    { destinationDatabaseName: text, destinationTableName: text, operation: fc.constantFrom('insert', 'update') },
    { requiredKeys: ['destinationDatabaseName', 'destinationTableName'] },
  ),
})
const answer = fc.oneof(
  fc.record({ recordId: text, result: fc.constant('Dropped') }),
  fc.record({ recordId: text, result: fc.constant('ProcessingFailed') }),
  fc.record({ recordId: text, result: fc.constant('ProcessingFailed'), data: payload }),
  fc.record({ recordId: text, result: fc.constant('ProcessingFailed'), kafkaRecordValue: payload }),
  fc.record({ recordId: text, result: fc.constant('Ok'), data: base64, metadata }),
  fc.record({ recordId: text, result: fc.constant('Ok'), kafkaRecordValue: base64, metadata }),
  fc.record({ recordId: text, result: fc.constant('Ok'), metadata }),
) as fc.Arbitrary<FirehoseResponseRecord>

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

it('the size of a response, of its frame and of a body is what JSON takes', () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 8 }), (records) => {
      expect(responseSizeBytes({ records })).toBe(bytesOf({ records }))
      const frame = frameSizeBytes(records)
      expect(frame + records.reduce((sum, record) => sum + bodySizeBytes(record), 0)).toBe(bytesOf({ records }))
    }),
    { numRuns: runs(5000, 500) },
  )
})

it('metadata has a known size, which is used if it is given', () => {
  const otfMetadata = { destinationDatabaseName: 'db', destinationTableName: 'té', operation: 'insert' } as const
  const record = { recordId: 'a', result: 'Ok', data: 'e30=', metadata: { otfMetadata } } as const
  const { metadata: _, ...without } = record
  expect(metadataSizeBytes(otfMetadata)).toBe(bytesOf(record) - bytesOf(without))
  expect(bodySizeBytes(record, 0)).toBe(bodySizeBytes(record) - metadataSizeBytes(otfMetadata))
})
