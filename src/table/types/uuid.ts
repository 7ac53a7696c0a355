import { type Column, type ColumnOptions, type ColumnType, column, type ValueWith } from '../column.ts'
import { RowIssue } from '../row-issue.ts'
import { wrongType } from '../wrong-type.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const uuidType: ColumnType = {
  name: 'uuid',
  canBeKey: true,
  encode: (value) => {
    if (typeof value !== 'string') return wrongType('a UUID as a string', value)
    if (!UUID.test(value))
      return new RowIssue('InvalidUuid', 'expected a UUID like 123e4567-e89b-12d3-a456-426614174000')
    return `"${value.toLowerCase()}"`
  },
}

/** A column of UUIDs: 32 hexadecimal digits with hyphens, written in lower case. */
export function uuid<const Options extends ColumnOptions<string>>(
  options?: Options,
): Column<ValueWith<string, Options>> {
  return column(uuidType, options)
}
