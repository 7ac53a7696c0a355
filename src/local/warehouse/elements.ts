import type { SchemaElement } from 'hyparquet-writer'
import type { Field } from '../../table/fields.ts'
import { storageOf } from './storage.ts'

/**
 * Writes columns as the schema of a Parquet file, with the field ids that Iceberg readers use; lists and maps have the three
 * levels of the specification. https://iceberg.apache.org/spec/#parquet
 */
export function toParquetSchema(columns: readonly Field[]): SchemaElement[] {
  return [{ name: 'table', num_children: columns.length }, ...columns.flatMap(elementsOf)]
}

function elementsOf({ id, name, column, children }: Field): SchemaElement[] {
  const { type, nullable } = column
  const own = { name, field_id: id, repetition_type: nullable ? 'OPTIONAL' : 'REQUIRED' } as const
  const inner = children.flatMap(elementsOf)
  switch (type.name) {
    case 'list':
      return [
        { ...own, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
        repeated('list', 1),
        ...inner,
      ]
    case 'map':
      return [
        { ...own, num_children: 1, converted_type: 'MAP', logical_type: { type: 'MAP' } },
        repeated('key_value', 2),
        ...inner,
      ]
    case 'struct':
      return [{ ...own, num_children: children.length }, ...inner]
    default:
      return [{ ...own, ...storageOf(type).parquet }]
  }
}

function repeated(name: string, children: number): SchemaElement {
  return { name, repetition_type: 'REPEATED', num_children: children }
}
