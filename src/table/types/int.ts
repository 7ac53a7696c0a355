import { type Column, type ColumnOptions, type ColumnType, column } from '../column.ts'
import { Refusal, wrongType } from '../refusal.ts'

const MIN_INT = -(2 ** 31)
const MAX_INT = 2 ** 31 - 1

const intType: ColumnType = {
  name: 'int',
  iceberg: 'int',
  athena: 'int',
  key: true,
  encode: (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType('a whole number', value)
    if (value < MIN_INT || value > MAX_INT) return new Refusal('OutOfRange', 'expected a number of 32 bits; use long()')
    return value
  },
}

/** A column of whole numbers of 32 bits. */
export function int(options?: ColumnOptions): Column<number> {
  return column(intType, options)
}
