import { oneOf, optional, type Rules } from '../../options.ts'
import { type Column, type ColumnOptions, column, type Encode, type ValueWith } from '../column.ts'
import { RowIssue } from '../row-issue.ts'
import { formatTime, timeToMicros } from '../time-of-day.ts'
import { wrongType } from '../wrong-type.ts'

/** What a time column takes: a string like `18:56:15.096`, or microseconds of the day. */
export type TimeInput = string | number | bigint

/** Settings of a time column. */
export interface TimeOptions extends ColumnOptions<TimeInput> {
  /** How it is written: as microseconds of the day (the default), or as an ISO string. */
  readonly as?: 'micros' | 'iso'
}

const OPTIONS: Rules = { as: optional(oneOf('micros', 'iso')) }
const MICROS_A_DAY = 86_400_000_000

/** A column of times of day without a zone, in microseconds. Numbers are microseconds: milliseconds would look the same. */
export function time<const Options extends TimeOptions>(options?: Options): Column<ValueWith<TimeInput, Options>> {
  const as = options?.as ?? 'micros'
  const encode: Encode = (value) => {
    const micros = toMicros(value)
    if (typeof micros !== 'number') return micros
    return as === 'iso' ? `"${formatTime(micros)}"` : String(micros)
  }
  return column({ name: 'time', as, canBeKey: true, isBare: as === 'micros', encode }, options, OPTIONS)
}

function toMicros(value: unknown): number | RowIssue {
  if (typeof value === 'string') return timeToMicros(value)
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    return wrongType('a string like 18:56:15.096 or microseconds of the day', value)
  }
  const micros = Number(value)
  if (!Number.isInteger(micros)) return wrongType('a whole number of microseconds', value)
  if (micros >= 0 && micros < MICROS_A_DAY) return micros
  return new RowIssue('InvalidTime', 'expected microseconds of one day, from 0 to 86,399,999,999')
}
