import { Buffer } from './buffer.ts'
import type { FirehoseResponseRecord, FirehoseTransformationResponse, OkRecord, OtfMetadata } from './response.ts'

/**
 * The exact size in bytes of a response as `JSON.stringify` prints it, which is what Lambda measures, without printing
 * it: ids, payloads, metadata, punctuation and escapes.
 */
export function responseSizeBytes({ records }: FirehoseTransformationResponse): number {
  return records.reduce((sizeBytes, record) => sizeBytes + bodySizeBytes(record), frameSizeBytes(records))
}

/** The size of a response to these records without the bodies of its answers: brackets, commas and ids. */
export function frameSizeBytes(records: readonly { readonly recordId: string }[]): number {
  const ids = records.map(({ recordId }) => recordId)
  // The list of ids has the same commas and brackets as the list of answers.
  return '{"records":}'.length + Buffer.byteLength(JSON.stringify(ids), 'utf8')
}

/**
 * The size of an answer as `JSON.stringify` prints it, without its id.
 *
 * @param metadataBytes the size of its metadata, if it is known
 */
export function bodySizeBytes(record: FirehoseResponseRecord, metadataBytes?: number): number {
  const { result } = record
  const sizeBytes = '{"recordId":,"result":""}'.length + result.length
  if (result === 'Dropped') return sizeBytes
  const { data, kafkaRecordValue } = record
  // A failed record returns its payload, which may not be base64, so it is measured like any other string.
  if (result === 'ProcessingFailed') return sizeBytes + payloadSizeBytes(data, kafkaRecordValue)
  return sizeBytes + base64SizeBytes(record) + (metadataBytes ?? metadataSizeBytes(record.metadata.otfMetadata))
}

function payloadSizeBytes(data: string | undefined, kafkaRecordValue: string | undefined): number {
  if (data !== undefined) return ',"data":'.length + stringSizeBytes(data)
  if (kafkaRecordValue !== undefined) return ',"kafkaRecordValue":'.length + stringSizeBytes(kafkaRecordValue)
  return 0
}

/** The router wrote the row as base64, so nothing in it needs an escape and its length is its size. */
function base64SizeBytes({ data, kafkaRecordValue }: OkRecord): number {
  if (data !== undefined) return ',"data":""'.length + data.length
  return kafkaRecordValue === undefined ? 0 : ',"kafkaRecordValue":""'.length + kafkaRecordValue.length
}

/** The size of the metadata of an answer, with the comma before it. */
export function metadataSizeBytes(otfMetadata: OtfMetadata): number {
  return Buffer.byteLength(JSON.stringify({ metadata: { otfMetadata } }), 'utf8') - '{}'.length + ','.length
}

/** Characters of one byte that need no escape: ids, names and base64 have only these. */
const PLAIN = /^[\w+/=.:\- ]*$/

function stringSizeBytes(text: string): number {
  return PLAIN.test(text) ? text.length + 2 : Buffer.byteLength(JSON.stringify(text), 'utf8')
}
