import { resolve } from 'node:path'
import { IcebergRouterError } from '../../error.ts'
import { isDatabaseName, isTableName } from '../../firehose/names.ts'
import type { Disk } from './disk.ts'
import { explainFailures } from './failure.ts'
import { nodeDisk } from './node-disk.ts'
import { loadAvsc, loadParquetWriter } from './peers.ts'
import { layOut } from './table-layout.ts'
import type { Warehouse } from './types.ts'
import { openTable } from './warehouse-table.ts'

/** The options of `createWarehouse`. */
export interface WarehouseOptions {
  /** The folder of databases and tables; created when the first table is opened. */
  readonly folder: string
  /** The disk; by default the real one. A test may pass one that fails. */
  readonly disk?: Disk
}

/**
 * Makes a warehouse: a folder of real Iceberg v2 tables; `docs/readers.md` says which engine reads which. Several processes may
 * write one table at the same time.
 *
 * @throws IcebergRouterError `InvalidOptions` for a folder that Iceberg paths cannot name
 */
export function createWarehouse(options: WarehouseOptions): Warehouse {
  const folder = resolve(options.folder)
  // Readers disagree about these characters in a path: some cut it there, some decode it.
  if (/[?#%*]/.test(folder)) {
    const problem = `folder: expected a path without ?, #, % and *, which Iceberg readers take for something else, got ${folder}`
    throw new IcebergRouterError('InvalidOptions', 'the warehouse cannot be made:', { problems: [problem] })
  }
  const disk = explainFailures(options.disk ?? nodeDisk)
  return {
    folder,
    async openTable(database, table) {
      checkNames(database, table.name)
      // Load the libraries now, not at the first commit: a missing one should stop the start.
      await Promise.all([loadAvsc(), loadParquetWriter()])
      return openTable(disk, layOut(folder, database, table))
    },
  }
}

/** Names become folders: only characters that Glue allows may be in them. */
function checkNames(database: string, table: string): void {
  const rule = 'expected lower-case letters, digits or underscores'
  const problems = [
    ...(isDatabaseName(database) ? [] : [`database: ${rule}, got ${JSON.stringify(database)}`]),
    ...(isTableName(table) ? [] : [`table: ${rule}, got ${JSON.stringify(table)}`]),
  ]
  if (problems.length > 0) throw new IcebergRouterError('InvalidOptions', 'the table cannot be opened:', { problems })
}
