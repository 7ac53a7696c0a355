import { Buffer } from 'node:buffer'
import { isCalendarDate, isoToMicros } from '../../table/iso.ts'
import { Refusal, wrongType } from '../../table/refusal.ts'

/*
 * The JSON forms that Firehose documents for each column type, and nothing beyond them.
 * https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-data-types.html
 */

const MILLIS_A_DAY = 86_400_000
const WHOLE_NUMBER = /^-?\d{1,20}$/
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const FRACTION = /\.(\d+)/

/** Reads `true`, `"true"`, `1` and their opposites. */
export function toBoolean(json: unknown): boolean | Refusal {
  if (json === true || json === 'true' || json === 1) return true
  if (json === false || json === 'false' || json === 0) return false
  return wrongType('true, false, "true", "false", 1 or 0', json)
}

/** Reads a whole number of 32 bits, as a number or its text. */
export function toInt(json: unknown): number | Refusal {
  const value = toWhole(json)
  if (value instanceof Refusal) return value
  return BigInt.asIntN(32, value) === value ? Number(value) : outOfRange('a number of 32 bits')
}

/** Reads a whole number of 64 bits, as a number or its text. */
export function toLong(json: unknown): bigint | Refusal {
  const value = toWhole(json)
  if (value instanceof Refusal) return value
  return BigInt.asIntN(64, value) === value ? value : outOfRange('a number of 64 bits')
}

/** Reads a number or its text. */
export function toDouble(json: unknown): number | Refusal {
  const isText = typeof json === 'string' && NUMBER.test(json)
  if (typeof json !== 'number' && !isText) return wrongType('a number or its text', json)
  return Number.isFinite(Number(json)) ? Number(json) : outOfRange('a number of 64 bits')
}

/** Reads a string; of an object or an array, its JSON text. */
export function toText(json: unknown): string | Refusal {
  // As UTF-8 has it: half a surrogate pair cannot be stored.
  if (typeof json === 'string') return Buffer.from(json, 'utf8').toString('utf8')
  if (typeof json !== 'object') return wrongType('a string, an object or an array', json)
  return hasInexactNumber(json) ? inexact() : toText(JSON.stringify(json))
}

/** Reads a calendar date as days since 1970: such a number, or a text like `2024-09-04`. */
export function toDays(json: unknown): number | Refusal {
  if (typeof json === 'number') return toInt(json)
  const match = typeof json === 'string' ? ISO_DATE.exec(json) : null
  if (match === null) return wrongType('days since 1970 or a date like 2024-09-04', json)
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (!isCalendarDate(year, month, day)) return new Refusal('InvalidDate', 'there is no such day in the calendar')
  return Date.parse(`${match[0]}T00:00:00Z`) / MILLIS_A_DAY
}

/** Reads a time as microseconds since 1970: such a number, or an ISO 8601 text, in UTC where it names no offset. */
export function toMicros(json: unknown): bigint | Refusal {
  if (typeof json === 'number') return toWhole(json)
  if (typeof json !== 'string') return wrongType('microseconds since 1970 or an ISO 8601 text', json)
  const checked = isoToMicros(json, false)
  if (checked instanceof Refusal) return checked
  // Far from 1970 a number holds whole seconds exactly, but not their fractions.
  const seconds = isoToMicros(json.replace(FRACTION, ''), false)
  const fraction = (FRACTION.exec(json)?.[1] ?? '').slice(0, 6).padEnd(6, '0')
  return seconds instanceof Refusal ? seconds : BigInt(seconds) + BigInt(fraction)
}

function toWhole(json: unknown): bigint | Refusal {
  if (typeof json === 'number' && Number.isInteger(json)) return Number.isSafeInteger(json) ? BigInt(json) : inexact()
  if (typeof json === 'string' && WHOLE_NUMBER.test(json)) return BigInt(json)
  return wrongType('a whole number or its text', json)
}

/** Whole numbers that JSON text spells out but a JavaScript number may have rounded; from 1e21 on it prints an exponent. */
function hasInexactNumber(json: unknown): boolean {
  if (typeof json === 'number') return Number.isInteger(json) && !Number.isSafeInteger(json) && Math.abs(json) < 1e21
  return typeof json === 'object' && json !== null && Object.values(json).some(hasInexactNumber)
}

function inexact(): Refusal {
  return new Refusal('OutOfRange', 'a JSON number beyond 2^53 is not exact here: send it as text')
}

function outOfRange(expected: string): Refusal {
  return new Refusal('OutOfRange', `expected ${expected}`)
}
