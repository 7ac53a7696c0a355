import { oneOf, optional, type Rules } from '../../options.ts'
import { type Column, type ColumnOptions, column, type Encoding, type TimeType, type ValueWith } from '../column.ts'
import { type EpochUnit, epochToInstant } from '../epoch.ts'
import { formatTimestamp, type Instant, isoToInstant, isoToMicros, printMicros } from '../iso.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

/** What a timestamp column takes: a Date, an ISO 8601 string, or a number, by default of microseconds since 1970. */
export type TimestampInput = Date | string | number | bigint

/** Settings of a timestamp column. */
export interface TimestampOptions extends ColumnOptions<TimestampInput> {
  /**
   * How it is written: as microseconds since 1970 (the default), which are exact from 1684 to 2255, or as an ISO 8601 string,
   * for the years 0001 to 9999. Firehose accepts both.
   */
  readonly as?: 'micros' | 'iso'
  /** What a number counts, from 1970 on. Without it, numbers are microseconds, and those near 1970 are refused. */
  readonly unit?: EpochUnit
}

const OPTIONS: Rules = { as: optional(oneOf('micros', 'iso')), unit: optional(oneOf('seconds', 'millis', 'micros')) }

/**
 * The smallest magnitude that a number of microseconds may have if no unit is stated (March 1973). A smaller one is more likely
 * seconds or milliseconds, which Firehose would silently store as a time in January 1970.
 */
const MIN_MICROS = 1e14

/**
 * A column of date and time without a zone, in microseconds. A Date, or a string with an offset, is stored as its time in
 * UTC; a string without an offset is stored unchanged. State the `unit` of numbers, unless they are microseconds.
 */
export function timestamp<const Options extends TimestampOptions>(
  options?: Options,
): Column<ValueWith<TimestampInput, Options>> {
  return column(typeOf('timestamp', options), options, OPTIONS)
}

/** A column of instants, in microseconds. Like `timestamp`, but a string needs `Z` or an offset. */
export function timestamptz<const Options extends TimestampOptions>(
  options?: Options,
): Column<ValueWith<TimestampInput, Options>> {
  return column(typeOf('timestamptz', options), options, OPTIONS)
}

function typeOf(name: 'timestamp' | 'timestamptz', options: TimestampOptions | undefined): TimeType {
  const { as = 'micros', unit } = options ?? {}
  const zoned = name === 'timestamptz'
  const encode: TimeType['encode'] =
    as === 'iso'
      ? (value, { from }) => printIso(toInstant(value, { zoned, unit, from }), zoned)
      : (value, { from }) => {
          const micros = exactMicros(toMicros(value, { zoned, unit, from }))
          return typeof micros === 'number' ? printMicros(micros) : micros
        }
  return { name, as, canBeKey: true, isBare: as !== 'iso', ...(unit !== undefined && { unit }), encode }
}

interface Reading extends Pick<Encoding, 'from'> {
  readonly zoned: boolean
  readonly unit: EpochUnit | undefined
}

/** The common path: microseconds in one number. */
function toMicros(value: unknown, reading: Reading): number | RowIssue {
  if (typeof value === 'string') return isoToMicros(value, reading.zoned)
  if (value instanceof Date) return dateToMillis(value, 1000)
  const instant = numberToInstant(value, reading)
  return instant instanceof RowIssue ? instant : instant.millis * 1000 + instant.micros
}

function toInstant(value: unknown, reading: Reading): Instant | RowIssue {
  if (typeof value === 'string') return isoToInstant(value, reading.zoned)
  if (!(value instanceof Date)) return numberToInstant(value, reading)
  const millis = dateToMillis(value, 1)
  return typeof millis === 'number' ? { millis, micros: 0 } : millis
}

function numberToInstant(value: unknown, { unit, from }: Reading): Instant | RowIssue {
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    // What `s.epoch` could not read.
    if (value instanceof RowIssue) return value
    return wrongType(`a Date, an ISO 8601 string or ${unit ?? 'micro'}${unit === undefined ? 'seconds' : ''}`, value)
  }
  // An encoded number is always microseconds, however close to 1970.
  if (from === 'encoded') return epochToInstant(value, 'micros')
  if (unit !== undefined) return epochToInstant(value, unit)
  const micros = Number(value)
  if (!Number.isInteger(micros)) return wrongType('a whole number of microseconds', value)
  if (Math.abs(micros) >= MIN_MICROS) return epochToInstant(value, 'micros')
  return new RowIssue(
    'InvalidTimestamp',
    "expected microseconds, got a number that is a time near 1970 as such; state its unit: t.timestamp({ unit: 'seconds' }), 'millis' or 'micros'",
  )
}

function dateToMillis(value: Date, factor: number): number | RowIssue {
  const millis = value.getTime()
  return Number.isNaN(millis)
    ? new RowIssue('InvalidTimestamp', 'expected a valid Date, got an invalid one')
    : millis * factor
}

function exactMicros(micros: number | RowIssue): number | RowIssue {
  if (typeof micros !== 'number' || Number.isSafeInteger(micros)) return micros
  return new RowIssue(
    'OutOfRange',
    "expected a time from 1684 to 2255, when microseconds are exact; t.timestamp({ as: 'iso' }) takes the years 0001 to 9999",
  )
}

function printIso(instant: Instant | RowIssue, zoned: boolean): string | RowIssue {
  const text = instant instanceof RowIssue ? instant : formatTimestamp(instant)
  return text instanceof RowIssue ? text : `"${text}${zoned ? 'Z' : ''}"`
}
