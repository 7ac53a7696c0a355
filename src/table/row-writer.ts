import { Buffer } from '../firehose/buffer.ts'
import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import type { Operation } from '../firehose/response.ts'
import { hasByteScanner } from '../firehose/scratch.ts'
import { observePromises } from '../unawaited.ts'
import type { Encoding } from './column.ts'
import {
  type CompiledColumn,
  compileColumns,
  encodeColumn,
  encodeUnescaped,
  findStripped,
  findUnknown,
  isKeyed,
  type Keyed,
  valueUnder,
} from './compiled-columns.ts'
import type { RowEncoder } from './encoder.ts'
import { countEscapesOf, EscapeCount, utf8SizeIfEscaped } from './escape-count.ts'
import { keyPrefix } from './key-prefix.ts'
import { RowIssue } from './row-issue.ts'
import type { Table } from './table.ts'
import { typeName } from './wrong-type.ts'

/** How rows come, and how they are written. */
export interface RowForm {
  /** As a transform returns them, or as they have been encoded before. */
  readonly from: Encoding['from']
  /** Whether every string is looked at by itself; the text is the same. */
  readonly escapeEachString: boolean
  /**
   * Makes of the text what is wanted.
   *
   * @param sizeBytes of the text in UTF-8, where it is in the scratch buffer
   */
  readonly finish: (text: string, sizeBytes: number | undefined) => string
}

/** A column with its part in finding a row. */
interface Slot {
  readonly member: CompiledColumn
  readonly isKey: boolean
  /** An update or a delete finds the row by this column: it is a key, or a partition is computed from it. */
  readonly locates: boolean
  /** A string of this column has needed an escape: from then on they are looked at one by one. */
  hasEscapes: boolean
}

/** What is the same for all rows of a table. */
interface Layout {
  readonly slots: readonly Slot[]
  readonly members: readonly CompiledColumn[]
  /** The columns have numbers for names: a list may look like a row. */
  readonly isNumbered: boolean
  /** A row of nothing but nulls, in the order of the columns. */
  readonly blank: Keyed
  readonly encoding: Encoding
}

/** Builds what writes the rows of a table: cell by cell into a text, which is looked at as a whole. */
export function createRowWriter(table: Table, { from, escapeEachString, finish }: RowForm): RowEncoder {
  const encoding: Encoding = { from, unknownFields: table.unknownColumns }
  const slots = toSlots(table)
  const members = slots.map(({ member }) => member)
  const isNumbered = members.every(({ name }) => /^\d+$/.test(name))
  const blank = Object.fromEntries(members.map(({ name }) => [name, null]))
  const layout = { slots, members, isNumbered, blank, encoding }
  return (row, operation) => {
    if (typeof row !== 'object' || row === null) return notARow(row)
    const marks = escapeEachString || !hasByteScanner() ? undefined : new EscapeCount()
    let text = writeRow(layout, row as Keyed, operation, marks)
    if (typeof text !== 'string') return text
    const sizeBytes = marks === undefined ? undefined : utf8SizeIfEscaped(text, marks.count)
    if (marks !== undefined && sizeBytes === undefined) text = writeRow(layout, row as Keyed, operation, undefined)
    if (typeof text !== 'string') return text
    if (!isTooLarge(text, sizeBytes)) return finish(text, sizeBytes)
    return new RowIssue('RowTooLarge', `the row has more than ${MAX_RECORD_BYTES} bytes of JSON`)
  }
}

function toSlots(table: Table): Slot[] {
  const partitioned = new Set(table.partitionBy.map(({ column }) => column))
  return compileColumns(table.columns).map((member) => {
    const isKey = table.uniqueKeys.includes(member.name)
    return { member, isKey, locates: isKey || partitioned.has(member.name), hasEscapes: false }
  })
}

