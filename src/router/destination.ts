import type { Operation, OtfMetadata } from '../firehose/response.ts'
import { createRowEncoder, type RowEncoder } from '../table/encoder.ts'
import type { Table } from '../table/table.ts'
import type { RouterOptions } from './options.ts'

/** A table, ready to take rows. */
export interface Destination {
  readonly table: Table
  readonly encode: RowEncoder
  /** The routing of each operation, made once and shared by all records. */
  readonly otf: { readonly [O in Operation]: OtfMetadata }
  readonly appendOnly: boolean
}

/** Lays out a table for the loop. */
export function compileDestination(table: Table, { database, appendOnly = false }: RouterOptions): Destination {
  const otf = otfOf(database, table.name, appendOnly)
  return { table, encode: createRowEncoder(table), otf, appendOnly }
}

function otfOf(database: string, table: string, appendOnly: boolean): Destination['otf'] {
  const names = { destinationDatabaseName: database, destinationTableName: table }
  const make = (operation: Operation): OtfMetadata => Object.freeze(appendOnly ? names : { ...names, operation })
  return { insert: make('insert'), update: make('update'), delete: make('delete') }
}
