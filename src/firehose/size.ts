import { Buffer } from './buffer.ts'
import type { FirehoseResponseRecord, FirehoseTransformationResponse, OkRecord, OtfMetadata } from './response.ts'

/**
 * The exact size in bytes of a response as `JSON.stringify` prints it, which is what Lambda measures, without printing
 * it: ids, payloads, metadata, punctuation and escapes.
 */
export function responseSizeBytes({ records }: FirehoseTransformationResponse): number {
  return records.reduce((sizeBytes, record) => sizeBytes + bodySizeBytes(record), frameSizeBytes(records))
}

/** What a response to these records takes besides the bodies of its answers: brackets, commas and ids. */
export function frameSizeBytes(records: readonly { readonly recordId: string }[]): number {
  const ids = records.map(({ recordId }) => recordId)
  // The list of ids has the commas of the list of answers, and its brackets.
  return '{"records":}'.length + Buffer.byteLength(JSON.stringify(ids), 'utf8')
}

/**
 * The size of an answer as `JSON.stringify` prints it, without its id.
 *
 * @param metadataBytes that of its metadata, where it is known
 */
export function bodySizeBytes(record: FirehoseResponseRecord, metadataBytes?: number): number {
  const { result } = record
  const sizeBytes = '{"recordId":,"result":""}'.length + result.length
  if (result === 'Dropped') return sizeBytes
  const { data, kafkaRecordValue } = record
  // A failed record gives back what came, which need not be base64: it is measured like any other string.
  if (result === 'ProcessingFailed') return sizeBytes + payloadSizeBytes(data, kafkaRecordValue)
  return sizeBytes + base64SizeBytes(record) + (metadataBytes ?? metadataSizeBytes(record.metadata.otfMetadata))
}

function payloadSizeBytes(data: string | undefined, kafkaRecordValue: string | undefined): number {
  if (data !== undefined) return ',"data":'.length + stringSizeBytes(data)
  if (kafkaRecordValue !== undefined) return ',"kafkaRecordValue":'.length + stringSizeBytes(kafkaRecordValue)
  return 0
}

/** A row is base64 that the router itself has made: nothing in it needs an escape, so nothing needs a look. */
function base64SizeBytes({ data, kafkaRecordValue }: OkRecord): number {
  if (data !== undefined) return ',"data":""'.length + data.length
  return kafkaRecordValue === undefined ? 0 : ',"kafkaRecordValue":""'.length + kafkaRecordValue.length
}

/** The size of the metadata of an answer, with the comma before it. */
export function metadataSizeBytes(otfMetadata: OtfMetadata): number {
  return Buffer.byteLength(JSON.stringify({ metadata: { otfMetadata } }), 'utf8') - '{}'.length + ','.length
}

/** What needs no escape and one byte a character: ids, names and base64 are made of nothing else. */
const PLAIN = /^[\w+/=.:\- ]*$/

function stringSizeBytes(text: string): number {
  return PLAIN.test(text) ? text.length + 2 : Buffer.byteLength(JSON.stringify(text), 'utf8')
}
