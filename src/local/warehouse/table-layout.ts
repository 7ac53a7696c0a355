import { join } from 'node:path'
import { toIcebergPartitionSpec } from '../../artefacts/iceberg.ts'
import type { IcebergPartitionSpec } from '../../artefacts/iceberg-type.ts'
import { type Field, fieldsOf } from '../../table/fields.ts'
import type { Table } from '../../table/table.ts'
import { type PartitionColumn, toPartitionColumns } from './partitions.ts'
import { type IcebergSchema, toIcebergSchema } from './schema.ts'
import { toFileUri } from './uri.ts'

/** The folder of a table, and its declaration as it is on disk. It does not change while the table is open. */
export interface TableLayout {
  readonly database: string
  readonly declaration: Table
  /** The folder of the table, absolute. */
  readonly folder: string
  /** The same as a URI, which every path in the metadata begins with. */
  readonly location: string
  readonly columns: readonly Field[]
  readonly keyColumns: readonly Field[]
  readonly schema: IcebergSchema
  readonly spec: IcebergPartitionSpec
  readonly partitions: readonly PartitionColumn[]
}

/** Lays out a table below the folder of the warehouse. */
export function layOut(warehouse: string, database: string, declaration: Table): TableLayout {
  const { name, uniqueKeys } = declaration
  const folder = join(warehouse, database, name)
  const columns = fieldsOf(declaration)
  const keyColumns = columns.filter((column) => uniqueKeys.includes(column.name))
  const schema = toIcebergSchema(columns, uniqueKeys)
  const [spec, partitions] = [toIcebergPartitionSpec(declaration), toPartitionColumns(declaration)]
  return { database, declaration, folder, location: toFileUri(folder), columns, keyColumns, schema, spec, partitions }
}
