import { encodeBase64, encodeWritten } from '../firehose/base64.ts'
import type { Columns } from './column.ts'
import { createRowWriter, type RowEncoder, type RowForm } from './row-writer.ts'
import type { Table } from './table.ts'

/** Returns the encoder of a table, which writes JSON text. */
export function createRowEncoder(table: Table): RowEncoder {
  return encoderOf(table, toText)
}

/** Returns the encoder of a table that writes base64, made from the bytes that were scanned for escapes. */
export function createBase64Encoder(table: Table): RowEncoder {
  return encoderOf(table, toBase64)
}

/** Returns the text unchanged. */
export function toText(text: string): string {
  return text
}

function toBase64(text: string, sizeBytes: number | undefined): string {
  return sizeBytes === undefined ? encodeBase64(text) : encodeWritten(sizeBytes)
}

const encoders = new WeakMap<Columns, Map<string, RowEncoder>>()

/** Tables with the same columns share their encoder, so a record reads less memory. */
function encoderOf(table: Table, finish: RowForm['finish']): RowEncoder {
  const { columns, uniqueKeys, partitionBy, unknownColumns } = table
  const known = encoders.get(columns) ?? new Map<string, RowEncoder>()
  encoders.set(columns, known)
  const rest = JSON.stringify([uniqueKeys, partitionBy, unknownColumns, finish === toText])
  const encoder = known.get(rest) ?? createRowWriter(table, { from: 'value', escapeEachString: false, finish })
  known.set(rest, encoder)
  return encoder
}
