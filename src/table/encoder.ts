import type { Operation } from '../firehose/response.ts'
import type { Columns } from './column.ts'
import { Refusal } from './refusal.ts'
import { createRowWriter, type RowWriter } from './row-writer.ts'
import type { Table } from './table.ts'

/**
 * Checks a row against its table and writes it as the text of one JSON object, or says why it does not fit. Every column
 * is written, `null` where there is no value, because it is not known which missing keys Firehose accepts. The row of a
 * `delete` needs its key and partition columns only, and only what it has is written.
 */
export type RowEncoder = (row: unknown, operation: Operation) => string | Refusal

/** Builds the encoder of a table, once. */
export function createRowEncoder(table: Table): RowEncoder {
  return createEncoder(writerOf(table))
}

/** Builds the same, but of base64: without a text between the bytes that were looked at and what is answered. */
export function createBase64Encoder(table: Table): RowEncoder {
  const write = writerOf(table)
  return (row, operation) => {
    const written = write(row, operation)
    return written instanceof Refusal ? written : written.toBase64()
  }
}

/** Builds the encoder of a writer. */
export function createEncoder(write: RowWriter): RowEncoder {
  return (row, operation) => {
    const written = write(row, operation)
    return written instanceof Refusal ? written : written.text
  }
}

const writers = new WeakMap<Columns, Map<string, RowWriter>>()

/** Tables with the same columns share what writes their rows, so that less is read for a record. */
function writerOf(table: Table): RowWriter {
  const { columns, uniqueKeys, partitionBy, unknownColumns } = table
  const known = writers.get(columns) ?? new Map<string, RowWriter>()
  writers.set(columns, known)
  const rest = JSON.stringify([uniqueKeys, partitionBy, unknownColumns])
  const writer = known.get(rest) ?? createRowWriter(table, { from: 'value', isCareful: false })
  known.set(rest, writer)
  return writer
}
