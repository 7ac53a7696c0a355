import type { Field } from '../../table/fields.ts'
import { type IcebergField, toIcebergField } from '../../table/iceberg.ts'

/** An Iceberg schema as metadata JSON has it. https://iceberg.apache.org/spec/#schemas */
export interface IcebergSchema {
  readonly type: 'struct'
  readonly 'schema-id': number
  readonly 'identifier-field-ids'?: readonly number[]
  readonly fields: readonly IcebergField[]
}

/** Writes columns as an Iceberg schema; `keys` become its identifier fields. */
export function toIcebergSchema(columns: readonly Field[], keys: readonly string[]): IcebergSchema {
  const ids = columns.filter(({ name }) => keys.includes(name)).map(({ id }) => id)
  const fields = columns.map(toIcebergField)
  return { type: 'struct', 'schema-id': 0, ...(ids.length > 0 && { 'identifier-field-ids': ids }), fields }
}
