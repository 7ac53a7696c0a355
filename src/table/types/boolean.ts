import { type Column, type ColumnOptions, type ColumnType, column, type ValueWith } from '../column.ts'
import { wrongType } from '../wrong-type.ts'

const booleanType: ColumnType = {
  name: 'boolean',
  canBeKey: true,
  isBare: true,
  encode: (value) => (value === true ? 'true' : value === false ? 'false' : wrongType('a boolean', value)),
}

/** A column of booleans. */
export function boolean<const Options extends ColumnOptions<boolean>>(
  options?: Options,
): Column<ValueWith<boolean, Options>> {
  return column(booleanType, options)
}
