import { type Column, type ColumnOptions, column, type ListType, type ValueWith } from '../column.ts'
import { encodeInner } from '../compiled-columns.ts'
import { wrongType } from '../wrong-type.ts'

/** A column of lists; `t.list(t.nullable(t.string()))` lets an element be null. */
export function list<Element, const Options extends ColumnOptions<readonly Element[]>>(
  element: Column<Element>,
  options?: Options,
): Column<ValueWith<readonly Element[], Options>> {
  const type: ListType = {
    name: 'list',
    element,
    canBeKey: false,
    encode: (value, encoding) => {
      if (!Array.isArray(value)) return wrongType('an array', value)
      let text = ''
      for (let index = 0; index < value.length; index++) {
        const cell = encodeInner(element, value[index], encoding)
        if (typeof cell !== 'string') return cell.at(index)
        text += index === 0 ? cell : `,${cell}`
      }
      return `[${text}]`
    },
  }
  return column(type, options)
}
