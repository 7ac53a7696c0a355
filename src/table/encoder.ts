import { encodeBase64, encodeWritten } from '../firehose/base64.ts'
import type { Columns } from './column.ts'
import { createRowWriter, type RowEncoder, type RowForm } from './row-writer.ts'
import type { Table } from './table.ts'

/** Builds the encoder of a table, once. */
export function createRowEncoder(table: Table): RowEncoder {
  return encoderOf(table, toText)
}

/** Builds the same, but of base64: made of the bytes that were looked at. */
export function createBase64Encoder(table: Table): RowEncoder {
  return encoderOf(table, toBase64)
}

/** The text as it is. */
export function toText(text: string): string {
  return text
}

function toBase64(text: string, sizeBytes: number | undefined): string {
  return sizeBytes === undefined ? encodeBase64(text) : encodeWritten(sizeBytes)
}

const encoders = new WeakMap<Columns, Map<string, RowEncoder>>()

/** Tables with the same columns share their encoder, so that less is read for a record. */
function encoderOf(table: Table, finish: RowForm['finish']): RowEncoder {
  const { columns, uniqueKeys, partitionBy, unknownColumns } = table
  const known = encoders.get(columns) ?? new Map<string, RowEncoder>()
  encoders.set(columns, known)
  const rest = JSON.stringify([uniqueKeys, partitionBy, unknownColumns, finish === toText])
  const encoder = known.get(rest) ?? createRowWriter(table, { from: 'value', escapeEachString: false, finish })
  known.set(rest, encoder)
  return encoder
}
