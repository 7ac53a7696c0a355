import type { Operation } from '../../firehose/response.ts'
import type { Table } from '../../table/table.ts'

/**
 * A stored value of a type that is not nested: int, float and double as number, date as days since 1970, long,
 * time and timestamps (microseconds) and decimal (without its point) as bigint, uuid as string in lower case.
 */
export type LeafValue = string | number | bigint | boolean | Uint8Array

/** A value as it is stored: a list as array, a map as Map, a struct as object. */
export type StoredValue =
  | LeafValue
  | null
  | readonly StoredValue[]
  | ReadonlyMap<StoredValue, StoredValue>
  | { readonly [field: string]: StoredValue }

/** A checked row, column by column. */
export type StoredRow = { readonly [column: string]: StoredValue }

/** One change of a table. The row of a `delete` needs its key columns only. */
export interface RowChange {
  readonly operation: Operation
  readonly row: StoredRow
}

/** Why a row is not written into its table, as in the error object. Codes that AWS does not document begin with `Local.`. */
export interface RowRejection {
  readonly errorCode: string
  readonly errorMessage: string
}

/** A row that may be committed, or why it may not; exactly one of the two is present. */
export type CheckedRow =
  | { readonly row: StoredRow; readonly rejection?: undefined }
  | { readonly row?: undefined; readonly rejection: RowRejection }

/** What a commit has made. */
export interface CommitSummary {
  /** The new snapshot; without changes the current one, which is a bigint if another program made it. */
  readonly snapshotId: number | bigint
  readonly version: number
  readonly addedRows: number
  readonly addedFiles: number
}

/** What a table has at its last commit, by its metadata. */
export interface TableState {
  readonly database: string
  readonly table: string
  /** The folder of the table, absolute. */
  readonly folder: string
  /** Undefined before the first commit of rows; a bigint if another program made it. */
  readonly snapshotId: number | bigint | undefined
  readonly version: number
  /** Rows in data files; also those that a delete file deletes. */
  readonly rows: number
  readonly files: number
}

/** A table in the warehouse. */
export interface WarehouseTable {
  readonly declaration: Table
  /** Checks the JSON text of one row as Firehose does, by names and types. */
  check(rowText: string, operation: Operation): CheckedRow
  /** Adds one snapshot with all the changes, or fails without any. Calls for one table run one after the other. */
  commit(changes: readonly RowChange[]): Promise<CommitSummary>
  state(): TableState
}

/** A folder of Iceberg tables: `<folder>/<database>/<table>/{data,metadata}`. */
export interface Warehouse {
  readonly folder: string
  /**
   * Opens a table, and creates it if it does not exist.
   *
   * @throws IcebergRouterError `TableConflict` if the table on disk has another schema than the declared one,
   * `WarehouseUnavailable` if the folder cannot be read or written
   */
  openTable(database: string, table: Table): Promise<WarehouseTable>
}
