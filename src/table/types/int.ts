import { type Column, type ColumnOptions, type ColumnType, column, type ValueWith } from '../column.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

const MIN_INT = -(2 ** 31)
const MAX_INT = 2 ** 31 - 1

const outOfRange = new RowIssue('OutOfRange', 'expected a number of 32 bits, got a larger one; use t.long()')

const intType: ColumnType = {
  name: 'int',
  canBeKey: true,
  isBare: true,
  encode: (value) => {
    if (typeof value === 'bigint') return outOfRange
    if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType('a whole number', value)
    if (value < MIN_INT || value > MAX_INT) return outOfRange
    return String(value)
  },
}

/** A column of whole numbers of 32 bits. */
export function int<const Options extends ColumnOptions<number>>(
  options?: Options,
): Column<ValueWith<number, Options>> {
  return column(intType, options)
}
