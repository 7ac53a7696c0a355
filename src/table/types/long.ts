import { type Column, type ColumnOptions, type ColumnType, column, type EncodedValue } from '../column.ts'
import { Refusal, wrongType } from '../refusal.ts'

const MIN_LONG = -(2n ** 63n)
const MAX_LONG = 2n ** 63n - 1n

const longType: ColumnType = {
  name: 'long',
  iceberg: 'long',
  athena: 'bigint',
  key: true,
  encode: (value) => (typeof value === 'bigint' ? encodeBigInt(value) : encodeNumber(value)),
}

/** A column of whole numbers of 64 bits. Beyond ±(2^53 - 1) a number is no longer exact: pass a bigint there. */
export function long(options?: ColumnOptions): Column<number | bigint> {
  return column(longType, options)
}

function encodeNumber(value: unknown): EncodedValue | Refusal {
  if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType('a whole number or a bigint', value)
  if (Number.isSafeInteger(value)) return value
  return new Refusal('OutOfRange', 'a number beyond 2^53 is not exact: pass a bigint')
}

/** As text where a JSON number would lose digits; Firehose takes both. */
function encodeBigInt(value: bigint): EncodedValue | Refusal {
  if (value < MIN_LONG || value > MAX_LONG) return new Refusal('OutOfRange', 'expected a number of 64 bits')
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}
