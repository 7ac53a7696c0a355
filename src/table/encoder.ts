import { Buffer } from 'node:buffer'
import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import type { Operation } from '../firehose/response.ts'
import type { Columns, Encoding } from './column.ts'
import { encodeMember, findUnknown, type Keyed, type Member, toMembers, valueUnder } from './members.ts'
import { createPrinter, PRINTS_FAST } from './printer.ts'
import { Refusal } from './refusal.ts'
import type { Table } from './table.ts'
import { typeName } from './wrong-type.ts'

/**
 * Checks a row against its table and writes it as the text of one JSON object, or says why it does not fit. Every column
 * is written, `null` where there is no value, because it is not known which missing keys Firehose accepts. The row of a
 * `delete` needs its key and partition columns only, and only what it has is written.
 */
export type RowEncoder = (row: unknown, operation: Operation) => string | Refusal

/** A column with its part in finding a row. */
interface Slot {
  readonly member: Member
  readonly isKey: boolean
  /** An update or a delete finds the row by this column: it is a key, or a partition is computed from it. */
  readonly locates: boolean
}

const known = new WeakMap<Columns, Map<string, RowEncoder>>()

/** Builds the encoder of a table, once: tables with the same columns share theirs, so that less is read for a record. */
export function createRowEncoder(table: Table): RowEncoder {
  const { columns, uniqueKeys, partitionBy, unknownColumns } = table
  const encoders = known.get(columns) ?? new Map<string, RowEncoder>()
  known.set(columns, encoders)
  const rest = JSON.stringify([uniqueKeys, partitionBy, unknownColumns])
  const encoder = encoders.get(rest) ?? createEncoder(table, 'value')
  encoders.set(rest, encoder)
  return encoder
}

/**
 * Builds the encoder for rows in one form: as a transform returns them, or as they have been encoded before.
 *
 * @param printsWhole whether inserts are printed by one `JSON.stringify` where they can be; the text is the same
 */
export function createEncoder(table: Table, from: Encoding['from'], printsWhole: boolean = PRINTS_FAST): RowEncoder {
  const encoding: Encoding = { from, unknownFields: table.unknownColumns }
  const members = toMembers(table.columns)
  const partitioned = new Set(table.partitionBy.map(({ column }) => column))
  const slots = members.map((member): Slot => {
    const isKey = table.uniqueKeys.includes(member.name)
    return { member, isKey, locates: isKey || partitioned.has(member.name) }
  })

  const print = from === 'value' && printsWhole ? createPrinter(members) : undefined

  return (row, operation) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      return new Refusal('NotARow', `expected an object with the table's columns, got ${typeName(row)}`)
    }
    const printed = operation === 'insert' ? print?.(row) : undefined
    if (printed !== undefined) return checkSize(printed)
    const text = encodeSlots(slots, row as Keyed, operation, encoding)
    if (typeof text !== 'string') return text
    const unknown = encoding.unknownFields === 'strip' ? undefined : findUnknown(row, members, 'table')
    return unknown ?? checkSize(text)
  }
}

function encodeSlots(slots: readonly Slot[], row: Keyed, operation: Operation, encoding: Encoding): string | Refusal {
  let text = ''
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index] as Slot
    const { member } = slot
    const value = valueUnder(row, member)
    if (value === null || value === undefined) {
      if (slot.locates && (operation !== 'insert' || (slot.isKey && member.fallback === undefined)))
        return keyMissing(slot, value)
      if (operation === 'delete') continue
    }
    const cell = encodeMember(member, value, encoding)
    if (typeof cell !== 'string') return cell
    text += (text === '' ? member.firstLabel : member.nextLabel) + cell
  }
  return text === '' ? '{}' : `${text}}`
}

function keyMissing({ member, isKey }: Slot, value: null | undefined): Refusal {
  const what = isKey ? 'a key column has to have a value' : 'the partition of the row is found by this column'
  return new Refusal('KeyMissing', `${what}, got ${value === null ? 'null' : 'nothing'}`, [member.name])
}

function checkSize(text: string): string | Refusal {
  // No character takes more than three bytes a code unit, so most rows need no count.
  if (text.length * 3 <= MAX_RECORD_BYTES || Buffer.byteLength(text, 'utf8') <= MAX_RECORD_BYTES) return text
  return new Refusal('RowTooLarge', `the row has more than ${MAX_RECORD_BYTES} bytes of JSON`)
}
