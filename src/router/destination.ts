import type { Operation, OtfMetadata } from '../firehose/response.ts'
import { DEFAULT_PAYLOAD_BYTES, type Quarantine, type QuarantineOptions } from '../quarantine/quarantine.ts'
import { quarantineTable } from '../quarantine/table.ts'
import { createRowChecker, type RowChecker } from '../table/checker.ts'
import { createRowEncoder, type RowEncoder } from '../table/encoder.ts'
import type { Table } from '../table/table.ts'
import { isTable, type RouterOptions } from './options.ts'

/** A table, ready to take rows. */
export interface Destination {
  readonly table: Table
  readonly encode: RowEncoder
  /** For rows that have been encoded before. */
  readonly check: RowChecker
  /** The routing of each operation, made once and shared by all records. */
  readonly otf: { readonly [O in Operation]: OtfMetadata }
  readonly appendOnly: boolean
}

/** Lays out a table for the loop. */
export function compileDestination(table: Table, { database, appendOnly = false }: RouterOptions): Destination {
  const otf = otfOf(database, table.name, appendOnly)
  return { table, encode: createRowEncoder(table), check: createRowChecker(table), otf, appendOnly }
}

/** Lays out the quarantine, where the options have one. */
export function compileQuarantine({ quarantine, database, appendOnly = false }: RouterOptions): Quarantine | undefined {
  if (quarantine === undefined) return undefined
  const given =
    quarantine === true ? { table: quarantineTable() } : isTable(quarantine) ? { table: quarantine } : quarantine
  const { table, maxPayloadBytes = DEFAULT_PAYLOAD_BYTES }: QuarantineOptions = given
  const otfMetadata = otfOf(database, table.name, appendOnly).insert
  return { table, maxPayloadBytes, encode: createRowEncoder(table), otfMetadata }
}

function otfOf(database: string, table: string, appendOnly: boolean): Destination['otf'] {
  const names = { destinationDatabaseName: database, destinationTableName: table }
  const make = (operation: Operation): OtfMetadata => Object.freeze(appendOnly ? names : { ...names, operation })
  return { insert: make('insert'), update: make('update'), delete: make('delete') }
}
