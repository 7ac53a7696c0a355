import type { Table } from '../table/table.ts'
import { toIcebergPartitionSpec, toIcebergSchema } from './iceberg.ts'

/** Writes the partition fields of a table as Athena does: `day(at)`, `bucket(16, id)`. The caller may quote the columns. */
export function partitionTexts(table: Table, quote: (name: string) => string = (name) => name): string[] {
  const names = new Map(toIcebergSchema(table).fields.map(({ id, name }) => [id, name]))
  return toIcebergPartitionSpec(table).fields.map((field) => {
    return transformText(field.transform, quote(names.get(field['source-id']) ?? ''))
  })
}

/** Writes a transform in SQL: `bucket[16]` of Iceberg's JSON is `bucket(16, column)`, with the width first. */
export function transformText(transform: string, column: string): string {
  const [, name = transform, width] = /^(\w+)\[(\d+)\]$/.exec(transform) ?? []
  if (name === 'identity') return column
  return width === undefined ? `${name}(${column})` : `${name}(${width}, ${column})`
}
