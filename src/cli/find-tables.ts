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

/** What tables are compared with: finds the differences of each declared one. */
export type TablesCheck = (tables: readonly Table[]) => CheckedTable[]

/** Compares with the output of `aws glue get-table` or `get-tables`, and with metadata files where they are at hand. */
export function checkAgainstGlue(
  file: string,
  options: { readonly database: string | undefined; readonly metadata: string | undefined },
): TablesCheck {
  const json = readJsonFile(file)
  const found = readGlueTables(json, file)
  const { database, metadata } = options
  const findIn = ({ name }: Table): ActualTable | undefined => {
    const tables = found.filter((table) => isOf(table, name, database))
    return onlyOne(tables, { file, database })
  }
  return (tables) => {
    // The output of get-table tells of one table, and nothing of the others.
    const isOneOfSeveral = isGetTable(json) && tables.some((table) => findIn(table) !== undefined)
    return tables.map((declared) => {
      const glue = findIn(declared)
      const table = declared.name
      if (glue !== undefined) {
        return { table, differences: compareTable(declared, withMetadata(glue, metadata, found.length === 1)) }
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

/** Tells the output of get-table from that of get-tables, whose list may have one table too. */
function isGetTable(json: unknown): boolean {
  return toRecord(json)['TableList'] === undefined
}

/** Glue folds names to lower case; one that shows a capital is not the table that a record names. */
function isOf(found: ActualTable, name: string, database: string | undefined): boolean {
  if (found.name !== name) return false
  return database === undefined || found.database === undefined || found.database === database
}

/** Which of two tables of one name a record will reach is not for us to guess. */
function onlyOne(
  tables: readonly ActualTable[],
  { file, database }: { readonly file: string; readonly database: string | undefined },
): ActualTable | undefined {
  const [first, ...others] = tables
  if (first === undefined || others.length === 0) return first
  const databases = new Set(tables.map((table) => table.database ?? 'one without a name'))
  if (database === undefined && databases.size > 1) {
    throw new UsageError(
      `${file} has a table ${first.name} in each of several databases (${[...databases].join(', ')}): say which with --database`,
    )
  }
  throw new IcebergRouterError('InvalidOptions', `${file} has the table ${first.name} ${tables.length} times`)
}

/** What the metadata file tells goes before what Glue tells: Iceberg itself reads nothing else. */
function withMetadata(glue: ActualTable, path: string | undefined, isOnlyTable: boolean): ActualTable {
  if (path === undefined || glue.notIceberg !== undefined) return glue
  const file = findMetadataFile(path, glue.metadataLocation, isOnlyTable)
  return file === undefined ? glue : readIcebergMetadata(readJsonFile(file), glue.name, glue.database)
}

function qualified({ name }: Table, database: string | undefined): string {
  return database === undefined ? name : `${database}.${name}`
}
