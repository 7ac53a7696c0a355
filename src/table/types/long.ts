import { type Column, type ColumnOptions, type ColumnType, column, type Encode, type ValueWith } from '../column.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

const WHOLE_NUMBER = /^-?\d{1,19}$/

const longType: ColumnType = {
  name: 'long',
  canBeKey: true,
  encode: (value, { from }) => {
    if (typeof value === 'bigint') return encodeBigInt(value)
    // Beyond 2^53 an encoded long is a string.
    if (from === 'encoded' && typeof value === 'string' && WHOLE_NUMBER.test(value)) return encodeBigInt(BigInt(value))
    return encodeNumber(value)
  },
}

/** A column of whole numbers of 64 bits. Beyond ±(2^53 - 1) a number is no longer exact: pass a bigint there. */
export function long<const Options extends ColumnOptions<number | bigint>>(
  options?: Options,
): Column<ValueWith<number | bigint, Options>> {
  return column(longType, options)
}

function encodeNumber(value: unknown): ReturnType<Encode> {
  if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType('a whole number or a bigint', value)
  if (Number.isSafeInteger(value)) return String(value)
  return new RowIssue('OutOfRange', 'expected an exact number, got one beyond 2^53; pass a bigint')
}

/** Writes a string if a JSON number would lose digits; Firehose accepts both. */
function encodeBigInt(value: bigint): ReturnType<Encode> {
  if (BigInt.asIntN(64, value) !== value)
    return new RowIssue('OutOfRange', 'expected a number of 64 bits, got a larger one')
  return Number.isSafeInteger(Number(value)) ? value.toString() : `"${value}"`
}
