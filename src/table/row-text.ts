import { Buffer } from 'node:buffer'
import { encodeBase64, encodeWritten } from '../firehose/base64.ts'
import { MAX_RECORD_BYTES } from '../firehose/limits.ts'
import { countMarks, writeText } from '../firehose/scratch.ts'
import { type Labels, labelBehind } from './labels.ts'

/** What counts the marks that are written. */
export interface Marks {
  /** Never more than were written, or a string could hide as many. */
  marks: number
}

/**
 * The JSON text of a row in the making. Few strings need an escape, and to look at each of them takes longer than all else:
 * they are written as they are, and the text is looked at as a whole. It has the marks (quotes, backslashes, control
 * characters) that were counted while it was written, and no others, or a string has brought some.
 */
export class RowText implements Marks {
  declare text: string
  /** Its last value is a text without its closing quote, which is written with what comes next, in one piece. */
  declare isOpen: boolean
  declare marks: number
  /** Of the text in UTF-8, once it was looked at as a whole: it is in the scratch buffer then. */
  declare sizeBytes: number | undefined
  /** Every string is looked at by itself, and nothing is counted. */
  declare readonly isCareful: boolean

  constructor(isCareful: boolean) {
    this.text = ''
    this.isOpen = false
    this.marks = 0
    this.sizeBytes = undefined
    this.isCareful = isCareful
  }

  /** Writes the end of the object. */
  close(): void {
    const { text, isOpen } = this
    this.text = text === '' ? '{}' : isOpen ? `${text}"}` : `${text}}`
  }

  /** Tells whether it has the marks that were counted, and no half of a surrogate pair, which is escaped as well. */
  isAsCounted(): boolean {
    const { text, marks } = this
    // A row of that size is refused, and need not be copied for that.
    if (text.length > MAX_RECORD_BYTES) return false
    const sizeBytes = writeText(text)
    this.sizeBytes = sizeBytes
    // Where every character took one byte, there is none.
    return countMarks(sizeBytes) === marks && (sizeBytes === text.length || text.isWellFormed())
  }

  /** Tells whether it is more than a record may have. */
  isTooLarge(): boolean {
    const { text, sizeBytes } = this
    // No character takes more than three bytes a code unit, so most rows need no count.
    if (sizeBytes === undefined && text.length * 3 <= MAX_RECORD_BYTES) return false
    return (sizeBytes ?? Buffer.byteLength(text, 'utf8')) > MAX_RECORD_BYTES
  }

  /** As base64, before anything else is written to the scratch buffer. */
  toBase64(): string {
    return this.sizeBytes === undefined ? encodeBase64(this.text) : encodeWritten(this.sizeBytes)
  }
}

/** Writes a value behind its name. */
export function addCell(row: RowText, labels: Labels, cell: string): void {
  const { text } = row
  row.text = text + labelBehind(text, row.isOpen, labels) + cell
  row.isOpen = false
}

/** Writes what stands between the quotes of a text behind its name. */
export function addText(row: RowText, labels: Labels, inside: string): void {
  const { text } = row
  row.text = text + labelBehind(text, row.isOpen, labels) + inside
  row.isOpen = true
}

/** How many marks there are in a value that was written by itself. */
export function countMarksOf(cell: string): number {
  // A row with so much in it is refused, whatever it is.
  return cell.length > MAX_RECORD_BYTES ? 0 : (countMarks(writeText(cell)) ?? 0)
}
