import { Buffer } from 'node:buffer'
import type { FirehoseResponseRecord, FirehoseTransformationResponse, OtfMetadata } from './response.ts'

const ENVELOPE_BYTES = '{"records":[]}'.length
const SEPARATOR_BYTES = ','.length

/**
 * The exact size in bytes of a response as `JSON.stringify` prints it, which is what Lambda measures, without printing
 * it: ids, payloads, metadata, punctuation and escapes.
 */
export function responseSizeBytes(response: FirehoseTransformationResponse): number {
  const { records } = response
  let sizeBytes = ENVELOPE_BYTES + Math.max(0, records.length - 1) * SEPARATOR_BYTES
  for (const record of records) sizeBytes += recordSizeBytes(record)
  return sizeBytes
}

/** The exact size in bytes of one answer as `JSON.stringify` prints it, without the comma between two of them. */
export function recordSizeBytes(record: FirehoseResponseRecord): number {
  const { recordId, result } = record
  const sizeBytes = '{"recordId":,"result":""}'.length + stringSizeBytes(recordId) + result.length
  if (result === 'Dropped') return sizeBytes
  const payloadBytes = payloadSizeBytes(record.data, record.kafkaRecordValue)
  if (result === 'ProcessingFailed') return sizeBytes + payloadBytes
  return sizeBytes + payloadBytes + ',"metadata":{"otfMetadata":}'.length + otfSizeBytes(record.metadata.otfMetadata)
}

function payloadSizeBytes(data: string | undefined, kafkaRecordValue: string | undefined): number {
  // A failed record gives back what came, which need not be base64: it is measured like any other string.
  if (data !== undefined) return ',"data":'.length + stringSizeBytes(data)
  if (kafkaRecordValue !== undefined) return ',"kafkaRecordValue":'.length + stringSizeBytes(kafkaRecordValue)
  return 0
}

function otfSizeBytes(otf: OtfMetadata): number {
  const names = stringSizeBytes(otf.destinationDatabaseName) + stringSizeBytes(otf.destinationTableName)
  const operationBytes = otf.operation === undefined ? 0 : ',"operation":""'.length + otf.operation.length
  return '{"destinationDatabaseName":,"destinationTableName":}'.length + names + operationBytes
}

/** What needs no escape and one byte a character: ids, names and base64 are made of nothing else. */
const PLAIN = /^[\w+/=.:\- ]*$/

function stringSizeBytes(text: string): number {
  return PLAIN.test(text) ? text.length + 2 : Buffer.byteLength(JSON.stringify(text), 'utf8')
}
