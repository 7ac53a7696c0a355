import type { Table } from '../table/table.ts'
import { athenaPrimitive } from './athena-types.ts'
import { commentProblems } from './glue.ts'
import { toHiveType } from './hive.ts'
import { toIcebergSchema } from './iceberg.ts'
import type { IcebergField } from './iceberg-type.ts'
import { partitionTexts } from './partition-text.ts'
import { databaseProblems, locationProblems, type Place, refuseProblems } from './place.ts'
import { ATHENA_UPKEEP } from './upkeep-properties.ts'

/** Where to create a table, and how. */
export interface DdlOptions extends Place {
  /** Further table properties, such as `write_compression`; Athena has a closed list of them. */
  readonly properties?: { readonly [name: string]: string }
}

const DEFAULT_PROPERTIES = { table_type: 'ICEBERG', format: 'parquet', ...ATHENA_UPKEEP }

/**
 * Writes the Athena statement that creates a table as Iceberg v2. Athena makes every column nullable and has no clause
 * for keys: the stream's configuration carries those (`toFirehoseTables`).
 * https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables.html
 *
 * @throws IcebergRouterError `InvalidOptions` for a database, a location, a column or a doc that Athena or Glue refuses
 */
export function toAthenaDdl(table: Table, options: DdlOptions): string {
  const { database, location, properties } = options
  const { fields } = toIcebergSchema(table)
  const problems = [...databaseProblems(database), ...locationProblems(location), ...commentProblems(fields)]
  const columns = fields.map((field) => columnDefinition(field, problems))
  refuseProblems(`DDL of table ${table.name}`, problems)
  return [
    `CREATE TABLE ${identifier(database)}.${identifier(table.name)} (`,
    columns.join(',\n'),
    ')',
    ...partitionClause(table),
    `LOCATION ${literal(location)}`,
    'TBLPROPERTIES (',
    propertyList({ ...DEFAULT_PROPERTIES, ...properties }),
    ');',
    '',
  ].join('\n')
}

function columnDefinition({ name, type, doc }: IcebergField, problems: string[]): string {
  const hive = toHiveType(type, name, {
    fieldName: identifier,
    primitive: (primitive, path) => athenaPrimitive(primitive, path, problems),
  })
  return `  ${identifier(name)} ${hive}${doc === undefined ? '' : ` COMMENT ${literal(doc)}`}`
}

function partitionClause(table: Table): string[] {
  const fields = partitionTexts(table, identifier)
  return fields.length === 0 ? [] : [`PARTITIONED BY (${fields.join(', ')})`]
}

function propertyList(properties: { readonly [name: string]: string }): string {
  return Object.entries(properties)
    .map(([name, value]) => `  ${literal(name)}=${literal(value)}`)
    .join(',\n')
}

/** Quotes a name with backticks, because it may be a reserved word such as `timestamp`, `date` or `order`. */
function identifier(name: string): string {
  return `\`${name}\``
}

/** Quotes a string as Hive does: inside single quotes a backslash escapes. */
function literal(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`
}
