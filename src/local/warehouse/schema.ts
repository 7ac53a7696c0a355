import { toIcebergField } from '../../artefacts/iceberg.ts'
import type { IcebergSchema } from '../../artefacts/iceberg-type.ts'
import type { Field } from '../../table/fields.ts'

export type { IcebergSchema }

/** Writes columns as an Iceberg schema; `keys` become its identifier fields. */
export function toIcebergSchema(columns: readonly Field[], keys: readonly string[]): IcebergSchema {
  const ids = columns.filter(({ name }) => keys.includes(name)).map(({ id }) => id)
  const fields = columns.map(toIcebergField)
  return { type: 'struct', 'schema-id': 0, ...(ids.length > 0 && { 'identifier-field-ids': ids }), fields }
}
