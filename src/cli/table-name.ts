import { join } from 'node:path'
import { isDatabaseName, isTableName } from '../firehose/names.ts'
import type { Disk } from '../local/warehouse/disk.ts'
import { UsageError } from './command.ts'

/** The name of a table in a warehouse. */
export interface TableName {
  readonly database: string
  readonly table: string
}

/**
 * Parses `database.table`. Both become folders, so only the characters of Glue's names are allowed.
 *
 * @throws UsageError for anything else
 */
export function readTableName(text: string): TableName {
  const [database, table, ...rest] = text.split('.')
  if (isDatabaseName(database) && isTableName(table) && rest.length === 0) return { database, table }
  throw new UsageError(`expected a table as database.table, in lower-case letters, digits and underscores, got ${text}`)
}

/** Returns the folder of a table. */
export function tableFolder(warehouse: string, { database, table }: TableName): string {
  return join(warehouse, database, table)
}

/** Lists the tables of a warehouse, as `database.table`. */
export async function listTables(disk: Disk, warehouse: string): Promise<readonly string[]> {
  const names: string[] = []
  for (const database of (await disk.list(warehouse)).filter(isDatabaseName)) {
    for (const table of (await disk.list(join(warehouse, database))).filter(isTableName)) {
      if ((await disk.list(join(warehouse, database, table))).includes('metadata')) names.push(`${database}.${table}`)
    }
  }
  return names.sort()
}
