import type { Table } from '../table/table.ts'
import { commentProblems } from './glue.ts'
import { toIcebergSchema } from './iceberg.ts'
import { databaseProblems, locationProblems, refuseProblems } from './place.ts'

/** Where tables are to be created, and how. */
export interface CreateOptions {
  readonly database: string
  /** The folder of each table's files, an `s3://` URL. */
  readonly location: (table: Table) => string
  /** Iceberg's own table properties, such as `write.parquet.compression-codec`. */
  readonly properties?: { readonly [name: string]: string }
}

/** Data files of another format are nothing that Firehose writes. */
const DEFAULT_PROPERTIES = { 'write.format.default': 'parquet' }

/** The properties of a table that is created. */
export function tableProperties({ properties }: CreateOptions): { readonly [name: string]: string } {
  return { ...DEFAULT_PROPERTIES, ...properties }
}

/**
 * Checks what every way to create a table in Glue wants.
 *
 * @throws IcebergRouterError `InvalidOptions`, with all problems in it
 */
export function checkCreation(
  artefact: string,
  tables: readonly Table[],
  options: CreateOptions,
  more: readonly string[] = [],
): void {
  const { database, location } = options
  const perTable = tables.flatMap((table) => {
    return [...locationProblems(location(table)), ...commentProblems(toIcebergSchema(table).fields)].map((problem) => {
      return `table ${table.name}: ${problem}`
    })
  })
  refuseProblems(artefact, [...databaseProblems(database), ...perTable, ...more])
}
