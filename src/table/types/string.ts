import { type Column, type ColumnOptions, type ColumnType, column, type ValueWith } from '../column.ts'
import { quote } from '../quote.ts'
import { wrongType } from '../wrong-type.ts'

const stringType: ColumnType = {
  name: 'string',
  canBeKey: true,
  encode: (value) => (typeof value === 'string' ? quote(value) : wrongType('a string', value)),
  encodeUnescaped: (value) => (typeof value === 'string' ? value : undefined),
}

/** A column of strings. */
export function string<const Options extends ColumnOptions<string>>(
  options?: Options,
): Column<ValueWith<string, Options>> {
  return column(stringType, options)
}
