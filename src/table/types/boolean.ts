import { type Column, type ColumnOptions, type ColumnType, column } from '../column.ts'
import { wrongType } from '../refusal.ts'

const booleanType: ColumnType = {
  name: 'boolean',
  iceberg: 'boolean',
  athena: 'boolean',
  key: true,
  encode: (value) => (typeof value === 'boolean' ? value : wrongType('a boolean', value)),
}

/** A true-or-false column. */
export function boolean(options?: ColumnOptions): Column<boolean> {
  return column(booleanType, options)
}
