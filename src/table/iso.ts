import { RowIssue } from './row-issue.ts'

/** ISO 8601 as RFC 3339 allows it (small letters, a blank instead of T), and the short offsets that PostgreSQL writes. */
const ISO_TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})0*)?)?([Zz]|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?$/

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** A time in two parts, so that it is exact in every year: whole milliseconds since 1970, and microseconds beyond them. */
export interface Instant {
  readonly millis: number
  /** From 0 to 999. */
  readonly micros: number
}

/** Reads an ISO 8601 date and time in two parts. Like {@link isoToMicros}, but exact in every year. */
export function isoToInstant(text: string, zoned: boolean): Instant | RowIssue {
  return readAny(text, zoned)
}

/**
 * Reads an ISO 8601 date and time as microseconds since 1970 in UTC, exactly from 1684 to 2255. Not `Date.parse`: it reads a time
 * without a zone in the machine's own zone, accepts 31 February and cuts microseconds off.
 *
 * @param zoned whether the text has to name its offset
 */
export function isoToMicros(text: string, zoned: boolean): number | RowIssue {
  const printed = readPrinted(text)
  if (printed !== undefined) return printed
  const instant = readAny(text, zoned)
  return instant instanceof RowIssue ? instant : instant.millis * 1000 + instant.micros
}

/** The length of what `Date.prototype.toISOString` prints, as most producers do: `2026-01-31T09:30:00.250Z`. */
const PRINTED_LENGTH = 24

/** Cache: the day that was read last, as a number like 20260131. The next event usually happened on the same day. */
const lastDay = { date: -1, millis: 0 }

/**
 * Reads a string in exactly that form, two digits at a time, which takes a tenth of the time of a regular expression;
 * undefined for any other string.
 */
function readPrinted(text: string): number | undefined {
  if (text.length !== PRINTED_LENGTH) return undefined
  const century = twoDigits(text, 0)
  const ofCentury = twoDigitsAnd(text, 2, HYPHEN)
  const month = twoDigitsAnd(text, 5, HYPHEN)
  const day = twoDigitsAnd(text, 8, T)
  const hour = twoDigitsAnd(text, 11, COLON)
  const minute = twoDigitsAnd(text, 14, COLON)
  const second = twoDigitsAnd(text, 17, POINT)
  const centis = twoDigits(text, 20)
  const millis = text.charCodeAt(22) - ZERO
  // If one number is negative, so is the result. Anything out of range goes to `readAny`, which reports it.
  const isNegative = century | ofCentury | month | day | hour | minute | second | centis | millis
  if ((isNegative | (23 - hour) | (59 - minute) | (59 - second) | (9 - millis)) < 0) return undefined
  if (text.charCodeAt(23) !== Z) return undefined
  const year = century * 100 + ofCentury
  const date = year * 10_000 + month * 100 + day
  if (date !== lastDay.date) {
    if (!isCalendarDate(year, month, day)) return undefined
    lastDay.date = date
    lastDay.millis = utcMillis(year, month, day, 0, 0, 0)
  }
  return (lastDay.millis + ((hour * 60 + minute) * 60 + second) * 1000 + centis * 10 + millis) * 1000
}

const ZERO = '0'.charCodeAt(0)
const HYPHEN = '-'.charCodeAt(0)
const T = 'T'.charCodeAt(0)
const COLON = ':'.charCodeAt(0)
const POINT = '.'.charCodeAt(0)
const Z = 'Z'.charCodeAt(0)

/** The number that two digits make; negative if they are not digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO
  const ones = text.charCodeAt(at + 1) - ZERO
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones
}

/** The same, but also negative if another character than `sign` follows. */
function twoDigitsAnd(text: string, at: number, sign: number): number {
  return text.charCodeAt(at + 2) === sign ? twoDigits(text, at) : -1
}

function readAny(text: string, zoned: boolean): Instant | RowIssue {
  const match = ISO_TIMESTAMP.exec(text)
  if (match === null) return invalid(brokenRule(text))
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const [fraction = '', zone] = match.slice(7)
  if (!isCalendarDate(year, month, day)) return invalid('expected a day of the calendar, got one that does not exist')
  if (hour > 23 || minute > 59 || second > 59) return invalid('expected a time of day up to 23:59:59, got a later one')
  if (zone === undefined && zoned) return invalid('expected Z or an offset like +09:00 after the time, got neither')
  const millis = utcMillis(year, month, day, hour, minute, second) - offsetMinutes(zone ?? 'Z') * 60_000
  const micros = Number(fraction.padEnd(6, '0'))
  return { millis: millis + Math.floor(micros / 1000), micros: micros % 1000 }
}

/** The rule that a string breaks. */
function brokenRule(text: string): string {
  const digits = /\.(\d{7,})/.exec(text)?.[1]?.length
  if (digits !== undefined) return `expected at most 6 digits of a second, got ${digits}`
  const got = /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'a date alone' : 'another form'
  return `expected an ISO 8601 date and time like 2026-01-31T09:30:00.250Z, got ${got}`
}

/** Checks whether a day is in the (proleptic Gregorian) calendar. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  const days = DAYS_IN_MONTH[month - 1]
  if (days === undefined || day < 1) return false
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (month === 2 && isLeapYear ? 29 : days)
}

/** Python's dates begin with the year 1: PyIceberg cannot read a column with an earlier one at all. */
const FIRST_MILLIS = -62_135_596_800_000
const LAST_MILLIS = 253_402_300_799_999

/** Writes a time in the years 0001 to 9999 as `2026-01-31T09:30:00.250000`, in UTC and without a zone. */
export function formatTimestamp({ millis, micros }: Instant): string | RowIssue {
  if (!(millis >= FIRST_MILLIS && millis <= LAST_MILLIS))
    return new RowIssue('OutOfRange', 'expected a time in the years 0001 to 9999')
  return `${new Date(millis).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}`
}

/** Cache: the last six digits of whole milliseconds. Allocated at full length, or V8 would make the array a hash table. */
const fractions: (string | undefined)[] = new Array(1000)
/** Cache: the second that was printed last. The next event usually happened in the same second. */
const last = { seconds: 0, text: '0' }

/** Prints microseconds since 1970. Large numbers are slow to print, so the seconds and the rest are printed separately. */
export function printMicros(micros: number): string {
  const seconds = Math.floor(micros / 1e6)
  const millis = (micros - seconds * 1e6) / 1000
  // Two parts work only for times after 1970 of whole milliseconds.
  if (seconds <= 0 || !Number.isInteger(millis)) return String(micros)
  if (seconds !== last.seconds) {
    last.seconds = seconds
    last.text = String(seconds)
  }
  fractions[millis] ??= `${String(millis).padStart(3, '0')}000`
  return last.text + (fractions[millis] as string)
}

function offsetMinutes(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + (zone.length > 3 ? Number(zone.slice(-2)) : 0)
  return zone.startsWith('-') ? -minutes : minutes
}

const DAYS_IN_400_YEARS = 146_097
/** From 1 March of the year 0 to 1970. */
const DAYS_BEFORE_1970 = 719_468

/**
 * Like `Date.UTC`, in a third of its time, and without reading the years 0 to 99 as 1900 to 1999. Years begin in March, so that
 * the leap day is the last day of a year: Howard Hinnant's `days_from_civil`.
 * https://howardhinnant.github.io/date_algorithms.html
 */
function utcMillis(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  // Count from the year -400, so that no number is negative: whole numbers that are never negative divide much faster.
  const march = (month > 2 ? year : year - 1) + 400
  const era = (march / 400) | 0
  const ofEra = march - era * 400
  const ofYear = (((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) | 0) + day - 1
  const days = ofEra * 365 + ((ofEra / 4) | 0) - ((ofEra / 100) | 0) + ofYear
  const since1970 = (era - 1) * DAYS_IN_400_YEARS + days - DAYS_BEFORE_1970
  return (since1970 * 86_400 + hour * 3600 + minute * 60 + second) * 1000
}

function invalid(message: string): RowIssue {
  return new RowIssue('InvalidTimestamp', message)
}
