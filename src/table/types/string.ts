import { type Column, type ColumnOptions, type ColumnType, column } from '../column.ts'
import { wrongType } from '../refusal.ts'

const stringType: ColumnType = {
  name: 'string',
  iceberg: 'string',
  athena: 'string',
  key: true,
  encode: (value) => (typeof value === 'string' ? value : wrongType('a string', value)),
}

/** A text column. */
export function string(options?: ColumnOptions): Column<string> {
  return column(stringType, options)
}
