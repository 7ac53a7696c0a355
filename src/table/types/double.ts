import { type Column, type ColumnOptions, type ColumnType, column, type ValueWith } from '../column.ts'
import { wrongType } from '../wrong-type.ts'

const doubleType: ColumnType = {
  name: 'double',
  canBeKey: false,
  isBare: true,
  encode: (value) => {
    // A whole number beyond 2^53 arrives in the event as a bigint; here it is rounded, as doubles are.
    const number = typeof value === 'bigint' ? Number(value) : value
    return Number.isFinite(number) ? String(number) : wrongType('a finite number', value)
  },
}

/** A column of floating-point numbers of 64 bits. NaN and Infinity are issues: JSON has neither. */
export function double<const Options extends ColumnOptions<number>>(
  options?: Options,
): Column<ValueWith<number, Options>> {
  return column(doubleType, options)
}