/** Writes a row; one whose keys are not the columns in their order is brought into it first. */
function writeRow(layout: Layout, row: Keyed, operation: Operation, marks: EscapeCount | undefined): string | RowIssue {
  const { members, isNumbered, blank, encoding } = layout
  if (isNumbered && !isKeyed(row)) return notARow(row)
  const text = writeCells(layout, row, operation, marks)
  if (text !== undefined) return text
  // Not before: what has no keys never has the columns in their order.
  if (!isKeyed(row)) return notARow(row)
  const inOrder: { [name: string]: unknown } = { ...blank }
  for (const member of members) inOrder[member.name] = valueUnder(row, member)
  // What was written until then is thrown away, and counts no longer.
  if (marks !== undefined) marks.count = 0
  const other = writeCells(layout, inOrder, operation, marks) as string | RowIssue
  if (typeof other !== 'string') return other
  return (encoding.unknownFields === 'strip' ? findStripped(row, members) : findUnknown(row, members, 'table')) ?? other
}

function notARow(row: unknown): RowIssue {
  if (row instanceof Promise) observePromises(row)
  return new RowIssue('NotARow', `expected an object with the table's columns, got ${typeName(row)}`)
}

/** The quotes around a column's name, and around a text. */
const QUOTES = 2
const QUOTE = '"'.charCodeAt(0)

/**
 * Writes the text of a row, cell by cell; undefined where the keys are not the columns in their order.
 *
 * @param marks with it, strings are written as they are, and the marks around them are counted
 */
function writeCells(
  { slots, encoding }: Layout,
  row: Keyed,
  operation: Operation,
  marks: EscapeCount | undefined,
): string | RowIssue | undefined {
  let text = ''
  // The last value is a text without its closing quote, which is written with what comes next, in one piece.
  let isOpen = false
  let index = 0
  for (const key in row) {
    const slot = slots[index++]
    if (slot === undefined || slot.member.name !== key) {
      if (Object.hasOwn(row, key)) return undefined
      // Someone has given all objects a key.
      index--
      continue
    }
    const { member } = slot
    const value = row[key]
    if (value === null || value === undefined) {
      if (slot.locates && (operation !== 'insert' || (slot.isKey && member.fallback === undefined))) {
        return keyMissing(slot, value)
      }
      if (operation === 'delete') continue
    } else if (marks !== undefined && !slot.hasEscapes) {
      const inside = member.isText && typeof value === 'string' ? value : encodeUnescaped(member, value, marks)
      if (inside !== undefined) {
        text = text + keyPrefix(text, isOpen, member.textPrefix) + inside
        isOpen = true
        marks.count += QUOTES + QUOTES
        continue
      }
    }
    const cell = encodeColumn(member, value, encoding)
    if (typeof cell !== 'string') return cell
    text = text + keyPrefix(text, isOpen, member.prefix) + cell
    isOpen = false
    if (marks === undefined) slot.hasEscapes ||= hasEscapes(member, value, cell)
    else marks.count += QUOTES + marksOf(member, cell)
  }
  if (index !== slots.length) return undefined
  return text === '' ? '{}' : isOpen ? `${text}"}` : `${text}}`
}

/** Counts too few rather than too many: then the row is looked at again, and no string can hide among those that were counted. */
function marksOf({ isBare, isLeaf }: CompiledColumn, cell: string): number {
  if (isBare) return 0
  return isLeaf ? (cell.charCodeAt(0) === QUOTE ? QUOTES : 0) : countEscapesOf(cell)
}

/** Tells whether a value is written in another way than as it is. */
function hasEscapes(member: CompiledColumn, value: unknown, cell: string): boolean {
  if (value === null || value === undefined) return false
  const inside = encodeUnescaped(member, value, new EscapeCount())
  return inside !== undefined && cell !== `"${inside}"`
}

function keyMissing({ member, isKey }: Slot, value: null | undefined): RowIssue {
  const what = isKey ? 'a key column has to have a value' : 'the partition of the row is found by this column'
  return new RowIssue('KeyMissing', `${what}, got ${value === null ? 'null' : 'nothing'}`, [member.name])
}

function isTooLarge(text: string, sizeBytes: number | undefined): boolean {
  // No character takes more than three bytes a code unit, so most rows need no count.
  if (sizeBytes === undefined && text.length * 3 <= MAX_RECORD_BYTES) return false
  return (sizeBytes ?? Buffer.byteLength(text, 'utf8')) > MAX_RECORD_BYTES
}
