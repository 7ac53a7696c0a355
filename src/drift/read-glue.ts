import { IcebergRouterError } from '../error.ts'
import type { ActualField, ActualTable } from './actual.ts'
import { parseGlueType } from './glue-type.ts'
import { type JsonRecord, toList, toRecord, toText } from './json-record.ts'

/**
 * Reads the output of `aws glue get-table` or `aws glue get-tables`.
 *
 * @param where the file that it comes from, for messages
 * @throws IcebergRouterError `InvalidOptions` if the JSON is something else
 */
export function readGlueTables(json: unknown, where = 'the JSON'): ActualTable[] {
  const { Table, TableList } = toRecord(json)
  const tables = Array.isArray(TableList) ? TableList : Table === undefined ? undefined : [Table]
  if (tables === undefined || !tables.every((table) => toText(toRecord(table)['Name']) !== undefined)) {
    const names = Object.keys(toRecord(json)).slice(0, 5).join(', ')
    throw notFromGlue(
      where,
      Array.isArray(json) ? 'a list' : names === '' ? 'something else' : `an object with ${names}`,
    )
  }
  return tables.map((table) => toActualTable(toRecord(table), where))
}

function notFromGlue(where: string, got: string): IcebergRouterError {
  return new IcebergRouterError(
    'InvalidOptions',
    `${where}: expected the output of \`aws glue get-table\` or \`aws glue get-tables\` (an object with Table or TableList), got ${got}`,
  )
}

function toActualTable(table: JsonRecord, where: string): ActualTable {
  const parameters = toRecord(table['Parameters'])
  const notIceberg = whyNotIceberg(table, parameters)
  // Columns matter only in an Iceberg table; those of a view may lack a type.
  const columns = notIceberg === undefined ? readColumns(table, where) : []
  const formatVersion = Number(parameters['format-version'])
  return {
    source: 'glue',
    database: toText(table['DatabaseName']),
    name: toText(table['Name']) ?? '',
    notIceberg,
    formatVersion: Number.isInteger(formatVersion) ? formatVersion : undefined,
    columns: columns.filter(isCurrent).map(toField),
    dropped: columns.filter((column) => !isCurrent(column)).map(({ Name }) => toText(Name) ?? ''),
    keys: undefined,
    partition: undefined,
    metadataLocation: toText(parameters['metadata_location']),
  }
}

function readColumns(table: JsonRecord, where: string): JsonRecord[] {
  const { Columns = [] } = toRecord(table['StorageDescriptor'])
  const columns = toList(Columns).map(toRecord)
  if (Array.isArray(Columns) && columns.every(({ Name, Type }) => toText(Name) && toText(Type))) return columns
  throw notFromGlue(where, `a table ${toText(table['Name'])} whose Columns are not all objects with Name and Type`)
}

function whyNotIceberg(table: JsonRecord, parameters: JsonRecord): string | undefined {
  if (table['TargetTable'] !== undefined) return 'it is a resource link to another table; check that one'
  const type = toText(parameters['table_type'])
  if (type?.toUpperCase() !== 'ICEBERG') {
    return type === undefined
      ? `Glue lists it as ${toText(table['TableType']) ?? 'a table'} without table_type=ICEBERG`
      : `its table_type is ${type}`
  }
  return toText(parameters['metadata_location']) === undefined ? 'it has no metadata_location' : undefined
}

/** Iceberg's Glue catalog continues to list the columns of earlier schemas and marks them. */
function isCurrent(column: JsonRecord): boolean {
  return toRecord(column['Parameters'])['iceberg.field.current'] !== 'false'
}

function toField(column: JsonRecord): ActualField {
  const optional = toRecord(column['Parameters'])['iceberg.field.optional']
  return {
    name: toText(column['Name']) ?? '',
    type: parseGlueType(toText(column['Type']) ?? ''),
    required: optional === undefined ? undefined : optional === 'false',
  }
}
