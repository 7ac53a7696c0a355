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
import {
  besideUnknown,
  compileColumns,
  encodeColumn,
  findStripped,
  findUnknown,
  isKeyed,
  valueUnder,
} from '../compiled-columns.ts'
import { keyPrefix } from '../key-prefix.ts'
import type { RowIssue } from '../row-issue.ts'
import type { ValuesOf } from '../row-type.ts'
import { wrongType } from '../wrong-type.ts'

/** A column of structs: fields are declared and checked like the columns of a table. */
export function struct<const Fields extends Columns, const Options extends ColumnOptions<ValuesOf<Fields>>>(
  fields: Fields,
  options?: Options,
): Column<ValueWith<ValuesOf<Fields>, Options>> {
  // `defineTable` reports fields that are not columns; until then, anything makes a struct.
  const own: Columns = isObject(fields) ? fields : {}
  const compiled = Object.values(own).every(isColumn) ? compileColumns(own) : []
  const type: StructType = {
    name: 'struct',
    fields: own,
    canBeKey: false,
    encode: (value, encoding) => {
      if (!isKeyed(value)) return wrongType('an object with the fields of the struct', value)
      const unknown = (): RowIssue | undefined =>
        encoding.unknownFields === 'strip' ? findStripped(value, compiled) : findUnknown(value, compiled, 'struct')
      let text = ''
      for (const field of compiled) {
        const cell = encodeColumn(field, valueUnder(value, field), encoding)
        if (typeof cell !== 'string') return besideUnknown(cell, unknown())
        text += keyPrefix(text, false, field.prefix) + cell
      }
      return unknown() ?? `${text}}`
    },
  }
  return column(type, options)
}
