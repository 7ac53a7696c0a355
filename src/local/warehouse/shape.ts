import type { IcebergPartitionSpec } from '../../artefacts/iceberg-type.ts'
import type { PartitionColumn } from './partitions.ts'
import type { IcebergSchema } from './schema.ts'
import type { TableLayout } from './table-layout.ts'
import { currentSchema, currentSpec, type TableMetadata } from './table-metadata.ts'

/**
 * What the manifests of a table are written by. The ids of schema, partition spec and partition fields are those of the table's
 * metadata: another program may have evolved the table to what is declared.
 */
export interface TableShape {
  readonly schema: IcebergSchema
  readonly spec: IcebergPartitionSpec
  readonly partitions: readonly PartitionColumn[]
  /** The field ids of the unique keys. */
  readonly keyIds: readonly number[]
}

/** The shape of a table that has been checked against its declaration. */
export function shapeOf(layout: TableLayout, metadata: TableMetadata): TableShape {
  const spec = currentSpec(metadata) ?? layout.spec
  const partitions = layout.partitions.map((column, index) => ({
    ...column,
    id: spec.fields[index]?.['field-id'] ?? column.id,
  }))
  const keyIds = layout.keyColumns.map(({ id }) => id)
  return { schema: currentSchema(metadata) ?? layout.schema, spec, partitions, keyIds }
}

/** A string that is the same for shapes with the same manifests. */
export function shapeKey({ schema, spec }: TableShape): string {
  return JSON.stringify([schema['schema-id'], spec])
}
