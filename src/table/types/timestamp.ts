import { type Column, type ColumnOptions, type ColumnType, column, type EncodedValue } from '../column.ts'
import { isoToMicros } from '../iso.ts'
import { Refusal, wrongType } from '../refusal.ts'

/** What a timestamp column takes: a Date, an ISO 8601 string, or microseconds since 1970. */
export type TimestampInput = Date | string | number | bigint

/**
 * The smallest magnitude that a number of microseconds may have (March 1973). What is smaller can only be seconds or
 * milliseconds, and Firehose would land it in January 1970 without a word.
 */
const MIN_MICROS = 1e14

const timestampType: ColumnType = {
  name: 'timestamp',
  iceberg: 'timestamp',
  athena: 'timestamp',
  key: true,
  encode: (value) => encodeTimestamp(value, false),
}

const timestamptzType: ColumnType = {
  name: 'timestamptz',
  iceberg: 'timestamptz',
  athena: 'timestamp with time zone',
  key: true,
  encode: (value) => encodeTimestamp(value, true),
}

/**
 * A column of date and time without a zone, in microseconds. A Date counts in UTC; of a string with an offset the UTC
 * time is taken, one without is taken as it stands. Numbers are microseconds: milliseconds are refused.
 */
export function timestamp(options?: ColumnOptions): Column<TimestampInput> {
  return column(timestampType, options)
}

/** A column of instants, in microseconds. As `timestamp`, but a string has to say `Z` or its offset. */
export function timestamptz(options?: ColumnOptions): Column<TimestampInput> {
  return column(timestamptzType, options)
}

function encodeTimestamp(value: unknown, zoned: boolean): EncodedValue | Refusal {
  if (typeof value === 'string') return exactMicros(isoToMicros(value, zoned))
  if (value instanceof Date) return exactMicros(dateToMicros(value))
  if (typeof value === 'number' || typeof value === 'bigint') return checkMicros(value)
  return wrongType('a Date, an ISO 8601 string or microseconds', value)
}

function dateToMicros(value: Date): number | Refusal {
  const millis = value.getTime()
  return Number.isNaN(millis) ? new Refusal('InvalidTimestamp', 'the Date is invalid') : millis * 1000
}

function checkMicros(value: number | bigint): EncodedValue | Refusal {
  const micros = Number(value)
  if (!Number.isInteger(micros)) return wrongType('a whole number of microseconds', value)
  if (Math.abs(micros) >= MIN_MICROS) return exactMicros(micros)
  return new Refusal('InvalidTimestamp', 'the number can only be seconds or milliseconds: pass a Date or microseconds')
}

/** Microseconds are exact in a JSON number from 1684 to 2255. */
function exactMicros(micros: number | Refusal): EncodedValue | Refusal {
  if (micros instanceof Refusal || Number.isSafeInteger(micros)) return micros
  return new Refusal('OutOfRange', 'expected a time from 1684 to 2255, where microseconds are exact')
}
