import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import type { Operation } from '../firehose/response.ts'
import { canLook } from '../firehose/scratch.ts'
import type { Encoding } from './column.ts'
import { encodeAsIs, encodeMember, findUnknown, type Keyed, type Member, toMembers, valueUnder } from './members.ts'
import { Refusal } from './refusal.ts'
import { addCell, addText, countMarksOf, RowText } from './row-text.ts'
import type { Table } from './table.ts'
import { typeName } from './wrong-type.ts'

/** Checks a row and writes it as JSON text. */
export type RowWriter = (row: unknown, operation: Operation) => RowText | Refusal

/** How rows come, and how they are written. */
export interface RowForm {
  /** As a transform returns them, or as they have been encoded before. */
  readonly from: Encoding['from']
  /** Whether every string is looked at by itself; the text is the same. */
  readonly isCareful: boolean
}

/** A column with its part in finding a row. */
interface Slot {
  readonly member: Member
  readonly isKey: boolean
  /** An update or a delete finds the row by this column: it is a key, or a partition is computed from it. */
  readonly locates: boolean
  /** A string of this column has needed an escape: from then on they are looked at one by one. */
  hasEscapes: boolean
}

/** What is the same for all rows of a table. */
interface Layout {
  readonly slots: readonly Slot[]
  readonly encoding: Encoding
}

/** Builds what writes the rows of a table. */
export function createRowWriter(table: Table, { from, isCareful }: RowForm): RowWriter {
  const layout: Layout = { slots: toSlots(table), encoding: { from, unknownFields: table.unknownColumns } }
  return (row, operation) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      return new Refusal('NotARow', `expected an object with the table's columns, got ${typeName(row)}`)
    }
    const quick = isCareful || !canLook() ? undefined : writeRow(layout, row as Keyed, operation, false)
    const written = quick ?? (writeRow(layout, row as Keyed, operation, true) as RowText | Refusal)
    if (written instanceof Refusal || !written.isTooLarge()) return written
    return new Refusal('RowTooLarge', `the row has more than ${MAX_RECORD_BYTES} bytes of JSON`)
  }
}

function toSlots(table: Table): Slot[] {
  const partitioned = new Set(table.partitionBy.map(({ column }) => column))
  return toMembers(table.columns).map((member) => {
    const isKey = table.uniqueKeys.includes(member.name)
    return { member, isKey, locates: isKey || partitioned.has(member.name), hasEscapes: false }
  })
}

/** Undefined where nobody was careful and a string has to be escaped. */
function writeRow(layout: Layout, row: Keyed, operation: Operation, isCareful: boolean): RowText | Refusal | undefined {
  let text = new RowText(isCareful)
  let refusal = writeInOrder(layout, row, operation, text)
  if (refusal === NOT_IN_ORDER) {
    text = new RowText(isCareful)
    refusal = writeBySlot(layout, row, operation, text)
  }
  if (refusal !== undefined) return refusal
  text.close()
  return isCareful || text.isAsCounted() ? text : undefined
}

const NOT_IN_ORDER = new Refusal('NotARow', 'the columns are not in their order')

/** Writes a row whose keys are the columns in their order, as most are. */
function writeInOrder(
  { slots, encoding }: Layout,
  row: Keyed,
  operation: Operation,
  text: RowText,
): Refusal | undefined {
  let index = 0
  for (const key in row) {
    const slot = slots[index++]
    if (slot === undefined || slot.member.name !== key) return NOT_IN_ORDER
    const refusal = writeCell(slot, row[key], operation, encoding, text)
    if (refusal !== undefined) return refusal
  }
  return index === slots.length ? undefined : NOT_IN_ORDER
}

function writeBySlot(
  { slots, encoding }: Layout,
  row: Keyed,
  operation: Operation,
  text: RowText,
): Refusal | undefined {
  for (const slot of slots) {
    const refusal = writeCell(slot, valueUnder(row, slot.member), operation, encoding, text)
    if (refusal !== undefined) return refusal
  }
  return encoding.unknownFields === 'strip'
    ? undefined
    : findUnknown(
        row,
        slots.map(({ member }) => member),
        'table',
      )
}

function writeCell(
  slot: Slot,
  value: unknown,
  operation: Operation,
  encoding: Encoding,
  text: RowText,
): Refusal | undefined {
  const { member } = slot
  if (value === null || value === undefined) {
    if (slot.locates && (operation !== 'insert' || (slot.isKey && member.fallback === undefined))) {
      return keyMissing(slot, value)
    }
    if (operation === 'delete') return undefined
  } else if (!text.isCareful && !slot.hasEscapes) {
    const inside = encodeAsIs(member, value, text)
    if (inside !== undefined) {
      addText(text, member.textLabels, inside)
      text.marks += TEXT_MARKS
      return undefined
    }
  }
  const cell = encodeMember(member, value, encoding)
  if (typeof cell !== 'string') return cell
  addCell(text, member.labels, cell)
  if (text.isCareful) slot.hasEscapes ||= hasEscapes(member, value, cell)
  else text.marks += LABEL_MARKS + marksOf(member, cell)
  return undefined
}

/** The quotes of a column's name. */
const LABEL_MARKS = 2
/** Those of a name and of the text behind it. */
const TEXT_MARKS = 4
const QUOTE = '"'.charCodeAt(0)

/** Counts too few rather than too many: then the row is looked at again, and no string can hide among those that were counted. */
function marksOf({ isBare, isLeaf }: Member, cell: string): number {
  if (isBare) return 0
  return isLeaf ? (cell.charCodeAt(0) === QUOTE ? 2 : 0) : countMarksOf(cell)
}

/** Tells whether a value is written in another way than as it is. */
function hasEscapes({ encodeAsIs }: Member, value: unknown, cell: string): boolean {
  if (encodeAsIs === undefined || value === null || value === undefined) return false
  const inside = encodeAsIs(value, new RowText(false))
  return inside !== undefined && cell !== `"${inside}"`
}

function keyMissing({ member, isKey }: Slot, value: null | undefined): Refusal {
  const what = isKey ? 'a key column has to have a value' : 'the partition of the row is found by this column'
  return new Refusal('KeyMissing', `${what}, got ${value === null ? 'null' : 'nothing'}`, [member.name])
}
