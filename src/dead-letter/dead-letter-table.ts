import { type Column, nullable } from '../table/column.ts'
import { defineTable, type Table } from '../table/table.ts'
import { boolean } from '../table/types/boolean.ts'
import { long } from '../table/types/long.ts'
import { string } from '../table/types/string.ts'
import { type TimestampInput, timestamp } from '../table/types/timestamp.ts'
import { type DeadLetterPart, deadLetterPart } from './writer.ts'

/** The columns of a dead-letter table. */
export interface DeadLetterColumns {
  readonly [name: string]: Column
  readonly record_id: Column<string>
  readonly arrived_at: Column<TimestampInput | null>
  readonly stream_arn: Column<string>
  readonly code: Column<string>
  readonly message: Column<string>
  readonly route: Column<string | null>
  readonly target_table: Column<string | null>
  readonly path: Column<string>
  readonly payload: Column<string | null>
  readonly payload_encoding: Column<string>
  readonly payload_bytes: Column<number | bigint>
  readonly payload_cut: Column<boolean>
}

/** Makes the columns on demand, so that a bundle without a dead-letter table does not contain them. */
function deadLetterColumns(): DeadLetterColumns {
  return {
    record_id: string({ doc: 'The id of the record, as it first arrived' }),
    arrived_at: nullable(timestamp({ doc: 'When the record first arrived' })),
    stream_arn: string({ doc: 'The Firehose stream' }),
    code: string({ doc: 'The code of the failure' }),
    message: string({ doc: 'The message of the failure' }),
    route: nullable(string({ doc: 'The route that took the record' })),
    target_table: nullable(string({ doc: 'The table the row was for' })),
    path: string({ doc: 'Where in the event or in the row' }),
    payload: nullable(string({ doc: 'What arrived, encoded as payload_encoding says' })),
    payload_encoding: string({ doc: 'text, base64 (not valid UTF-8), raw (arrived as invalid base64) or none' }),
    payload_bytes: long({ doc: 'The length of the payload before anything was cut off' }),
    payload_cut: boolean({ doc: 'Whether only the beginning of the payload is here' }),
  }
}

/** A table for failed records. It brings the code that makes its rows, so that a router without one does not contain it. */
export interface DeadLetterTable extends Table<DeadLetterColumns, never, never> {
  /** The code that the router needs to use it. */
  readonly '~deadLetter': DeadLetterPart
}

/** Makes a table for failed records, so that they can be queried in Athena. Create it like any other table, from its DDL. */
export function deadLetterTable(name = 'dead_letter'): DeadLetterTable {
  return { ...defineTable({ name, columns: deadLetterColumns() }), '~deadLetter': deadLetterPart }
}
