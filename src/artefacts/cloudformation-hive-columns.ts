import type { Table } from '../table/table.ts'
import { toGlueType } from './glue.ts'
import { primitiveParts, toHiveType } from './hive.ts'
import { toIcebergPartitionSpec, toIcebergSchema } from './iceberg.ts'
import type { IcebergField, IcebergPrimitive } from './iceberg-type.ts'

const WHY =
  'CloudFormation has no documented way to write nested columns in an Iceberg schema, and its Hive columns have no'
const INSTEAD = 'use Terraform (toTerraform)'

/**
 * Writes a table with nested columns as the columns of a Hive table, from which Glue makes the Iceberg schema. Everything
 * that would be lost on the way is a problem.
 */
export function cloudFormationColumns(
  table: Table,
  location: string,
  problems: string[],
): { readonly TableInput: object } {
  if (toIcebergPartitionSpec(table).fields.length > 0) {
    problems.push(`table ${table.name}: ${WHY} partition transforms; ${INSTEAD}, or toAthenaDdl`)
  }
  const Columns = toIcebergSchema(table).fields.map((field) => toColumn(field, table.name, problems))
  const StorageDescriptor = { Columns, Location: location }
  return { TableInput: { Name: table.name, TableType: 'EXTERNAL_TABLE', StorageDescriptor } }
}

function toColumn({ name, type, doc }: IcebergField, table: string, problems: string[]): object {
  const primitive = (type: IcebergPrimitive, path: string): string => {
    const { name } = primitiveParts(type)
    // Glue would silently turn them into a string, a binary or a timestamp without a zone.
    if (name === 'time' || name === 'uuid' || name === 'fixed' || name === 'timestamptz') {
      problems.push(`table ${table}: column ${path}: ${WHY} ${name}; ${INSTEAD}`)
    }
    return toGlueType(type)
  }
  const Type = toHiveType(type, name, { fieldName: (field) => field, primitive })
  return { Name: name, Type, ...(doc === undefined ? {} : { Comment: doc }) }
}
