import type { CatalogTable, TableState, Warehouse } from '../local/index.ts'
import { explainFailures } from '../local/warehouse/failure.ts'
import { nodeDisk } from '../local/warehouse/node-disk.ts'
import { openReader } from '../local/warehouse/read-rows.ts'
import type { Table } from '../table/table.ts'

/** The state of a table as its readers see it. */
export interface CountedTable extends TableState {
  readonly declaration: Table
  /** The rows that a reader sees, without the deleted ones. */
  readonly rows: number
  /** Whether readers have to apply deletes. */
  readonly hasDeletes: boolean
}

/** Counts the rows of tables, and creates the tables that do not exist. */
export function countTables(warehouse: Warehouse, tables: readonly CatalogTable[]): Promise<CountedTable[]> {
  return Promise.all(tables.map((table) => countTable(warehouse, table)))
}

async function countTable(warehouse: Warehouse, { database, table }: CatalogTable): Promise<CountedTable> {
  const state = (await warehouse.openTable(database, table)).state()
  const reader = await openReader(explainFailures(nodeDisk), state.folder)
  const rows = (await reader?.count()) ?? 0
  return { ...state, declaration: table, rows, hasDeletes: reader?.hasDeletes ?? false }
}
