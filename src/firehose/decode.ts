import { writeBase64 } from './base64.ts'
import { isUtf8 } from './buffer.ts'
import { utf8Slice } from './bytes.ts'
import type { FirehoseRecord } from './event.ts'
import { parseExactly } from './exact.ts'
import { hasLongNumber } from './long-number.ts'
import { mayHaveLongNumber, scratchBuffer } from './scratch.ts'
import { payloadOf } from './stream-source.ts'

/** Why a payload is not one JSON object. */
export type DecodeCode =
  | 'MissingData'
  | 'InvalidBase64'
  | 'InvalidUtf8'
  | 'EmptyRecord'
  | 'InvalidJson'
  | 'MultipleDocuments'
  | 'NotAnObject'

/** A payload that could not be read. The message names types and positions, never content. */
export interface DecodeFailure {
  readonly code: DecodeCode
  readonly message: string
}

/** A JSON object: what every event has to be. */
export type JsonObject = { readonly [key: string]: unknown }

/** The result of decoding: either the parsed object or a failure. */
export type Decoded =
  | { readonly event: JsonObject; readonly failure?: undefined }
  | { readonly event?: undefined; readonly failure: DecodeFailure }

/**
 * Reads the payload of a record: strict base64, strict UTF-8, exactly one JSON object. White space around the object is
 * allowed (SES ends every event with a newline); a second document or an array is not, because Firehose takes one row
 * per record. A whole number that a JavaScript number would round becomes a bigint in the event.
 */
export function decodeRecord(record: FirehoseRecord): Decoded {
  const payload = payloadOf(record)
  if (typeof payload !== 'string') {
    return failed('MissingData', `expected base64 in data or kafkaRecordValue, got ${typeof payload}`)
  }
  const bytes = scratchBuffer(payload.length)
  const sizeBytes = writeBase64(payload, bytes)
  if (sizeBytes === undefined) return failed('InvalidBase64', 'expected standard, padded base64, got something else')
  const text = utf8Slice.call(bytes, 0, sizeBytes)
  // Invalid bytes become this character, so only text with it needs the check.
  if (text.indexOf('\ufffd') >= 0 && !isUtf8(bytes.subarray(0, sizeBytes))) {
    return failed('InvalidUtf8', 'expected UTF-8, got invalid bytes')
  }
  return parseObject(text, mayHaveLongNumber(sizeBytes) && hasLongNumber(text))
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

/** Distinguishes failures that are fixed in different places. V8's own message quotes the payload, so it is not used. */
function explainInvalidJson(text: string): Decoded {
  if (text.trim() === '') return failed('EmptyRecord', 'expected one JSON object, got an empty record')
  const end = endOfFirstDocument(text)
  if (end !== undefined && isJson(text.slice(0, end))) {
    return failed('MultipleDocuments', `expected one JSON object, got more text after it (at character ${end})`)
  }
  return failed('InvalidJson', `expected one JSON object, got ${text.length} characters of invalid JSON`)
}

/** Finds the end of the first bracketed document, after its closing bracket. One pass, no stack. */
function endOfFirstDocument(text: string): number | undefined {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (inString) {
      if (char === '\\') i++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth <= 0) return i + 1
  }
  return undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function failed(code: DecodeCode, message: string): Decoded {
  return { failure: { code, message } }
}
