import { Refusal } from './refusal.ts'

const ISO_TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})0*)?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/**
 * Reads an ISO 8601 date and time as microseconds since 1970 in UTC, exactly. `Date.parse` is no use here: it reads a
 * time without a zone in the machine's own zone, accepts 31 February and cuts microseconds off.
 *
 * @param zoned whether the text has to name its offset
 */
export function isoToMicros(text: string, zoned: boolean): number | Refusal {
  return readPrinted(text) ?? readAny(text, zoned)
}

/**
 * Reads what `Date.prototype.toISOString` prints, as most producers do: `2026-01-31T09:30:00.250Z`, and no other length.
 * Digit by digit, which takes a tenth of the time of a pattern; undefined for anything that is not quite so.
 */
function readPrinted(text: string): number | undefined {
  if (text.length !== 24 || text.charCodeAt(23) !== 0x5a || text.charCodeAt(10) !== 0x54) return undefined
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d || text.charCodeAt(19) !== 0x2e) return undefined
  if (text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a) return undefined
  // One by one: before it is compiled, a list that is taken apart costs as much as all of these.
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  const millis = twoDigits(text, 20) * 10 + (twoDigits(text, 21) % 10)
  // Comparisons with NaN are false: what is no digit leads to the other reading, which says what is wrong.
  if (!(hour <= 23 && minute <= 59 && second <= 59 && year >= 0 && millis >= 0)) return undefined
  if (!isCalendarDate(year, month, day)) return undefined
  return (utcMillis(year, month, day, hour, minute, second) + millis) * 1000
}

/** NaN where the two characters are not both digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function readAny(text: string, zoned: boolean): number | Refusal {
  const match = ISO_TIMESTAMP.exec(text)
  if (match === null) return invalid('expected an ISO 8601 date and time with at most 6 digits of a second')
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const [fraction = '', zone] = match.slice(7)
  if (!isCalendarDate(year, month, day)) return invalid('there is no such day in the calendar')
  if (hour > 23 || minute > 59 || second > 59) return invalid('there is no such time of day')
  if (zone === undefined && zoned) return invalid('expected Z or an offset like +09:00 after the time')
  const millis = utcMillis(year, month, day, hour, minute, second) - offsetMinutes(zone ?? 'Z') * 60_000
  return millis * 1000 + Number(fraction.padEnd(6, '0'))
}

/** Tells whether a day is in the (proleptic Gregorian) calendar. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  const days = DAYS_IN_MONTH[month - 1]
  if (days === undefined || day < 1) return false
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (month === 2 && isLeapYear ? 29 : days)
}

/** Writes microseconds since 1970 as `2026-01-31T09:30:00.250000`, in UTC and without saying so. */
export function formatTimestamp(micros: number): string {
  const millis = Math.floor(micros / 1000)
  const rest = micros - millis * 1000
  return `${new Date(millis).toISOString().slice(0, -1)}${String(rest).padStart(3, '0')}`
}

function offsetMinutes(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return zone.startsWith('-') ? -minutes : minutes
}

/** After 400 years the calendar is the same again. */
const MILLIS_IN_400_YEARS = 146_097 * 86_400_000

/** `Date.UTC` reads the years 0 to 99 as 1900 to 1999. */
function utcMillis(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  return Date.UTC(year + 400, month - 1, day, hour, minute, second) - MILLIS_IN_400_YEARS
}

function invalid(message: string): Refusal {
  return new Refusal('InvalidTimestamp', message)
}
