import { IcebergRouterError } from '../../error.ts'
import { isDatabaseName } from '../../firehose/names.ts'
import type { Column } from '../column.ts'
import type { Table } from '../table.ts'

/** Where a table is to be created, and how. */
export interface DdlOptions {
  readonly database: string
  /** The folder of the table's files, an `s3://` URL. */
  readonly location: string
  /** Further table properties, such as `write_compression`; Athena has a closed list of them. */
  readonly properties?: { readonly [name: string]: string }
}

const DEFAULT_PROPERTIES = { table_type: 'ICEBERG', format: 'parquet' }

/**
 * Writes the Athena statement that creates a table as Iceberg v2.
 * https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-creating-tables-syntax.html
 *
 * @throws IcebergRouterError `InvalidOptions` for a database, a location or a column that Athena or Glue refuses
 */
export function toAthenaDdl(table: Table, options: DdlOptions): string {
  checkOptions(table, options)
  const columns = Object.entries(table.columns).map(([name, column]) => `  ${columnDefinition(name, column)}`)
  const properties = Object.entries({ ...DEFAULT_PROPERTIES, ...options.properties })
  return [
    `CREATE TABLE ${identifier(options.database)}.${identifier(table.name)} (`,
    columns.join(',\n'),
    ')',
    `LOCATION ${literal(options.location)}`,
    'TBLPROPERTIES (',
    properties.map(([name, value]) => `  ${literal(name)}=${literal(value)}`).join(',\n'),
    ');',
    '',
  ].join('\n')
}

function columnDefinition(name: string, { type, doc }: Column): string {
  return `${identifier(name)} ${type.athena}${doc === undefined ? '' : ` COMMENT ${literal(doc)}`}`
}

/** Athena's DDL quotes with backticks, which reserved words such as `timestamp`, `date` and `order` need. */
function identifier(name: string): string {
  return `\`${name}\``
}

/** Athena's DDL is Hive's: inside single quotes a backslash escapes. */
function literal(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`
}

function checkOptions(table: Table, { database, location }: DdlOptions): void {
  const problems = unsupportedColumns(table)
  if (!isDatabaseName(database)) {
    problems.push(
      `database: expected 1 to 252 lower-case letters, digits or underscores, got ${JSON.stringify(database)}`,
    )
  }
  if (!/^s3:\/\/[a-z0-9.-]{3,63}\/\S*$/.test(String(location))) {
    problems.push(`location: expected an S3 folder like s3://bucket/folder/, got ${JSON.stringify(location)}`)
  }
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', 'no DDL can be written:', { problems })
}

/** Athena's CREATE TABLE makes timestamps without a zone only. */
function unsupportedColumns({ columns }: Table): string[] {
  const names = Object.keys(columns).filter((name) => columns[name]?.type.name === 'timestamptz')
  return names.map((name) => {
    return `column ${name}: Athena's CREATE TABLE has no timestamptz; use timestamp(), which holds UTC, or create the table with Spark`
  })
}
