import { Buffer } from 'node:buffer'
import type { BinaryType, DecimalType, FixedType } from '../../table/column.ts'
import { parseDecimal } from '../../table/decimal-text.ts'
import { printExactly } from '../../table/exact-json.ts'
import { isCalendarDate, isoToMicros } from '../../table/iso.ts'
import { RowIssue } from '../../table/row-issue.ts'
import { timeToMicros } from '../../table/time-of-day.ts'
import { wrongType } from '../../table/wrong-type.ts'

/*
 * The JSON forms that Firehose documents for each column type, and nothing beyond them.
 * https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-data-types.html
 */

const MILLIS_A_DAY = 86_400_000
const WHOLE_NUMBER = /^-?\d{1,20}$/
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const HEX = /^([0-9a-f]{2})*$/i
const BASE64 = /^[\w+/-]*={0,2}$/
const FRACTION = /\.(\d+)/

/** Reads `true`, `"true"`, `1` and their opposites. */
export function toBoolean(json: unknown): boolean | RowIssue {
  if (json === true || json === 'true' || json === 1) return true
  if (json === false || json === 'false' || json === 0) return false
  return wrongType('true, false, "true", "false", 1 or 0', json)
}

/** Reads a whole number of 32 bits, as a number or its text. */
export function toInt(json: unknown): number | RowIssue {
  const value = toWhole(json)
  if (value instanceof RowIssue) return value
  return BigInt.asIntN(32, value) === value ? Number(value) : outOfRange('a number of 32 bits')
}

/** Reads a whole number of 64 bits, as a number or its text. */
export function toLong(json: unknown): bigint | RowIssue {
  const value = toWhole(json)
  if (value instanceof RowIssue) return value
  return BigInt.asIntN(64, value) === value ? value : outOfRange('a number of 64 bits')
}

/** Reads a number or its text. */
export function toDouble(json: unknown): number | RowIssue {
  const isText = typeof json === 'string' && NUMBER.test(json)
  if (typeof json !== 'number' && typeof json !== 'bigint' && !isText) return wrongType('a number or its text', json)
  return Number.isFinite(Number(json)) ? Number(json) : outOfRange('a number of 64 bits')
}

/** Reads a number or its text, rounded to 32 bits. */
export function toFloat(json: unknown): number | RowIssue {
  const value = toDouble(json)
  if (value instanceof RowIssue) return value
  return Number.isFinite(Math.fround(value)) ? Math.fround(value) : outOfRange('a number of 32 bits')
}

/** Reads a decimal as a whole number without its point: from a string, or from a number as it prints. */
export function toUnscaled(json: unknown, { precision, scale }: DecimalType): bigint | RowIssue {
  const decimal = parseDecimal(json, precision, scale)
  return decimal instanceof RowIssue ? decimal : BigInt(decimal.replace('.', ''))
}

/** Reads a string; for an object or an array, its JSON. */
export function toText(json: unknown): string | RowIssue {
  // As UTF-8 stores it: half of a surrogate pair is replaced.
  if (typeof json === 'string') return Buffer.from(json, 'utf8').toString('utf8')
  if (typeof json !== 'object') return wrongType('a string, an object or an array', json)
  return toText(printExactly(json))
}

/** Reads a calendar date as days since 1970: from such a number, or from a string like `2024-09-04`. */
export function toDays(json: unknown): number | RowIssue {
  if (typeof json === 'number' || typeof json === 'bigint') return toInt(json)
  const match = typeof json === 'string' ? ISO_DATE.exec(json) : null
  if (match === null) return wrongType('days since 1970 or a date like 2024-09-04', json)
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (!isCalendarDate(year, month, day))
    return new RowIssue('InvalidDate', 'expected a day of the calendar, got one that does not exist')
  return Date.parse(`${match[0]}T00:00:00Z`) / MILLIS_A_DAY
}

/** Reads a time of day as microseconds since midnight: from such a number, or from a string like `18:56:15.096`. */
export function toTimeOfDay(json: unknown): bigint | RowIssue {
  const micros = typeof json === 'string' ? timeToMicros(json) : toWhole(json)
  if (micros instanceof RowIssue) return micros
  return micros >= 0 && micros < 86_400_000_000 ? BigInt(micros) : outOfRange('microseconds of one day')
}

/** Reads a UUID in its canonical form. */
export function toUuid(json: unknown): string | RowIssue {
  if (typeof json === 'string' && UUID.test(json)) return json.toLowerCase()
  return wrongType('a UUID like 123e4567-e89b-12d3-a456-426614174000', json)
}

/**
 * Reads bytes: base64, also with line breaks, URL-safe or without padding; hexadecimal digits if the column is declared so.
 * AWS does not document how Firehose distinguishes them, and digits are valid base64 too, so the declaration decides.
 */
export function toBytes(json: unknown, type: BinaryType | FixedType): Uint8Array | RowIssue {
  if (typeof json !== 'string') return wrongType(`bytes as ${type.as}`, json)
  const isHex = type.as === 'hex' && HEX.test(json)
  const text = isHex ? json : json.replace(/\r?\n/g, '')
  if (!isHex && !BASE64.test(text)) return wrongType(`bytes as ${type.as}`, json)
  const bytes = new Uint8Array(Buffer.from(text, isHex ? 'hex' : 'base64'))
  return type.name === 'binary' || bytes.length === type.length ? bytes : outOfRange(`${type.length} bytes`)
}

/** Reads a time as microseconds since 1970: from such a number, or from an ISO 8601 string, in UTC if it has no offset. */
export function toMicros(json: unknown): bigint | RowIssue {
  if (typeof json === 'number' || typeof json === 'bigint') return toWhole(json)
  if (typeof json !== 'string') return wrongType('microseconds since 1970 or an ISO 8601 text', json)
  const checked = isoToMicros(json, false)
  if (checked instanceof RowIssue) return checked
  // Far from 1970 a number holds whole seconds exactly, but not their fractions.
  const seconds = isoToMicros(json.replace(FRACTION, ''), false)
  const fraction = (FRACTION.exec(json)?.[1] ?? '').slice(0, 6).padEnd(6, '0')
  return seconds instanceof RowIssue ? seconds : BigInt(seconds) + BigInt(fraction)
}

function toWhole(json: unknown): bigint | RowIssue {
  if (typeof json === 'bigint') return json
  if (typeof json === 'number' && Number.isInteger(json)) return Number.isSafeInteger(json) ? BigInt(json) : inexact()
  if (typeof json === 'string' && WHOLE_NUMBER.test(json)) return BigInt(json)
  return wrongType('a whole number or its text', json)
}

/** Written with an exponent; written out, it would be a bigint by now. */
function inexact(): RowIssue {
  return new RowIssue('OutOfRange', 'a JSON number beyond 2^53 with an exponent is not exact here: send it as text')
}

function outOfRange(expected: string): RowIssue {
  return new RowIssue('OutOfRange', `expected ${expected}`)
}
