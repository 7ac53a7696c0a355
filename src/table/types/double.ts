import { type Column, type ColumnOptions, type ColumnType, column } from '../column.ts'
import { wrongType } from '../refusal.ts'

const doubleType: ColumnType = {
  name: 'double',
  iceberg: 'double',
  athena: 'double',
  key: false,
  encode: (value) => (Number.isFinite(value) ? (value as number) : wrongType('a finite number', value)),
}

/** A column of floating-point numbers of 64 bits. NaN and Infinity are refused: JSON has neither. */
export function double(options?: ColumnOptions): Column<number> {
  return column(doubleType, options)
}
