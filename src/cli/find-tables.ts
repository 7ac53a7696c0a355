import { join, resolve } from 'node:path'
import { compareTable, missingTable } from '../drift/compare.ts'
import type { Difference } from '../drift/difference.ts'
import type { FoundTable } from '../drift/found.ts'
import { readGlueTables } from '../drift/read-glue.ts'
import { readIcebergMetadata } from '../drift/read-metadata.ts'
import type { Table } from '../table/table.ts'
import { findMetadataFile, newestMetadataFile, readJsonFile } from './read-json.ts'

/** A declared table and how it differs from the one that exists. */
export interface CheckedTable {
  readonly table: string
  readonly differences: readonly Difference[]
}

/** What a table is compared with: finds the differences of one declared table. */
export type TableCheck = (table: Table) => CheckedTable

/** Compares with the output of `aws glue get-table` or `get-tables`, and with metadata files where they are at hand. */
export function checkAgainstGlue(
  file: string,
  options: { readonly database: string | undefined; readonly metadata: string | undefined },
): TableCheck {
  const found = readGlueTables(readJsonFile(file))
  const { database, metadata } = options
  return (declared) => {
    const glue = found.find((table) => isOf(table, declared.name, database))
    if (glue === undefined)
      return { table: declared.name, differences: [missingTable(qualified(declared, database), file)] }
    return {
      table: declared.name,
      differences: compareTable(declared, withMetadata(glue, metadata, found.length === 1)),
    }
  }
}

/** Compares with the tables of a local warehouse. */
export function checkAgainstWarehouse(folder: string, database: string): TableCheck {
  return (declared) => {
    const file = newestMetadataFile(join(resolve(folder), database, declared.name))
    const table = declared.name
    if (file === undefined) return { table, differences: [missingTable(qualified(declared, database), folder)] }
    return { table, differences: compareTable(declared, readIcebergMetadata(readJsonFile(file), table, database)) }
  }
}

/** Glue folds names to lower case; one that shows a capital is not the table that a record names. */
function isOf(found: FoundTable, name: string, database: string | undefined): boolean {
  if (found.name !== name) return false
  return database === undefined || found.database === undefined || found.database === database
}

/** What the metadata file tells goes before what Glue tells: Iceberg itself reads nothing else. */
function withMetadata(glue: FoundTable, path: string | undefined, isOnlyTable: boolean): FoundTable {
  if (path === undefined || glue.notIceberg !== undefined) return glue
  const file = findMetadataFile(path, glue.metadataLocation, isOnlyTable)
  return file === undefined ? glue : readIcebergMetadata(readJsonFile(file), glue.name, glue.database)
}

function qualified({ name }: Table, database: string | undefined): string {
  return database === undefined ? name : `${database}.${name}`
}
