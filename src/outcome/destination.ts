import type { OkRecord, Operation } from '../firehose/response.ts'
import { metadataSizeBytes } from '../firehose/size.ts'
import type { RouterOptions } from '../router/options.ts'
import { createBase64Encoder, type RowEncoder } from '../table/encoder.ts'
import type { Table } from '../table/table.ts'

/** A table, ready to take rows. */
export interface Destination {
  readonly table: Table
  readonly routings: { readonly [O in Operation]: Routing }
  readonly appendOnly: boolean
}

/**
 * Where rows go and what becomes of them there: made once for a table and an operation, and shared by all of its rows. All
 * that a row needs is in here: with many tables, each further object would be fetched from memory for nearly every record.
 */
export interface Routing {
  /** To base64. */
  readonly encode: RowEncoder
  /** Its place among the router's, 0 and up, so that rows can be counted by it. */
  readonly place: number
  readonly table: string
  readonly operation: Operation
  /** As an answer has it. */
  readonly metadata: OkRecord['metadata']
  /** What the metadata takes of a response. */
  readonly sizeBytes: number
}

/**
 * Lays out a table for the loop.
 *
 * @param index its place among the tables of its router
 */
export function compileDestination(
  table: Table,
  { database, appendOnly = false }: RouterOptions,
  index: number,
): Destination {
  const names = { destinationDatabaseName: database, destinationTableName: table.name }
  const make = (operation: Operation, offset: number): Routing => {
    const otfMetadata = Object.freeze(appendOnly ? names : { ...names, operation })
    const routing: { -readonly [Key in keyof Routing]: Routing[Key] } = {
      // Not before the first row: the rows of a route with a select are written by the scanner, as a rule.
      encode(row, given) {
        routing.encode = createBase64Encoder(table)
        return routing.encode(row, given)
      },
      place: index * 3 + offset,
      table: table.name,
      operation,
      metadata: Object.freeze({ otfMetadata }),
      sizeBytes: metadataSizeBytes(otfMetadata),
    }
    return routing
  }
  const routings = { insert: make('insert', 0), update: make('update', 1), delete: make('delete', 2) }
  return { table, routings, appendOnly }
}
