import { type Column, type ColumnOptions, type ColumnType, column, type Encode, type ValueWith } from '../column.ts'
import { isCalendarDate } from '../iso.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** Python's dates begin with the year 1: PyIceberg cannot read a column with an earlier one at all. */
const outOfRange = new RowIssue('OutOfRange', 'expected a year from 0001 to 9999')

const dateType: ColumnType = {
  name: 'date',
  canBeKey: true,
  encode: (value) => {
    if (typeof value === 'string') return checkIsoDate(value)
    if (value instanceof Date) return encodeDate(value)
    return wrongType('a Date or a string like 2026-01-31', value)
  },
}

/** A column of calendar dates: a string like `2026-01-31`, or a Date, which counts as its day in UTC. */
export function date<const Options extends ColumnOptions<Date | string>>(
  options?: Options,
): Column<ValueWith<Date | string, Options>> {
  return column(dateType, options)
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
