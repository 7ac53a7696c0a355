import type { OkRecord, Operation } from '../firehose/response.ts'
import { metadataSizeBytes } from '../firehose/size.ts'
import { createBase64Encoder } from '../table/encoder.ts'
import type { RowEncoder } from '../table/row-writer.ts'
import type { Table } from '../table/table.ts'

/** A table, ready to take rows. */
export interface Destination {
  readonly table: Table
  readonly routings: { readonly [O in Operation]: Routing }
  readonly appendOnly: boolean
}

/**
 * How the rows of one table and operation are written and addressed. It is made once and shared by all of its rows, and
 * holds everything a row needs: with many tables, each further object would be a cache miss for nearly every record.
 */
export interface Routing {
  /** To base64. */
  readonly encode: RowEncoder
  /** A number of this table and operation, 0 and up, under which the report counts rows. */
  readonly counterIndex: number
  readonly table: string
  readonly operation: Operation
  /** The metadata of the answer. */
  readonly metadata: OkRecord['metadata']
  /** The bytes that the metadata adds to a response. */
  readonly metadataBytes: number
}

/** The settings of a router that its destinations depend on. */
export interface DestinationOptions {
  readonly database: string
  readonly appendOnly?: boolean
}

/**
 * Prepares a table for its rows.
 *
 * @param index the position of the table among the tables of its router
 */
export function compileDestination(
  table: Table,
  { database, appendOnly = false }: DestinationOptions,
  index: number,
): Destination {
  const names = { destinationDatabaseName: database, destinationTableName: table.name }
  const make = (operation: Operation, offset: number): Routing => {
    const otfMetadata = Object.freeze(appendOnly ? names : { ...names, operation })
    const routing: { -readonly [Key in keyof Routing]: Routing[Key] } = {
      // Built for the first row only: the scanner usually writes the rows of a select route.
      encode(row, given) {
        routing.encode = createBase64Encoder(table)
        return routing.encode(row, given)
      },
      counterIndex: index * 3 + offset,
      table: table.name,
      operation,
      metadata: Object.freeze({ otfMetadata }),
      metadataBytes: metadataSizeBytes(otfMetadata),
    }
    return routing
  }
  const routings = { insert: make('insert', 0), update: make('update', 1), delete: make('delete', 2) }
  return { table, routings, appendOnly }
}
