import { join, resolve } from 'node:path'
import type { ActualTable } from '../drift/actual.ts'
import { compareTable, missingTable, unseenTable } from '../drift/compare.ts'
import type { Difference } from '../drift/difference.ts'
import { toRecord } from '../drift/json-record.ts'
import { readGlueTables } from '../drift/read-glue.ts'
import { readIcebergMetadata } from '../drift/read-metadata.ts'
import { IcebergRouterError } from '../error.ts'
import type { Table } from '../table/table.ts'
import { UsageError } from './command.ts'
import { findMetadataFile, newestMetadataFile, readJsonFile } from './read-json.ts'

/** A declared table and how it differs from the one that exists. */
export interface CheckedTable {
  readonly table: string
  readonly differences: readonly Difference[]
}

/** Compares declared tables with existing ones, and returns the differences of each. */
export type TablesCheck = (tables: readonly Table[]) => CheckedTable[]

/** Compares with the output of `aws glue get-table` or `get-tables`, and with metadata files if they are given. */
export function checkAgainstGlue(
  file: string,
  options: { readonly database: string | undefined; readonly metadata: string | undefined },
): TablesCheck {
  const json = readJsonFile(file)
  const glueTables = readGlueTables(json, file)
  const { database, metadata } = options
  const findIn = ({ name }: Table): ActualTable | undefined => {
    const tables = glueTables.filter((table) => isOf(table, name, database))
    return onlyOne(tables, { file, database })
  }
  return (tables) => {
    // The output of get-table describes one table only.
    const isOneOfSeveral = isGetTable(json) && tables.some((table) => findIn(table) !== undefined)
    return tables.map((declared) => {
      const glue = findIn(declared)
      const table = declared.name
      if (glue !== undefined) {
        return { table, differences: compareTable(declared, withMetadata(glue, metadata, glueTables.length === 1)) }
      }
      const difference = isOneOfSeveral ? unseenTable(file) : missingTable(qualified(declared, database), file)
      return { table, differences: [difference] }
    })
  }
}

/** Compares with the tables of a local warehouse. */
export function checkAgainstWarehouse(folder: string, database: string): TablesCheck {
  return (tables) => {
    return tables.map((declared) => {
      const file = newestMetadataFile(join(resolve(folder), database, declared.name))
      const table = declared.name
      if (file === undefined) return { table, differences: [missingTable(qualified(declared, database), folder)] }
      return { table, differences: compareTable(declared, readIcebergMetadata(readJsonFile(file), table, database)) }
    })
  }
}

/** Checks for the output of get-table; the list of get-tables may have a single table too. */
function isGetTable(json: unknown): boolean {
  return toRecord(json)['TableList'] === undefined
}

/** Checks whether a table has a name. Glue folds names to lower case, so a name with a capital is another table. */
function isOf(actual: ActualTable, name: string, database: string | undefined): boolean {
  if (actual.name !== name) return false
  return database === undefined || actual.database === undefined || actual.database === database
}

/** Returns the only table, and refuses to guess which one of several a record would reach. */
function onlyOne(
  tables: readonly ActualTable[],
  { file, database }: { readonly file: string; readonly database: string | undefined },
): ActualTable | undefined {
  const [first, ...others] = tables
  if (first === undefined || others.length === 0) return first
  const databases = new Set(tables.map((table) => table.database ?? 'one without a name'))
  if (database === undefined && databases.size > 1) {
    throw new UsageError(
      `${file} has a table ${first.name} in several databases (${[...databases].join(', ')}): choose one with --database`,
    )
  }
  throw new IcebergRouterError(
    'InvalidOptions',
    `${file} has the table ${first.name} ${tables.length} times; remove all but one`,
  )
}

/** Prefers the metadata file to Glue's description, because Iceberg reads only the file. */
function withMetadata(glue: ActualTable, path: string | undefined, isOnlyTable: boolean): ActualTable {
  if (path === undefined || glue.notIceberg !== undefined) return glue
  const file = findMetadataFile(path, glue.metadataLocation, isOnlyTable)
  return file === undefined ? glue : readIcebergMetadata(readJsonFile(file), glue.name, glue.database)
}

function qualified({ name }: Table, database: string | undefined): string {
  return database === undefined ? name : `${database}.${name}`
}
