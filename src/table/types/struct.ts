import { isObject } from '../../options.ts'
import {
  type Column,
  type ColumnOptions,
  type Columns,
  column,
  isColumn,
  type StructType,
  type ValueWith,
} from '../column.ts'
import { compileColumns, encodeColumn, findStripped, findUnknown, isKeyed, valueUnder } from '../compiled-columns.ts'
import { keyPrefix } from '../key-prefix.ts'
import type { ValuesOf } from '../row-type.ts'
import { wrongType } from '../wrong-type.ts'

/** A column of structs: fields are declared like the columns of a table, and checked like them. */
export function struct<const Fields extends Columns, const Options extends ColumnOptions<ValuesOf<Fields>>>(
  fields: Fields,
  options?: Options,
): Column<ValueWith<ValuesOf<Fields>, Options>> {
  // `defineTable` tells what is no column, and that there are none: until then a struct has to be made of anything.
  const own: Columns = isObject(fields) ? fields : {}
  const members = Object.values(own).every(isColumn) ? compileColumns(own) : []
  const type: StructType = {
    name: 'struct',
    fields: own,
    canBeKey: false,
    encode: (value, encoding) => {
      if (!isKeyed(value)) return wrongType('an object with the fields of the struct', value)
      let text = ''
      for (const member of members) {
        const cell = encodeColumn(member, valueUnder(value, member), encoding)
        if (typeof cell !== 'string') return cell
        text += keyPrefix(text, false, member.prefix) + cell
      }
      return (
        (encoding.unknownFields === 'strip' ? findStripped(value, members) : findUnknown(value, members, 'struct')) ??
        `${text}}`
      )
    },
  }
  return column(type, options)
}
