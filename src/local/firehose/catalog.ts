import { IcebergRouterError, isIcebergRouterError } from '../../error.ts'
import type { Table } from '../../table/table.ts'
import type { Warehouse, WarehouseTable } from '../warehouse/types.ts'

/** A table that the local Firehose can deliver to. */
export interface CatalogTable {
  readonly database: string
  readonly table: Table
}

/** A table of the catalog, open for rows. */
export interface OpenTable {
  readonly database: string
  readonly name: string
  readonly rows: WarehouseTable
}

/**
 * The open tables by database and name. They are maps, because the handler may look up any name; no name becomes part of a
 * path.
 */
export type Catalog = ReadonlyMap<string, ReadonlyMap<string, OpenTable>>

/**
 * Opens every table, so that a table that does not fit is reported before the first record.
 *
 * @throws IcebergRouterError `TableConflict` or `WarehouseUnavailable`, from the warehouse
 */
export async function openCatalog(warehouse: Warehouse, tables: readonly CatalogTable[]): Promise<Catalog> {
  const catalog = new Map<string, Map<string, OpenTable>>()
  for (const { database, table } of tables) {
    const rows = await open(warehouse, { database, table })
    const siblings = catalog.get(database) ?? new Map<string, OpenTable>()
    catalog.set(database, siblings.set(table.name, { database, name: table.name, rows }))
  }
  return catalog
}

/** All tables of a catalog, in the order in which they were declared. */
export function tablesOf(catalog: Catalog): readonly OpenTable[] {
  return [...catalog.values()].flatMap((siblings) => [...siblings.values()])
}

async function open(warehouse: Warehouse, { database, table }: CatalogTable): Promise<WarehouseTable> {
  try {
    return await warehouse.openTable(database, table)
  } catch (cause) {
    if (isIcebergRouterError(cause)) throw cause
    throw new IcebergRouterError('WarehouseUnavailable', `${database}.${table.name} cannot be opened`, { cause })
  }
}
