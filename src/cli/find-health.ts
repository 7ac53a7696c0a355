import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { tableHealth } from '../drift/table-health.ts'
import { nodeDisk } from '../local/warehouse/node-disk.ts'
import { UsageError } from './command.ts'
import { newestMetadataFile, readJsonFile } from './read-json.ts'
import type { NamedHealth } from './render-health.ts'
import { listTables } from './table-name.ts'

/** Reads the health of one table from its metadata file, or of all tables of a warehouse on this machine. */
export async function findHealth(path: string): Promise<readonly NamedHealth[]> {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [healthOf(nameOf(path), path)]
  const tables = (await listTables(nodeDisk, path)).flatMap((table) => {
    const file = newestMetadataFile(join(path, ...table.split('.')))
    return file === undefined ? [] : [healthOf(table, file)]
  })
  if (tables.length > 0) return tables
  throw new UsageError(
    `--metadata: expected a metadata file, or a warehouse with <database>/<table>/metadata; ${path} has none`,
  )
}

function healthOf(table: string, file: string): NamedHealth {
  return { table, health: tableHealth(readJsonFile(file), table) }
}

/** `…/shop/orders/metadata/00001.metadata.json` is shop.orders; another file is named after itself. */
function nameOf(path: string): string {
  const folder = dirname(path)
  if (basename(folder) !== 'metadata') return basename(path)
  const table = dirname(folder)
  return `${basename(dirname(table))}.${basename(table)}`
}
