import { type Column, type ColumnOptions, type ColumnType, column, type Encode, type ValueWith } from '../column.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

const floatType: ColumnType = { name: 'float', canBeKey: false, isBare: true, encode: encodeFloat }

/**
 * A column of floating-point numbers of 32 bits: a value is rounded to the nearest one. NaN, Infinity, and a number that
 * would be rounded to Infinity or to zero are issues.
 */
export function float<const Options extends ColumnOptions<number>>(
  options?: Options,
): Column<ValueWith<number, Options>> {
  return column(floatType, options)
}

function encodeFloat(value: unknown): ReturnType<Encode> {
  const number = typeof value === 'bigint' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) return wrongType('a finite number', value)
  // Round here, because a reader that parses a double first may round twice.
  const rounded = Math.fround(number)
  if (Number.isFinite(rounded) && (rounded !== 0 || number === 0)) return String(rounded)
  return new RowIssue(
    'OutOfRange',
    'expected a number in the range of 32-bit floats, got one outside of it; use t.double()',
  )
}
