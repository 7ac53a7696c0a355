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
  const { data, kafkaRecordValue } = record
  // A failed record gives back what came, which need not be base64: it is measured like any other string.
  if (result === 'ProcessingFailed') return sizeBytes + payloadSizeBytes(data, kafkaRecordValue)
  return sizeBytes + base64SizeBytes(data, kafkaRecordValue) + metadataSizeBytes(record.metadata.otfMetadata)
}

function payloadSizeBytes(data: string | undefined, kafkaRecordValue: string | undefined): number {
  if (data !== undefined) return ',"data":'.length + stringSizeBytes(data)
  if (kafkaRecordValue !== undefined) return ',"kafkaRecordValue":'.length + stringSizeBytes(kafkaRecordValue)
  return 0
}

/** A row is base64 that the router itself has made: nothing in it needs an escape, so nothing needs a look. */
function base64SizeBytes(data: string | undefined, kafkaRecordValue: string | undefined): number {
  if (data !== undefined) return ',"data":""'.length + data.length
  return kafkaRecordValue === undefined ? 0 : ',"kafkaRecordValue":""'.length + kafkaRecordValue.length
}

/** A router has a few routings, shared by all of its records, so each is measured once. */
const METADATA_BYTES = new WeakMap<OtfMetadata, number>()

function metadataSizeBytes(otf: OtfMetadata): number {
  const known = METADATA_BYTES.get(otf)
  if (known !== undefined) return known
  const names = stringSizeBytes(otf.destinationDatabaseName) + stringSizeBytes(otf.destinationTableName)
  const operationBytes = otf.operation === undefined ? 0 : ',"operation":""'.length + otf.operation.length
  const keys = ',"metadata":{"otfMetadata":{"destinationDatabaseName":,"destinationTableName":}}'
  const sizeBytes = keys.length + names + operationBytes
  METADATA_BYTES.set(otf, sizeBytes)
  return sizeBytes
}

/** What needs no escape and one byte a character: ids, names and base64 are made of nothing else. */
const PLAIN = /^[\w+/=.:\- ]*$/

function stringSizeBytes(text: string): number {
  return PLAIN.test(text) ? text.length + 2 : Buffer.byteLength(JSON.stringify(text), 'utf8')
}
