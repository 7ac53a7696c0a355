import { Buffer } from 'node:buffer'
import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import type { Operation } from '../firehose/response.ts'
import type { ColumnType, EncodedValue } from './column.ts'
import { Refusal, typeName } from './refusal.ts'
import type { Table } from './table.ts'

/**
 * Checks a row against its table and writes it as the text of one JSON object, or says why it does not fit. Every column
 * is written, `null` where there is no value, because it is not known which missing keys Firehose accepts. The row of a
 * `delete` needs its key columns only, and only what it has is written.
 */
export type RowEncoder = (row: unknown, operation: Operation) => string | Refusal

/** A column, laid out for the loop that runs for every record. */
interface Slot {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
  readonly isKey: boolean
  /** The name is also one of Object.prototype's, so that a missing key would read as a function. */
  readonly inherited: boolean
}

type EncodedRow = { [name: string]: EncodedValue }

/** Builds the encoder of a table, once. */
export function createRowEncoder(table: Table): RowEncoder {
  const slots = Object.entries(table.columns).map(([name, { type, nullable }]): Slot => {
    return { name, type, nullable, isKey: table.uniqueKeys.includes(name), inherited: name in Object.prototype }
  })
  const names = new Set(Object.keys(table.columns))

  return (row, operation) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      return new Refusal('NotARow', `expected an object with the columns of ${table.name}, got ${typeName(row)}`)
    }
    const encoded = encodeColumns(slots, row as { [name: string]: unknown }, operation)
    if (encoded instanceof Refusal) return encoded
    return findUnknownColumn(row, names) ?? print(encoded)
  }
}

function encodeColumns(
  slots: readonly Slot[],
  row: { [name: string]: unknown },
  operation: Operation,
): EncodedRow | Refusal {
  const encoded: EncodedRow = {}
  for (const slot of slots) {
    const { name } = slot
    const value = slot.inherited && !Object.hasOwn(row, name) ? undefined : row[name]
    if (value === null || value === undefined) {
      if (operation === 'delete' && !slot.isKey) continue
      if (!slot.nullable) return missing(slot, value)
      encoded[name] = null
      continue
    }
    const result = slot.type.encode(value)
    if (result instanceof Refusal) return result.at(name)
    encoded[name] = result
  }
  return encoded
}

function missing({ name, type, isKey }: Slot, value: null | undefined): Refusal {
  const what = isKey
    ? 'a key column has to have a value'
    : `expected a ${type.name}; use nullable(${type.name}()) if it may be missing`
  return new Refusal(isKey ? 'KeyMissing' : 'MissingColumn', `${what}, got ${value === null ? 'null' : 'nothing'}`, [
    name,
  ])
}

/** Firehose skips a key that the table has not; here it is a mistake to be told of, most often a misspelt column. */
function findUnknownColumn(row: object, names: ReadonlySet<string>): Refusal | undefined {
  for (const key of Object.keys(row)) {
    if (!names.has(key)) return new Refusal('UnknownColumn', 'the table has no such column', [key])
  }
  return undefined
}

function print(encoded: EncodedRow): string | Refusal {
  const text = JSON.stringify(encoded)
  // No character takes more than three bytes a code unit, so most rows need no count.
  if (text.length * 3 <= MAX_RECORD_BYTES || Buffer.byteLength(text, 'utf8') <= MAX_RECORD_BYTES) return text
  return new Refusal('RowTooLarge', `the row has more than ${MAX_RECORD_BYTES} bytes of JSON`)
}
