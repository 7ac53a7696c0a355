import { Buffer } from '../firehose/buffer.ts'
import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import type { Operation } from '../firehose/response.ts'
import { hasByteScanner } from '../firehose/scratch.ts'
import { observePromises } from '../unawaited.ts'
import type { Encoding } from './column.ts'
import {
  besideUnknown,
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
import { countEscapesOf, EscapeCount, utf8SizeIfEscaped } from './escape-count.ts'
import { keyPrefix } from './key-prefix.ts'
import { RowIssue } from './row-issue.ts'
import type { Table } from './table.ts'
import { typeName } from './wrong-type.ts'

/**
 * Checks a row against its table and writes it as one JSON object, or returns the issue that it has. Every column is
 * written (`null` if it has no value), because it is not known which missing keys Firehose accepts. The row of a `delete`
 * needs only its key and partition columns, and only the columns that it has are written.
 */
export type RowEncoder = (row: unknown, operation: Operation) => string | RowIssue

/** The form in which rows come and are written. */
export interface RowForm {
  /** As a transform returns them, or as an earlier encoding wrote them. */
  readonly from: Encoding['from']
  /** Whether every string is checked for escapes separately; the result is the same. */
  readonly escapeEachString: boolean
  /**
   * Turns the text into the result.
   *
   * @param sizeBytes the size of the text in UTF-8, if it is in the scratch buffer
   */
  readonly finish: (text: string, sizeBytes: number | undefined) => string
}

/** A column, and whether it is used to find a row. */
interface Slot {
  readonly column: CompiledColumn
  readonly isKey: boolean
  /** An update or a delete finds the row by this column: it is a key, or a partition is computed from it. */
  readonly locates: boolean
  /** A string of this column has needed an escape: from then on, each of its strings is checked. */
  hasEscapes: boolean
}

/** What all rows of a table share. */
interface Layout {
  readonly slots: readonly Slot[]
  readonly columns: readonly CompiledColumn[]
  /** All columns have numbers as names, so a list may look like a row. */
  readonly isNumbered: boolean
  /** A row of nulls only, in the order of the columns. */
  readonly blank: Keyed
  readonly encoding: Encoding
}

/** Builds the function that writes the rows of a table: cell by cell, then one scan of the whole text for escapes. */
export function createRowWriter(table: Table, { from, escapeEachString, finish }: RowForm): RowEncoder {
  const encoding: Encoding = { from, unknownFields: table.unknownColumns }
  const slots = toSlots(table)
  const columns = slots.map(({ column }) => column)
  const isNumbered = columns.every(({ name }) => /^\d+$/.test(name))
  const blank = Object.fromEntries(columns.map(({ name }) => [name, null]))
  const layout = { slots, columns, isNumbered, blank, encoding }
  return (row, operation) => {
    if (typeof row !== 'object' || row === null) return notARow(row)
    const escapes = escapeEachString || !hasByteScanner() ? undefined : new EscapeCount()
    let text = writeRow(layout, row as Keyed, operation, escapes)
    if (typeof text !== 'string') return text
    const sizeBytes = escapes === undefined ? undefined : utf8SizeIfEscaped(text, escapes.count)
    if (escapes !== undefined && sizeBytes === undefined) text = writeRow(layout, row as Keyed, operation, undefined)
    if (typeof text !== 'string') return text
    if (!isTooLarge(text, sizeBytes)) return finish(text, sizeBytes)
    return new RowIssue('RowTooLarge', `expected a row of at most ${MAX_RECORD_BYTES} bytes of JSON, got more`)
  }
}

function toSlots(table: Table): Slot[] {
  const partitioned = new Set(table.partitionBy.map(({ column }) => column))
  return compileColumns(table.columns).map((column) => {
    const isKey = table.uniqueKeys.includes(column.name)
    return { column, isKey, locates: isKey || partitioned.has(column.name), hasEscapes: false }
  })
}

/** Writes a row; if its keys are not the columns in their order, they are put into that order first. */
function writeRow(
  layout: Layout,
  row: Keyed,
  operation: Operation,
  escapes: EscapeCount | undefined,
): string | RowIssue {
  const { columns, isNumbered, blank, encoding } = layout
  if (isNumbered && !isKeyed(row)) return notARow(row)
  const text = writeCells(layout, row, operation, escapes)
  if (text !== undefined) return text
  // Only now: a value without keys never has the columns in their order.
  if (!isKeyed(row)) return notARow(row)
  const inOrder: { [name: string]: unknown } = { ...blank }
  for (const column of columns) inOrder[column.name] = valueUnder(row, column)
  // The first attempt is thrown away, and its escapes with it.
  if (escapes !== undefined) escapes.count = 0
  const other = writeCells(layout, inOrder, operation, escapes) as string | RowIssue
  if (encoding.unknownFields === 'strip')
    return typeof other === 'string' ? (findStripped(row, columns) ?? other) : other
  const unknown = findUnknown(row, columns, 'table')
  return typeof other === 'string' ? (unknown ?? other) : besideUnknown(other, unknown)
}

function notARow(row: unknown): RowIssue {
  if (row instanceof Promise) observePromises(row)
  return new RowIssue('NotARow', `expected an object with the table's columns, got ${typeName(row)}`)
}

/** The quotes around a column's name, and around a string. */
const QUOTES = 2
const QUOTE = '"'.charCodeAt(0)

/**
 * Writes the text of a row, cell by cell; undefined if the keys are not the columns in their order.
 *
 * @param escapes if given, strings are written unescaped, and the escapes around them are counted here
 */
function writeCells(
  { slots, encoding }: Layout,
  row: Keyed,
  operation: Operation,
  escapes: EscapeCount | undefined,
): string | RowIssue | undefined {
  let text = ''
  // The last value is a string without its closing quote, which is written in one piece with what follows.
  let isOpen = false
  let index = 0
  for (const key in row) {
    const slot = slots[index++]
    if (slot === undefined || slot.column.name !== key) {
      if (Object.hasOwn(row, key)) return undefined
      // An enumerable key on Object.prototype.
      index--
      continue
    }
    const { column } = slot
    const value = row[key]
    if (value === null || value === undefined) {
      if (slot.locates && (operation !== 'insert' || (slot.isKey && column.fallback === undefined))) {
        return keyMissing(slot, value)
      }
      if (operation === 'delete') continue
    } else if (escapes !== undefined && !slot.hasEscapes) {
      const inside = column.isText && typeof value === 'string' ? value : encodeUnescaped(column, value, escapes)
      if (inside !== undefined) {
        text = text + keyPrefix(text, isOpen, column.textPrefix) + inside
        isOpen = true
        escapes.count += QUOTES + QUOTES
        continue
      }
    }
    const cell = encodeColumn(column, value, encoding)
    if (typeof cell !== 'string') return cell
    text = text + keyPrefix(text, isOpen, column.prefix) + cell
    isOpen = false
    if (escapes === undefined) slot.hasEscapes ||= hasEscapes(column, value, cell)
    else escapes.count += QUOTES + escapesOf(column, cell)
  }
  if (index !== slots.length) return undefined
  return text === '' ? '{}' : isOpen ? `${text}"}` : `${text}}`
}

/** Counts too few rather than too many: too few only costs a second pass, too many would let a string hide its own. */
function escapesOf({ isBare, isLeaf }: CompiledColumn, cell: string): number {
  if (isBare) return 0
  return isLeaf ? (cell.charCodeAt(0) === QUOTE ? QUOTES : 0) : countEscapesOf(cell)
}

/** Checks whether a string in a value was escaped. */
function hasEscapes(column: CompiledColumn, value: unknown, cell: string): boolean {
  if (value === null || value === undefined) return false
  const inside = encodeUnescaped(column, value, new EscapeCount())
  return inside !== undefined && cell !== `"${inside}"`
}

function keyMissing({ column, isKey }: Slot, value: null | undefined): RowIssue {
  const what = isKey ? 'a value in a key column' : 'the value that the partition is computed from'
  return new RowIssue('KeyMissing', `expected ${what}, got ${value === null ? 'null' : 'nothing'}`, [column.name])
}

function isTooLarge(text: string, sizeBytes: number | undefined): boolean {
  // A code unit takes at most three bytes, so most rows need no count.
  if (sizeBytes === undefined && text.length * 3 <= MAX_RECORD_BYTES) return false
  return (sizeBytes ?? Buffer.byteLength(text, 'utf8')) > MAX_RECORD_BYTES
}
