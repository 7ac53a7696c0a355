import { oneOf, optional, type Rules } from '../../options.ts'
import { type Column, type ColumnOptions, column, type Encode, type PrimitiveType, type ValueWith } from '../column.ts'
import { epochDayToDate } from '../epoch.ts'
import { isCalendarDate } from '../iso.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** Python's dates begin with the year 1: PyIceberg cannot read a column with an earlier one at all. */
const outOfRange = new RowIssue('OutOfRange', 'expected a year from 0001 to 9999')

/** What a date column takes; a number only if its unit is stated. */
export type DateInput<Options = unknown> = Options extends { readonly unit: 'days' }
  ? Date | string | number | bigint
  : Date | string

/** Settings of a date column. */
export interface DateOptions extends ColumnOptions<Date | string | number | bigint> {
  /** What a number counts, from 1970-01-01 on. Without it, numbers are refused. */
  readonly unit?: 'days'
}

const OPTIONS: Rules = { unit: optional(oneOf('days')) }

/**
 * A column of calendar dates: a string like `2026-01-31`, or a Date, which counts as its day in UTC; with `unit: 'days'` also
 * a whole number of days since 1970-01-01.
 */
export function date<const Options extends DateOptions>(
  options?: Options,
): Column<ValueWith<DateInput<Options>, Options>> {
  return column(options?.unit === undefined ? dateType : dayType, options, OPTIONS)
}

const dateType: PrimitiveType = {
  name: 'date',
  canBeKey: true,
  encode: (value) => {
    if (typeof value === 'string') return checkIsoDate(value)
    if (value instanceof Date) return encodeDate(value)
    const advice = typeof value === 'number' ? "; for days since 1970 use t.date({ unit: 'days' })" : ''
    return wrongType('a Date or a string like 2026-01-31', value, advice)
  },
}

const dayType: PrimitiveType = {
  ...dateType,
  unit: 'days',
  encode: (value, encoding) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return dateType.encode(value, encoding)
    const day = epochDayToDate(value)
    if (day === undefined) return wrongType('a whole number of days since 1970', value)
    return Number.isNaN(day.getTime()) ? outOfRange : encodeDate(day)
  },
}

function encodeDate(value: Date): ReturnType<Encode> {
  // A subclass for another time zone may print the day there.
  const instant = new Date(value.getTime())
  const year = instant.getUTCFullYear()
  if (Number.isNaN(year)) return new RowIssue('InvalidDate', 'expected a valid Date, got an invalid one')
  if (year < 1 || year > 9999) return outOfRange
  return `"${instant.toISOString().slice(0, 10)}"`
}

function checkIsoDate(text: string): ReturnType<Encode> {
  const match = ISO_DATE.exec(text)
  if (match === null || !isCalendarDate(Number(match[1]), Number(match[2]), Number(match[3]))) {
    return new RowIssue('InvalidDate', 'expected a calendar date like 2026-01-31')
  }
  return match[1] === '0000' ? outOfRange : `"${text}"`
}
