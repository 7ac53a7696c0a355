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

/** A field whose id is not assigned yet. */
interface UnnumberedField {
  id: number
  readonly name: string
  readonly column: Column
  readonly children: readonly UnnumberedField[]
}

/**
 * The columns of a table with their field ids, and the fields inside them. Ids are assigned as Iceberg does when it creates
 * a table: first a whole level, then the fields inside each of its columns in turn. A column's own `id` is kept, and the
 * others skip it.
 */
export function fieldsOf({ columns }: { readonly columns: Columns }): readonly Field[] {
  const taken = new Set<number>()
  const fields = withoutIds(columns, taken)
  number(fields, freeNumbers(taken))
  return fields
}

/** All fields of a table, the nested ones included, each before those inside it. */
export function allFields(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => [field, ...allFields(field.children)])
}

/** The columns inside a type by name; undefined for a type that has none. */
export function innerColumns(type: ColumnType): Columns | undefined {
  switch (type.name) {
    case 'list':
      return { element: type.element }
    case 'map':
      return { key: type.key, value: type.value }
    case 'struct':
      return type.fields
    default:
      return undefined
  }
}

function withoutIds(columns: Columns | undefined, taken: Set<number>): readonly UnnumberedField[] {
  return Object.entries(columns ?? {}).map(([name, column]) => {
    if (column.id !== undefined) taken.add(column.id)
    return { id: column.id ?? 0, name, column, children: withoutIds(innerColumns(column.type), taken) }
  })
}

function number(fields: readonly UnnumberedField[], numbers: () => number): void {
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
