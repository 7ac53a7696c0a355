import { writeBase64 } from './base64.ts'
import { Buffer, isUtf8 } from './buffer.ts'
import { utf8Slice } from './bytes.ts'
import type { FirehoseRecord } from './event.ts'
import { parseExactly } from './exact.ts'
import { explainBytes, findFault, type JsonFault } from './explain-json.ts'
import { hasLongNumber } from './long-number.ts'
import { mayHaveLongNumber, scratchBuffer } from './scratch.ts'
import { payloadOf } from './stream-source.ts'

/** Why a payload could not be read. The last six are of decoders only. */
export type DecodeCode =
  | 'MissingData'
  | 'Tombstone'
  | 'InvalidBase64'
  | 'InvalidUtf8'
  | 'EmptyRecord'
  | 'InvalidJson'
  | 'MultipleDocuments'
  | 'NotAnObject'
  | 'InvalidCompression'
  | 'PayloadTooLarge'
  | 'NestedTooDeeply'
  | 'UnknownFormat'
  | 'UnexpectedShape'
  | 'DecoderThrew'

/** A payload that could not be read. The message names types and positions, never content. */
export interface DecodeFailure {
  readonly code: DecodeCode
  readonly message: string
  readonly fault?: JsonFault
  /** Where in the payload; a decoder sets it. */
  readonly path?: string
  readonly thrownAt?: string
  /** What the user's code threw. */
  readonly cause?: unknown
}

/** A JSON object: what every event has to be. */
export type JsonObject = { readonly [key: string]: unknown }

/** The result of decoding: either the parsed object or a failure. */
export type Decoded =
  | { readonly event: JsonObject; readonly failure?: undefined }
  | { readonly event?: undefined; readonly failure: DecodeFailure }

/** The result of decoding a whole record, which a decoder may find to hold no event. */
export type DecodedRecord =
  | Decoded
  | {
      readonly event?: undefined
      readonly failure?: undefined
      /** What stands for a route in the outcome. */
      readonly dropped: string
    }

/**
 * Reads the payload of a record: strict base64, strict UTF-8, exactly one JSON object. White space around the object is
 * allowed (SES ends every event with a newline); a second document or an array is not, because Firehose takes one row
 * per record. A whole number that a JavaScript number would round becomes a bigint in the event.
 */
export function decodeRecord(record: FirehoseRecord): Decoded {
  const payload = payloadOf(record)
  if (isTombstone(record, payload))
    return failed('Tombstone', 'expected one JSON object, got a Kafka record without a value')
  if (typeof payload !== 'string') {
    return failed(
      'MissingData',
      `expected base64 in data or kafkaRecordValue, got ${record.data === null ? 'null' : typeof payload}`,
    )
  }
  const bytes = scratchBuffer(payload.length)
  const sizeBytes = writeBase64(payload, bytes)
  if (sizeBytes === undefined) return failed('InvalidBase64', 'expected standard, padded base64, got something else')
  const text = utf8Slice.call(bytes, 0, sizeBytes)
  // Invalid bytes become this character, so only text with it needs the check.
  if (text.indexOf('\ufffd') >= 0 && !isUtf8(bytes.subarray(0, sizeBytes))) {
    return explainInvalidUtf8(bytes.subarray(0, sizeBytes))
  }
  return parseObject(text, mayHaveLongNumber(sizeBytes) && hasLongNumber(text))
}

/** The same for bytes that are not the payload itself: a decoder has unpacked them. */
export function decodeBytes(bytes: Uint8Array): Decoded {
  // Decoders pass a Buffer. The declaration does not say so: users need not have Node's types.
  const buffer = bytes as Buffer
  const text = utf8Slice.call(buffer, 0, bytes.length)
  if (text.indexOf('\ufffd') >= 0 && !isUtf8(buffer)) return explainInvalidUtf8(bytes)
  return parseObject(text, hasLongNumber(text))
}

function parseObject(text: string, mayBeInexact: boolean): Decoded {
  let value: unknown
  try {
    value = mayBeInexact ? parseExactly(text) : JSON.parse(text)
  } catch {
    return explainInvalidJson(text)
  }
  if (typeof value !== 'object' || value === null) {
    return failed('NotAnObject', `expected one JSON object, got ${value === null ? 'null' : typeof value}`)
  }
  if (Array.isArray(value)) {
    return failed('NotAnObject', 'expected one JSON object, got an array; send each element as a separate record')
  }
  return { event: value as JsonObject }
}

/** Kafka calls a record without a value a tombstone: Debezium and compacted topics have them after a delete. */
function isTombstone(record: FirehoseRecord, payload: string | null | undefined): boolean {
  return !payload && ('mskRecordMetadata' in record || 'kafkaRecordValue' in record)
}

function explainInvalidUtf8(bytes: Uint8Array): Decoded {
  const { index, fault } = explainBytes(bytes)
  const got = fault === 'other' ? `an invalid byte at byte ${index}` : `${fault} data`
  return failed('InvalidUtf8', `expected UTF-8, got ${got}`, fault)
}

/** Distinguishes failures that are fixed in different places. V8's own message quotes the payload, so it is not used. */
function explainInvalidJson(text: string): Decoded {
  if (text.trim() === '') return failed('EmptyRecord', 'expected one JSON object, got an empty record')
  const { index, fault } = findFault(text)
  const at = Buffer.byteLength(text.slice(0, index))
  if (fault === 'several documents')
    return failed('MultipleDocuments', `expected one JSON object, got more text after it at byte ${at}`)
  const what = fault === 'other' ? `an unexpected ${classOf(text[index] ?? '')}` : fault
  return failed('InvalidJson', `expected one JSON object, got invalid JSON at byte ${at}: ${what}`, fault)
}

function classOf(char: string): string {
  if (/\d/.test(char)) return 'digit'
  return /\p{L}/u.test(char) ? 'letter' : 'character'
}

function failed(code: DecodeCode, message: string, fault?: JsonFault): Decoded {
  return { failure: { code, message, ...(fault && { fault }) } }
}
