import { quote } from '../options.ts'
import type { Table } from '../table/table.ts'
import { commentProblems } from './glue.ts'
import { toIcebergSchema } from './iceberg.ts'
import type { IdLock } from './id-lock.ts'
import { databaseProblems, locationProblems, refuseProblems } from './place.ts'
import type { SortColumn } from './sort-order.ts'
import type { OptimizerSettings } from './table-optimizers.ts'
import { UPKEEP_PROPERTIES } from './upkeep-properties.ts'

/** Where to create tables, and how. */
export interface CreateOptions {
  readonly database: string
  /** The folder of each table's files, an `s3://` URL. */
  readonly location: (table: Table) => string
  /**
   * Iceberg's own table properties, such as `write.parquet.compression-codec`. They replace the defaults, which remove old
   * metadata files and say what expiry keeps.
   */
  readonly properties?: { readonly [name: string]: string }
  /** The columns by which the rows of a table's files are sorted. Terraform cannot set it. */
  readonly sortBy?: (table: Table) => readonly SortColumn[] | undefined
  /** Adds Glue's table optimizers, which compact, expire snapshots and delete orphan files. */
  readonly optimizers?: OptimizerSettings
  /** The ids of the lock file (`lockIds`); without it, ids count up from 1 in the order of the columns. */
  readonly lock?: IdLock
}

/** Returns the properties of a new table. */
export function tableProperties({ properties }: CreateOptions): { readonly [name: string]: string } {
  return { ...UPKEEP_PROPERTIES, ...properties }
}

/**
 * Checks the options that every way to create a table in Glue has.
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
  const isFunction = typeof location === 'function'
  const perTable = tables.flatMap((table) => {
    const folder = isFunction ? locationProblems(location(table)) : []
    return [...folder, ...commentProblems(toIcebergSchema(table).fields)].map(
      (problem) => `table ${table.name}: ${problem}`,
    )
  })
  if (!isFunction)
    perTable.push(`location: expected a function of a table that returns its folder, got ${quote(location)}`)
  refuseProblems(artefact, [...databaseProblems(database), ...perTable, ...more])
}
