import { writeBase64 } from './base64.ts'
import { isUtf8 } from './buffer.ts'
import { utf8Slice } from './bytes.ts'
import type { FirehoseRecord } from './event.ts'
import { parseExactly } from './exact.ts'
import { hasLongNumber } from './long-number.ts'
import { mayHaveLongNumber, scratchBuffer } from './scratch.ts'
import { payloadOf } from './source.ts'

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

/** Either the parsed object or why there is none; exactly one of the two is there. */
export type Decoded =
  | { readonly event: JsonObject; readonly failure?: undefined }
  | { readonly event?: undefined; readonly failure: DecodeFailure }

/**
 * Reads the payload of a record: strict base64, strict UTF-8, exactly one JSON object. White space around the object is
 * allowed (SES ends every event with a newline); a second document or an array is not, because Firehose takes one row
 * per record. A whole number that a JavaScript number would round is a bigint in the event.
 */
export function decodeRecord(record: FirehoseRecord): Decoded {
  const payload = payloadOf(record)
  if (typeof payload !== 'string') {
    return failed('MissingData', `expected base64 in data or kafkaRecordValue, got ${typeof payload}`)
  }
  const bytes = scratchBuffer(payload.length)
  const sizeBytes = writeBase64(payload, bytes)
  if (sizeBytes === undefined) return failed('InvalidBase64', 'the payload is not standard, padded base64')
  const text = utf8Slice.call(bytes, 0, sizeBytes)
  // Bytes that are no UTF-8 become this character, so that only text that has it needs the check.
  if (text.indexOf('\ufffd') >= 0 && !isUtf8(bytes.subarray(0, sizeBytes))) {
    return failed('InvalidUtf8', 'the payload is not valid UTF-8')
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
    return failed('NotAnObject', 'expected one JSON object, got an array: send each element as a record of its own')
  }
  return { event: value as JsonObject }
}

/** Tells the failures apart that a person mends in different places. V8's own message quotes the payload, so it is not used. */
function explainInvalidJson(text: string): Decoded {
  if (text.trim() === '') return failed('EmptyRecord', 'the record is empty')
  const end = endOfFirstDocument(text)
  if (end !== undefined && isJson(text.slice(0, end))) {
    return failed('MultipleDocuments', `expected one JSON object, got more text after it (at character ${end})`)
  }
  return failed('InvalidJson', `the payload is not valid JSON (${text.length} characters)`)
}

/** Where the first bracketed document ends: the character after the bracket that closes it. One pass, no stack. */
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
