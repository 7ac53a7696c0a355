import { oneOf } from '../../options.ts'
import { type Column, type ColumnOptions, column, type Encoding, type TimeType, type ValueWith } from '../column.ts'
import { formatTimestamp, isoToMicros, printMicros } from '../iso.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

/** What a timestamp column takes: a Date, an ISO 8601 string, or microseconds since 1970. */
export type TimestampInput = Date | string | number | bigint

/** Settings of a timestamp column. */
export interface TimestampOptions extends ColumnOptions<TimestampInput> {
  /** How it is written: as microseconds since 1970 (the default), or as an ISO 8601 string; Firehose accepts both. */
  readonly as?: 'micros' | 'iso'
}

const AS = oneOf('micros', 'iso')

/**
 * The smallest magnitude that a number of microseconds may have (March 1973). A smaller one can only be seconds or
 * milliseconds, which Firehose would silently store as a time in January 1970.
 */
const MIN_MICROS = 1e14

/**
 * A column of date and time without a zone, in microseconds. A Date, or a string with an offset, is stored as its time in
 * UTC; a string without an offset is stored unchanged. Numbers are microseconds: milliseconds are an issue.
 */
export function timestamp<const Options extends TimestampOptions>(
  options?: Options,
): Column<ValueWith<TimestampInput, Options>> {
  return column(typeOf('timestamp', options), options, AS)
}

/** A column of instants, in microseconds. Like `timestamp`, but a string needs `Z` or an offset. */
export function timestamptz<const Options extends TimestampOptions>(
  options?: Options,
): Column<ValueWith<TimestampInput, Options>> {
  return column(typeOf('timestamptz', options), options, AS)
}

function typeOf(name: 'timestamp' | 'timestamptz', options: TimestampOptions | undefined): TimeType {
  const as = options?.as ?? 'micros'
  const zoned = name === 'timestamptz'
  const iso = as === 'iso'
  return {
    name,
    as,
    canBeKey: true,
    isBare: !iso,
    encode: (value, { from }) => {
      const micros = exactMicros(toMicros(value, zoned, from))
      if (typeof micros !== 'number') return micros
      return iso ? `"${formatTimestamp(micros)}${zoned ? 'Z' : ''}"` : printMicros(micros)
    },
  }
}

function toMicros(value: unknown, zoned: boolean, from: Encoding['from']): number | RowIssue {
  if (typeof value === 'string') return isoToMicros(value, zoned)
  if (value instanceof Date) return dateToMicros(value)
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    return wrongType('a Date, an ISO 8601 string or microseconds', value)
  }
  const micros = Number(value)
  if (!Number.isInteger(micros)) return wrongType('a whole number of microseconds', value)
  // An encoded number is always microseconds, however close to 1970.
  if (Math.abs(micros) >= MIN_MICROS || from === 'encoded') return micros
  return new RowIssue(
    'InvalidTimestamp',
    'expected microseconds, got a number of seconds or milliseconds; pass a Date or microseconds',
  )
}

function dateToMicros(value: Date): number | RowIssue {
  const millis = value.getTime()
  return Number.isNaN(millis)
    ? new RowIssue('InvalidTimestamp', 'expected a valid Date, got an invalid one')
    : millis * 1000
}

/** Microseconds are exact in a JSON number from 1684 to 2255. */
function exactMicros(micros: number | RowIssue): number | RowIssue {
  if (typeof micros !== 'number' || Number.isSafeInteger(micros)) return micros
  return new RowIssue('OutOfRange', 'expected a time from 1684 to 2255, when microseconds are exact')
}
