import type { Column, Columns, ColumnType } from './column.ts'

/**
 * A column with its field id, and the fields inside it: none for a primitive, `element` for a list, `key` and `value` for
 * a map, its own fields for a struct. https://iceberg.apache.org/spec/#nested-types
 */
export interface Field {
  readonly id: number
  readonly name: string
  readonly column: Column
  readonly children: readonly Field[]
}

/** A place for an id that is not given yet. */
interface Draft {
  id: number
  readonly name: string
  readonly column: Column
  children: readonly Draft[]
}

/**
 * Gives every field its id as Iceberg does when it creates a table: a whole level first, then the fields inside each of
 * them in turn. A column's own `id` is kept, and the others count around it.
 */
export function assignFieldIds(columns: Columns): readonly Field[] {
  const taken = new Set<number>()
  const fields = draft(Object.entries(columns), taken)
  const numbers = freeNumbers(taken)
  number(fields, numbers)
  return fields
}

/** All fields of a table, the nested ones included, each before those inside it. */
export function allFields(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => [field, ...allFields(field.children)])
}

/** The columns inside a type by name. */
export function innerColumns(type: ColumnType): readonly (readonly [string, Column])[] {
  switch (type.name) {
    case 'list':
      return [['element', type.element]]
    case 'map':
      return [
        ['key', type.key],
        ['value', type.value],
      ]
    case 'struct':
      return Object.entries(type.fields)
    default:
      return []
  }
}

function draft(columns: readonly (readonly [string, Column])[], taken: Set<number>): readonly Draft[] {
  return columns.map(([name, column]) => {
    if (column.id !== undefined) taken.add(column.id)
    return { id: column.id ?? 0, name, column, children: draft(innerColumns(column.type), taken) }
  })
}

function number(fields: readonly Draft[], numbers: () => number): void {
  for (const field of fields) if (field.column.id === undefined) field.id = numbers()
  for (const { children } of fields) number(children, numbers)
}

function freeNumbers(taken: ReadonlySet<number>): () => number {
  let last = 0
  return () => {
    do last++
    while (taken.has(last))
    return last
  }
}
